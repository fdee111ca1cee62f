package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, to what, and what the answers tell about it. */
class AccessTest {

    @TempDir
    Path directory;

    private SandboxForge forge;

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory);
        forge.createRepository("octo", "closed", true);
        forge.createRepository("octo", "open", false);
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void nobodyIsAskedToLogIn() throws Exception {
        RestClient.Reply reply = new RestClient(forge, "").get("/user");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("message").asText()).isEqualTo("Requires authentication");
        assertThat(reply.json().path("status").asText()).isEqualTo("401");
    }

    @Test
    void unknownTokenIsBadCredentials() throws Exception {
        RestClient.Reply reply = new RestClient(forge, "ghp_unknown").get("/user");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("message").asText()).isEqualTo("Bad credentials");
    }

    @Test
    void bothWordsForATokenAreUnderstood() throws Exception {
        String token = forge.createToken("octo", Set.of());
        RestClient anonymous = new RestClient(forge, "");

        assertThat(anonymous.get("/user", "Authorization", "token " + token).status())
                .isEqualTo(200);
        assertThat(anonymous.get("/user", "Authorization", "Bearer " + token).status())
                .isEqualTo(200);
    }

    @Test
    void namelessProgramIsRefused() throws Exception {
        RestClient.Reply reply = classic("repo").get("/user", "User-Agent", "");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("User-Agent header");
    }

    @ParameterizedTest
    @CsvSource({
        "repo,            /repos/octo/closed,       200",
        "public_repo,     /repos/octo/closed,       404",
        "admin:repo_hook, /repos/octo/closed/hooks, 200",
        "admin:repo_hook, /repos/octo/closed/keys,  404",
        "repo:status,     /repos/octo/closed/hooks, 404",
        "public_repo,     /repos/octo/open/keys,    200",
        "repo:status,     /repos/octo/open,         200",
        "repo:status,     /repos/octo/open/keys,    404",
        "read:public_key, /user/keys,               200",
        "repo,            /user/keys,               404",
        "repo,            /repos/octo/absent,       404",
        "repo,            /nonsense,                404",
    })
    void classicTokenSeesWhatItsScopeCovers(String scope, String path, int status) throws Exception {
        assertThat(classic(scope).get(path).status()).isEqualTo(status);
    }

    @Test
    void classicTokenLearnsItsScopes() throws Exception {
        RestClient.Reply reply = classic("repo").get("/repos/octo/closed/hooks");

        assertThat(reply.header("X-OAuth-Scopes")).isEqualTo("repo");
        assertThat(reply.header("X-Accepted-OAuth-Scopes"))
                .isEqualTo("admin:repo_hook, public_repo, read:repo_hook, repo, write:repo_hook");
    }

    @ParameterizedTest
    @CsvSource({
        "metadata:read,         /repos/octo/closed,       200",
        "metadata:read,         /repos/octo/closed/keys,  403",
        "administration:read,   /repos/octo/closed/keys,  200",
        "repository_hooks:write,/repos/octo/closed/hooks, 200",
        "pull_requests:read,    /repos/octo/closed/pulls, 200",
        "administration:write,  /repos/octo/closed/pulls, 403",
        "metadata:read,         /repos/octo/open/pulls,   200",
        "metadata:read,         /user/keys,               403",
        "git_ssh_keys:read,     /user/keys,               200",
    })
    void fineGrainedTokenDoesWhatItWasPermitted(String permission, String path, int status) throws Exception {
        assertThat(fineGrained(permission).get(path).status()).isEqualTo(status);
    }

    @Test
    void fineGrainedTokenLearnsWhatItLacks() throws Exception {
        RestClient.Reply reply =
                fineGrained("administration:read").post("/repos/octo/closed/keys", "{'key':'ssh-ed25519 x'}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("message").asText()).isEqualTo("Resource not accessible by personal access token");
        assertThat(reply.header("X-Accepted-GitHub-Permissions")).isEqualTo("administration=write");
        assertThat(reply.header("X-OAuth-Scopes")).isEmpty();
    }

    @Test
    void strangerDoesNotEvenLearnThatAPrivateRepositoryExists() throws Exception {
        RestClient stranger = new RestClient(forge, forge.createToken("stranger", Set.of("repo")));

        assertThat(stranger.get("/repos/octo/closed").status()).isEqualTo(404);
        assertThat(stranger.get("/repos/octo/open").status()).isEqualTo(200);
        assertThat(stranger.get("/repos/octo/open/hooks").status()).isEqualTo(404);
    }

    @Test
    void roleDecidesWhatAMemberMayDo() throws Exception {
        forge.addMember("acme", "writer", Role.WRITE);
        SandboxRepository repository = forge.createRepository("acme", "app", true);
        RestClient writer = new RestClient(forge, forge.createToken("writer", Set.of("repo")));

        JsonNode permissions = writer.get("/repos/acme/app").json().path("permissions");

        assertThat(permissions.path("admin").asBoolean()).isFalse();
        assertThat(permissions.path("push").asBoolean()).isTrue();
        assertThat(writer.get("/repos/acme/app/keys").status()).isEqualTo(404);
        repository.grant("writer", Role.ADMIN);
        assertThat(writer.get("/repos/acme/app/keys").status()).isEqualTo(200);
    }

    @Test
    void expiryIsAnnouncedAndKept() throws Exception {
        String token = forge.createFineGrainedToken("octo", Set.of("metadata:read"));
        RestClient client = new RestClient(forge, token);

        forge.expireToken(token, Instant.parse("2999-01-02T03:04:05Z"));
        assertThat(client.get("/user").header("github-authentication-token-expiration"))
                .isEqualTo("2999-01-02 03:04:05 UTC");
        forge.expireToken(token, Instant.now().minus(1, ChronoUnit.SECONDS));
        assertThat(client.get("/user").status()).isEqualTo(401);
    }

    @Test
    void everyAnswerCountsAgainstTheRateLimit() throws Exception {
        RestClient client = classic("repo");

        RestClient.Reply first = client.get("/user");
        RestClient.Reply second = client.get("/repos/octo/absent");

        assertThat(first.header("x-ratelimit-limit")).isEqualTo("5000");
        assertThat(first.header("x-ratelimit-remaining")).isEqualTo("4999");
        assertThat(second.header("x-ratelimit-remaining")).isEqualTo("4998");
        assertThat(Instant.ofEpochSecond(Long.parseLong(second.header("x-ratelimit-reset"))))
                .isAfter(Instant.now());
        assertThat(second.header("x-github-request-id")).isNotEmpty();
    }

    @Test
    void whatIsKnownIsFree() throws Exception {
        RestClient client = classic("repo");
        String tag = client.get("/user").header("ETag");

        RestClient.Reply again = client.get("/user", "If-None-Match", tag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("x-ratelimit-remaining")).isEqualTo("4999");
    }

    @Test
    void metaIsOpenAndListsTheHostKey() throws Exception {
        JsonNode keys = new RestClient(forge, "").get("/meta").json().path("ssh_keys");

        assertThat(forge.knownHosts())
                .isEqualTo("[127.0.0.1]:" + forge.sshPort() + " " + keys.get(0).asText())
                .contains(" ssh-ed25519 AAAA");
    }

    private RestClient classic(String scope) {
        return new RestClient(forge, forge.createToken("octo", Set.of(scope)));
    }

    private RestClient fineGrained(String permission) {
        return new RestClient(forge, forge.createFineGrainedToken("octo", Set.of(permission)));
    }
}

package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what on Bitbucket Cloud, and how it says no. */
class CloudAccessTest {

    private static final String EMAIL = "alice@example.org";
    private static final String APP = "/repositories/alice/app";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_CLOUD);
        app = forge.createRepository("alice", "app", true);
        rest = client(CloudScopes.ALL);
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void tokenIsThePasswordToTheMailAddress() throws Exception {
        String token = forge.createApiToken(EMAIL, "read:user:bitbucket");

        JsonNode user = RestClient.basic(forge, EMAIL, token).get("/user").json();
        assertThat(user.path("uuid").asText()).matches("\\{[0-9a-f-]{36}}");
        assertThat(user.path("account_id").asText()).startsWith("557058:");
        assertThat(RestClient.basic(forge, "alice", token).get("/user").status())
                .isEqualTo(401);
        assertThat(new RestClient(forge, token).get("/user").status()).isEqualTo(401);
        assertThat(new RestClient(forge, "").get("/user").status()).isEqualTo(401);
    }

    @Test
    void tokenWithoutScopesIsNone() throws Exception {
        Reply reply = client().get("/user");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"message\":\"Token is invalid, expired, or not supported"
                        + " for this endpoint.\"}}");
    }

    @Test
    void missingScopesAreNamed() throws Exception {
        Reply reply = client("admin:repository:bitbucket").post(APP + "/deploy-keys", "{}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().at("/error/detail/required"))
                .extracting(JsonNode::asText)
                .containsExactly("admin:repository:bitbucket", "write:ssh-key:bitbucket");
        assertThat(reply.json().at("/error/detail/granted"))
                .extracting(JsonNode::asText)
                .containsExactly("admin:repository:bitbucket");
    }

    @Test
    void hookNeedsTheScopesOfItsEvents() throws Exception {
        RestClient hooks = client("read:webhook:bitbucket", "write:webhook:bitbucket", "read:repository:bitbucket");

        Reply pulls = hooks.post(APP + "/hooks", "{'url':'http://x.invalid/','events':['pullrequest:created']}");
        assertThat(pulls.status()).isEqualTo(403);
        assertThat(pulls.text()).contains("read:pullrequest:bitbucket");
        assertThat(hooks.post(APP + "/hooks", "{'url':'http://x.invalid/','events':['repo:push']}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void accessTokenReachesItsRepositoryButNoKeys() throws Exception {
        SandboxRepository other = forge.createRepository("alice", "other", true);
        String[] scopes = {"repository", "repository:admin", "webhook", "pullrequest"};
        RestClient token = new RestClient(forge, forge.createAccessToken(app, scopes));

        assertThat(token.get(APP).status()).isEqualTo(200);
        assertThat(token.get(APP + "/hooks").status()).isEqualTo(200);
        assertThat(token.get("/repositories/" + other.fullName()).status()).isEqualTo(404);
        for (String path : List.of(APP + "/deploy-keys", "/users/x/ssh-keys")) {
            Reply keys = token.get(path);
            assertThat(keys.status()).isEqualTo(403);
            assertThat(keys.json().at("/error/message").asText())
                    .isEqualTo("This API is not accessible by this authentication mechanism");
        }
    }

    @Test
    void settingsAreForAdministrators() throws Exception {
        SandboxRepository shared = forge.createRepository("bob", "shared", true);
        assertThat(rest.get("/repositories/bob/shared").status()).isEqualTo(404);

        shared.grant("alice", Role.WRITE);

        assertThat(rest.get("/repositories/bob/shared").status()).isEqualTo(200);
        assertThat(rest.get("/repositories/bob/shared/hooks").status()).isEqualTo(403);
        assertThat(rest.get("/repositories/bob/shared/deploy-keys").status()).isEqualTo(403);
        assertThat(rest.get("/repositories/dev/null")
                        .json()
                        .at("/error/message")
                        .asText())
                .isEqualTo("Repository dev/null not found");
    }

    @Test
    void listsComePageByPage() throws Exception {
        for (int i = 0; i < 4; i++) {
            forge.createRepository("alice", "more" + i, i % 2 == 0);
        }
        List<String> found = new ArrayList<>();
        String next = "/repositories/alice?role=admin&pagelen=2";
        while (!next.isEmpty()) {
            JsonNode page = rest.get(next).json();
            page.path("values").forEach(value -> found.add(value.path("slug").asText()));
            next = page.path("next").asText();
        }

        assertThat(found).containsExactly("app", "more0", "more1", "more2", "more3");
    }

    @Test
    void workspacesAndRoles() throws Exception {
        forge.createOrganization("acme");
        forge.addMember("acme", "alice", Role.READ);
        SandboxRepository read = forge.createRepository("acme", "read", true);

        assertThat(rest.get("/user/workspaces").json().path("values"))
                .extracting(value -> value.at("/workspace/slug").asText()
                        + value.path("administrator").asText())
                .containsExactlyInAnyOrder("alicetrue", "acmefalse");
        assertThat(rest.get("/repositories/acme?role=member").text()).contains("acme/read");
        assertThat(rest.get("/repositories/acme?role=admin").json().path("size").asInt())
                .isZero();
        read.grant("alice", Role.ADMIN);
        assertThat(rest.get("/user/workspaces/acme/permissions/repositories")
                        .json()
                        .at("/values/0/permission")
                        .asText())
                .isEqualTo("admin");
    }

    @Test
    void callsAcrossWorkspacesAreGone() throws Exception {
        for (String path : List.of("/repositories", "/workspaces", "/user/permissions/repositories")) {
            Reply reply = rest.get(path);
            assertThat(reply.status()).isEqualTo(410);
            assertThat(reply.json().at("/error/message").asText())
                    .isEqualTo("CHANGE-2770 - Functionality has been deprecated");
        }
    }

    @Test
    void tooManyRequests() throws Exception {
        forge.limitNext("GET", ".*/hooks", Duration.ofSeconds(7));

        Reply limited = rest.get(APP + "/hooks");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        assertThat(rest.get(APP + "/hooks").status()).isEqualTo(200);
        forge.exhaustRateLimit(Duration.ofMinutes(1));
        assertThat(rest.get(APP).status()).isEqualTo(429);
    }

    @Test
    void revokedTokenLeavesItsKeys() throws Exception {
        String token = forge.createApiToken(EMAIL, CloudScopes.ALL);
        ClientKey key = ClientKey.generate(directory, "key");
        RestClient.basic(forge, EMAIL, token).post(APP + "/deploy-keys", "{'key':'" + key.text() + "'}");

        forge.revokeToken(token);

        assertThat(RestClient.basic(forge, EMAIL, token).get("/user").status()).isEqualTo(401);
        assertThat(app.deployKeys()).hasSize(1);
    }

    private RestClient client(String... scopes) {
        return RestClient.basic(forge, EMAIL, forge.createApiToken(EMAIL, scopes));
    }
}

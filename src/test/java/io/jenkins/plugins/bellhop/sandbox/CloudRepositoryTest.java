package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories, commits, pull requests and build statuses in Bitbucket Cloud's REST API. */
class CloudRepositoryTest {

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
    void repositoryNamesItsMainBranchAndWhereToCloneIt() throws Exception {
        JsonNode json = rest.get(APP).json();

        assertThat(json.at("/mainbranch/name").asText()).isEqualTo("main");
        assertThat(json.path("is_private").asBoolean()).isTrue();
        assertThat(json.at("/links/clone"))
                .extracting(
                        link -> link.path("name").asText(),
                        link -> link.path("href").asText())
                .contains(tuple("ssh", forge.sshUrl(app)));
        for (String member : List.of("uuid", "full_name", "slug", "owner", "workspace", "project", "links", "scm")) {
            assertThat(json.has(member)).as(member).isTrue();
        }
    }

    @Test
    void emptyRepositoryHasNoMainBranch() throws Exception {
        forge.createEmptyRepository("alice", "empty", true);

        assertThat(rest.get("/repositories/alice/empty")
                        .json()
                        .path("mainbranch")
                        .isNull())
                .isTrue();
        assertThat(rest.get("/repositories/alice/empty/refs/branches")
                        .json()
                        .path("size")
                        .asInt())
                .isZero();
    }

    @Test
    void uuidOutlivesNameAndWorkspace() throws Exception {
        String uuid = encoded(rest.get(APP).json().path("uuid"));
        app.rename("renamed");

        assertThat(rest.get(APP).status()).isEqualTo(404);
        assertThat(rest.get("/repositories/alice/" + uuid)
                        .json()
                        .path("full_name")
                        .asText())
                .isEqualTo("alice/renamed");
        SandboxRepository stranger = forge.createRepository("alice", "app", true);
        assertThat(encoded(rest.get(APP).json().path("uuid"))).isNotEqualTo(uuid);
        stranger.delete();
        app.grant("alice", Role.ADMIN);
        app.transfer("acme");
        assertThat(rest.get("/repositories/alice/" + uuid)
                        .json()
                        .path("full_name")
                        .asText())
                .isEqualTo("acme/renamed");
    }

    @Test
    void shortHashLeadsToTheCommit() throws Exception {
        String sha = app.commit("feature/x", Map.of("a.txt", "a"), "Add a");

        assertThat(rest.get(APP + "/commit/" + sha.substring(0, 12))
                        .json()
                        .path("hash")
                        .asText())
                .isEqualTo(sha);
        assertThat(rest.get(APP + "/refs/branches/feature/x")
                        .json()
                        .at("/target/hash")
                        .asText())
                .isEqualTo(sha);
        assertThat(rest.get(APP + "/commit/123456789abc").status()).isEqualTo(404);
        assertThat(rest.get(APP + "/src/" + sha + "/a.txt").text()).isEqualTo("a");
    }

    @Test
    void annotatedTagLeadsToItsCommit() throws Exception {
        app.tag("light", app.head("main"));
        app.annotatedTag("heavy", app.head("main"), "Heavy");

        JsonNode tags = rest.get(APP + "/refs/tags").json().path("values");
        assertThat(tags).extracting(tag -> tag.at("/target/hash").asText()).containsOnly(app.head("main"));
        assertThat(tags).extracting(tag -> tag.path("type").asText()).containsOnly("tag");
        assertThat(rest.get(APP + "/refs/tags/light").json().path("message").isNull())
                .isTrue();
        assertThat(rest.get(APP + "/refs/tags/heavy").json().path("message").isTextual())
                .isTrue();
    }

    @Test
    void pullRequestsOfABranch() throws Exception {
        app.commit("say-x", Map.of("a.txt", "a"), "Add a");
        app.commit("other", Map.of("b.txt", "b"), "Add b");
        app.pulls().open(app, "say-x", "main", "A", true);
        app.pulls().open(app, "other", "main", "B", false);

        JsonNode found = rest.get(APP + "/pullrequests?state=OPEN&q=source.branch.name%3D%22say-x%22")
                .json();

        assertThat(found.path("size").asInt()).isEqualTo(1);
        JsonNode pull = found.at("/values/0");
        assertThat(pull.path("draft").asBoolean()).isTrue();
        assertThat(pull.at("/source/commit/hash").asText())
                .isEqualTo(app.head("say-x").substring(0, 12));
        assertThat(pull.at("/source/repository/uuid")).isEqualTo(pull.at("/destination/repository/uuid"));
        app.pulls().close(1, false);
        app.pulls().close(2, true);
        assertThat(rest.get(APP + "/pullrequests").json().path("size").asInt()).isZero();
        assertThat(rest.get(APP + "/pullrequests?state=MERGED&state=DECLINED")
                        .json()
                        .path("size")
                        .asInt())
                .isEqualTo(2);
        assertThat(rest.get(APP + "/pullrequests/2")
                        .json()
                        .at("/merge_commit/hash")
                        .asText())
                .hasSize(12);
        assertThat(rest.get(APP + "/pullrequests?q=nonsense").status()).isEqualTo(400);
    }

    @Test
    void commitOfAForkLivesInTheForkOnly() throws Exception {
        SandboxRepository fork = forge.fork(app, "guest");
        String sha = fork.commit("fix", Map.of("f.txt", "f"), "Fix");
        app.pulls().open(fork, "fix", "main", "Fix", false);
        fork.grant("alice", Role.READ);

        assertThat(rest.get(APP + "/commit/" + sha).status()).isEqualTo(404);
        assertThat(rest.get("/repositories/guest/app/commit/" + sha).status()).isEqualTo(200);
        assertThat(app.git().refs("refs/")).containsOnlyKeys("refs/heads/main");

        fork.delete();
        JsonNode pull = rest.get(APP + "/pullrequests/1").json();
        assertThat(pull.at("/source/repository").isNull()).isTrue();
        assertThat(pull.at("/source/commit/hash").asText()).isEqualTo(sha.substring(0, 12));
    }

    @Test
    void mergingAForkBringsItsCommits() throws Exception {
        SandboxRepository fork = forge.fork(app, "guest");
        String sha = fork.commit("fix", Map.of("f.txt", "f"), "Fix");
        app.pulls().open(fork, "fix", "main", "Fix", false);

        app.pulls().close(1, true);

        assertThat(rest.get(APP + "/commit/" + sha).status()).isEqualTo(200);
        assertThat(app.git().refs("refs/")).containsOnlyKeys("refs/heads/main");
    }

    @Test
    void statusOfTheSameKeyIsReplaced() throws Exception {
        String commit = APP + "/commit/" + app.head("main").substring(0, 12) + "/statuses";

        Reply first = rest.post(commit + "/build", status("INPROGRESS", "k"));
        Reply second = rest.post(commit + "/build", status("SUCCESSFUL", "k"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(rest.get(commit).json().path("size").asInt()).isEqualTo(1);
        assertThat(rest.get(commit + "/build/k").json().path("state").asText()).isEqualTo("SUCCESSFUL");
        assertThat(app.statuses(app.head("main")).get(0).ref()).isEqualTo("main");
        assertThat(rest.post(commit + "/build", status("FAILED", "x".repeat(40)))
                        .status())
                .isEqualTo(201);
        assertThat(rest.post(commit + "/build", status("FAILED", "x".repeat(41)))
                        .status())
                .isEqualTo(400);
        assertThat(rest.post(commit + "/build", status("CANCELLED", "k")).status())
                .isEqualTo(400);
    }

    private static String status(String state, String key) {
        return "{'key':'" + key + "','state':'" + state + "','url':'https://ci.invalid/1','name':'n','refname':'main'}";
    }

    private static String encoded(JsonNode uuid) {
        return uuid.asText().replace("{", "%7B").replace("}", "%7D");
    }

    private RestClient client(String... scopes) {
        return RestClient.basic(forge, EMAIL, forge.createApiToken(EMAIL, scopes));
    }
}

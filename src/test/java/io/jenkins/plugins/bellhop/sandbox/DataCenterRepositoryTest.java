package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories, commits, pull requests and build statuses in Data Center's REST API. */
class DataCenterRepositoryTest {

    private static final String APP = "/api/latest/projects/PRJ/repos/app";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_DC);
        app = forge.createRepository("PRJ", "app", true);
        forge.addMember("PRJ", "alice", Role.ADMIN);
        rest = new RestClient(forge, forge.createHttpAccessToken("alice", "REPO_ADMIN"));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void repositoryHasANumberAndAddressesForGit() throws Exception {
        JsonNode json = rest.get(APP).json();

        assertThat(json.path("id").asLong()).isEqualTo(app.id());
        assertThat(json.at("/project/key").asText()).isEqualTo("PRJ");
        assertThat(json.at("/links/clone"))
                .extracting(link -> link.path("href").asText())
                .contains(forge.sshUrl(app));
        for (String member : List.of("slug", "name", "scmId", "state", "forkable", "public", "links")) {
            assertThat(json.has(member)).as(member).isTrue();
        }
        forge.dataCenter().installation().ssh(false);
        assertThat(rest.get(APP).json().at("/links/clone"))
                .extracting(link -> link.path("name").asText())
                .containsExactly("http");
    }

    @Test
    void personalProjectBeginsWithATilde() throws Exception {
        SandboxRepository own = forge.createRepository("~john.doe", "own", true);
        RestClient john = new RestClient(forge, forge.createHttpAccessToken("john.doe", "REPO_ADMIN"));

        JsonNode json = john.get("/api/latest/projects/~john.doe/repos/own").json();

        assertThat(json.at("/project/key").asText()).isEqualTo("~JOHN.DOE");
        assertThat(json.at("/project/type").asText()).isEqualTo("PERSONAL");
        assertThat(json.at("/project/owner/name").asText()).isEqualTo("john.doe");
        assertThat(forge.sshUrl(own)).endsWith("/~john.doe/own.git");
        assertThat(rest.get("/api/latest/projects/~john.doe/repos/own").status())
                .isEqualTo(401);
    }

    @Test
    void defaultBranchIsMissingWhileEmpty() throws Exception {
        forge.createEmptyRepository("PRJ", "empty", true);

        assertThat(rest.get(APP + "/default-branch").json().path("id").asText()).isEqualTo("refs/heads/main");
        assertThat(rest.get(APP.replace("/app", "/empty") + "/default-branch").status())
                .isEqualTo(404);
    }

    @Test
    void branchesAndTags() throws Exception {
        String sha = app.commit("feature/x", Map.of("a.txt", "a"), "Add a");
        String tag = app.annotatedTag("v1", sha, "One");

        assertThat(rest.get(APP + "/branches?filterText=ture/").json().path("values"))
                .extracting(branch -> branch.path("latestCommit").asText())
                .containsExactly(sha);
        JsonNode found = rest.get(APP + "/tags").json().at("/values/0");
        assertThat(found.path("latestCommit").asText()).isEqualTo(sha);
        assertThat(found.path("hash").asText()).isEqualTo(tag);
        assertThat(rest.get(APP + "/commits/" + sha).json().path("message").asText())
                .isEqualTo("Add a");
        assertThat(rest.get(APP + "/commits/" + "1".repeat(40)).status()).isEqualTo(404);
        assertThat(rest.get(APP + "/raw/a.txt?at=" + sha).text()).isEqualTo("a");
    }

    @Test
    void pullRequestsOfABranch() throws Exception {
        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.pulls().open(app, "feature", "main", "A", true);
        SandboxRepository fork = forge.fork(app, "~bob");
        fork.commit("feature", Map.of("b.txt", "b"), "Add b");
        app.pulls().open(fork, "feature", "main", "B", false);

        String outgoing = APP + "/pull-requests?state=OPEN&direction=OUTGOING&at=refs/heads/feature";
        JsonNode found = rest.get(outgoing).json();

        assertThat(found.path("size").asInt()).isEqualTo(1);
        JsonNode pull = found.at("/values/0");
        assertThat(pull.path("id").asInt()).isEqualTo(1);
        assertThat(pull.path("draft").asBoolean()).isTrue();
        assertThat(pull.at("/fromRef/latestCommit").asText()).isEqualTo(app.head("feature"));
        assertThat(rest.get(APP + "/pull-requests?at=refs/heads/main")
                        .json()
                        .path("size")
                        .asInt())
                .isEqualTo(2);
        assertThat(rest.get(APP + "/pull-requests?at=main").status()).isEqualTo(400);
        JsonNode foreign = rest.get(APP + "/pull-requests/2").json();
        assertThat(foreign.at("/fromRef/repository/id")).isNotEqualTo(foreign.at("/toRef/repository/id"));
        assertThat(foreign.at("/fromRef/repository/origin/id").asLong()).isEqualTo(app.id());
        app.pulls().close(1, true);
        assertThat(rest.get(outgoing).json().path("size").asInt()).isZero();
        assertThat(rest.get(APP + "/pull-requests/1")
                        .json()
                        .at("/properties/mergeCommit/id")
                        .asText())
                .isEqualTo(app.head("main"));
    }

    @Test
    void datesAreMillisecondsOrText() throws Exception {
        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.pulls().open(app, "feature", "main", "A", false);

        assertThat(rest.get(APP + "/pull-requests/1").json().path("createdDate").isIntegralNumber())
                .isTrue();
        forge.dataCenter().installation().isoDates(true);
        assertThat(rest.get(APP + "/pull-requests/1").json().path("createdDate").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+0000");
    }

    @Test
    void buildOfACommit() throws Exception {
        String sha = app.head("main");
        String builds = APP + "/commits/" + sha + "/builds";

        assertThat(rest.post(builds, build("INPROGRESS", "refs/heads/main")).status())
                .isEqualTo(204);
        assertThat(rest.post(builds, build("CANCELLED", "refs/heads/main")).status())
                .isEqualTo(204);
        assertThat(rest.get(builds + "?key=k").json().path("state").asText()).isEqualTo("CANCELLED");
        assertThat(app.statuses(sha)).hasSize(1);
        assertThat(rest.post(builds, build("CANCELLED", "main")).status()).isEqualTo(400);
        assertThat(rest.post(builds, build("STOPPED", "refs/heads/main")).status())
                .isEqualTo(400);
        assertThat(rest.post(builds, "{'key':'k','state':'FAILED'}").status()).isEqualTo(400);
    }

    @Test
    void oldServerTakesBuildsOfAnyCommit() throws Exception {
        forge.dataCenter().installation().old(true);
        String sha = app.head("main");

        assertThat(rest.post(APP + "/commits/" + sha + "/builds", build("FAILED", "refs/heads/main"))
                        .status())
                .isEqualTo(404);
        assertThat(rest.post("/build-status/1.0/commits/" + sha, build("FAILED", "refs/heads/main"))
                        .status())
                .isEqualTo(204);
        assertThat(rest.post("/build-status/1.0/commits/" + sha, build("CANCELLED", "refs/heads/main"))
                        .status())
                .isEqualTo(400);
        assertThat(rest.get("/build-status/latest/commits/" + sha)
                        .json()
                        .at("/values/0/state")
                        .asText())
                .isEqualTo("FAILED");
    }

    @Test
    void formerNameRedirectsUntilItIsTaken() throws Exception {
        app.rename("renamed");

        assertThat(rest.get(APP).header("Location")).endsWith("/projects/PRJ/repos/renamed");
        assertThat(rest.post(APP + "/webhooks?a=b", "{}").status()).isEqualTo(307);
        forge.createRepository("PRJ", "app", true);
        assertThat(rest.get(APP).json().path("id").asLong()).isNotEqualTo(app.id());
    }

    private static String build(String state, String ref) {
        return "{'key':'k','state':'" + state + "','url':'https://ci.invalid/1','name':'n','ref':'" + ref + "'}";
    }
}

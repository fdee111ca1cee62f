package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import static io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterServer.APP;
import static io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterServer.PATH;
import static io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterServer.error;
import static io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCenterApiTest {

    private static final String REPOSITORY =
            "{'id': 1001, 'slug': 'app', 'project': {'key': 'ACME'}, 'public': false, 'links': {'clone': ["
                    + "{'name': 'http', 'href': 'https://x'},"
                    + " {'name': 'ssh', 'href': 'ssh://git@bitbucket.example.com:7999/acme/app.git'}]}}";
    private static final String EMPTY = "{'values': [], 'isLastPage': true, 'nextPageStart': null}";
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    private static final URI LINK = URI.create("https://ci.example.com/job/app/1/");

    @Test
    void readsARepositoryAndItsDefaultBranch() throws ForgeFailure {
        try (DataCenterServer server = DataCenterServer.answering(asked -> json(
                200,
                asked.uri().endsWith("/default-branch")
                        ? "{'id': 'refs/heads/main', 'displayId': 'main'}"
                        : REPOSITORY))) {
            assertThat(server.api().repositories().read(APP.name()))
                    .isEqualTo(new RepositoryFacts(
                            APP, Optional.of("main"), true, "ssh://git@bitbucket.example.com:7999/acme/app.git"));
            assertThat(server.lines()).containsExactly("GET " + PATH, "GET " + PATH + "/default-branch");
            assertThat(server.lastAsked().header("Authorization")).contains("Bearer " + DataCenterServer.TOKEN);
        }
    }

    @Test
    void aRepositoryWithoutACommitHasNoDefaultBranch() throws ForgeFailure {
        try (DataCenterServer server =
                DataCenterServer.answering(asked -> asked.uri().matches(".*/(default-branch|branches/default)")
                        ? error(404, "null", "No default branch is defined", "x.NoDefaultBranchException")
                        : json(200, REPOSITORY))) {
            assertThat(server.api().repositories().read(APP.name()).defaultBranch())
                    .isEmpty();
        }
    }

    @Test
    void asksOlderServersForTheirDefaultBranchWhereTheyHaveIt() throws ForgeFailure {
        try (DataCenterServer server =
                DataCenterServer.answering(asked -> asked.uri().endsWith("/default-branch")
                        ? error(404, "null", "No such resource", "x.NoSuchEntityException")
                        : asked.uri().endsWith("/branches/default")
                                ? json(200, "{'id': 'refs/heads/trunk', 'displayId': 'trunk'}")
                                : json(200, REPOSITORY))) {
            assertThat(server.api().repositories().read(APP.name()).defaultBranch())
                    .contains("trunk");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'clone': []}", "{'clone': [{'name': 'http', 'href': 'https://x'}]}"})
    void saysWhoCanHelpWhereSshIsOff(String links) {
        String repository = REPOSITORY.substring(0, REPOSITORY.indexOf("'links'")) + "'links': " + links + "}";
        try (DataCenterServer server = DataCenterServer.answering(
                asked -> json(200, asked.uri().endsWith("/default-branch") ? "{'displayId': 'main'}" : repository))) {
            assertThatThrownBy(() -> server.api().repositories().read(APP.name()))
                    .isInstanceOfSatisfying(
                            ForgeFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessage("127.0.0.1 tells no SSH address of ACME/app. Have an administrator switch SSH on"
                            + " (Administration, Server settings).");
        }
    }

    @Test
    void aPersonalProjectKeepsItsTilde() throws ForgeFailure {
        RepositoryId personal = new RepositoryId("127.0.0.1", "7", new RepositoryName("~jane.doe", "app"));
        try (DataCenterServer server = DataCenterServer.answering(200, EMPTY)) {
            server.api().deployKeys().list(personal);
            assertThat(server.lastAsked().line())
                    .isEqualTo("GET /rest/keys/latest/projects/~jane.doe/repos/app/ssh?effective=false&limit=100");
        }
    }

    @Test
    void addsAnAccessKeyThatMayOnlyRead() throws ForgeFailure {
        try (DataCenterServer server = DataCenterServer.answering(201, entry("REPO_READ"))) {
            assertThat(server.api().deployKeys().addReadOnly(APP, "ours", "ssh-ed25519 AAAA"))
                    .isEqualTo(new DeployKey("5", "ours", "ssh-ed25519 AAAA", true, true));
            assertThat(server.lastAsked().line()).isEqualTo("POST /rest/keys/latest/projects/ACME/repos/app/ssh");
            assertThat(server.lastAsked().body())
                    .isEqualTo("{\"permission\":\"REPO_READ\",\"key\":{\"text\":\"ssh-ed25519 AAAA\","
                            + "\"label\":\"ours\"}}");
        }
    }

    @ParameterizedTest
    @CsvSource({"REPO_READ, true", "REPO_WRITE, false"})
    void aKeyInUseIsAddedAlreadyWhenItIsHereAndMayOnlyRead(String permission, boolean here) throws ForgeFailure {
        try (DataCenterServer server =
                DataCenterServer.answering(asked -> asked.method().equals("POST")
                        ? error(409, "null", "This SSH key already exists on the system", "x.DuplicateSshKeyException")
                        : json(200, "{'values': [" + entry(permission) + "], 'isLastPage': true}"))) {
            if (here) {
                assertThat(server.api()
                                .deployKeys()
                                .addReadOnly(APP, "ours", "ssh-ed25519 AAAA")
                                .id())
                        .isEqualTo("5");
                return;
            }
            assertThatThrownBy(() -> server.api().deployKeys().addReadOnly(APP, "ours", "ssh-ed25519 AAAA"))
                    .isInstanceOfSatisfying(
                            ForgeFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.KEY_IN_USE));
        }
    }

    private static String entry(String permission) {
        return "{'key': {'id': 5, 'text': 'ssh-ed25519 AAAA', 'label': 'ours'}, 'permission': '" + permission + "'}";
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void registersAHookWithItsSecret(int status) throws ForgeFailure {
        URI url = URI.create("https://ci.example.com/bellhop/hook/x");
        String answer = "{'id': 6, 'url': '" + url + "', 'active': true, 'events': ['repo:refs_changed']}";
        try (DataCenterServer server = DataCenterServer.answering(status, answer)) {
            assertThat(server.api().hooks().register(APP, url, Secret.of("s3cret")))
                    .isEqualTo(new Hook("6", url.toString(), true, Set.of("repo:refs_changed")));
            assertThat(server.lastAsked().body())
                    .isEqualTo("{\"name\":\"Bellhop\",\"url\":\"" + url
                            + "\",\"active\":true,\"sslVerificationRequired\":true,\"events\":[\"repo:refs_changed\","
                            + "\"repo:modified\",\"pr:opened\",\"pr:modified\",\"pr:merged\",\"pr:declined\","
                            + "\"pr:deleted\",\"mirror:repo_synchronized\",\"pr:from_ref_updated\"],"
                            + "\"configuration\":{\"secret\":\"s3cret\"}}");
        }
    }

    @Test
    void registersAHookForFewerEventsWhereTheServerDoesNotKnowAll() throws ForgeFailure {
        URI url = URI.create("https://ci.example.com/bellhop/hook/x");
        try (DataCenterServer server =
                DataCenterServer.answering(asked -> asked.body().contains("from_ref_updated")
                        ? error(400, "'events'", "The event pr:from_ref_updated is unknown", "x.Invalid")
                        : json(201, "{'id': 6, 'url': 'x', 'active': true, 'events': ['pr:opened']}"))) {
            assertThat(server.api()
                            .hooks()
                            .register(APP, url, Secret.of("s3cret"))
                            .events())
                    .containsExactly("pr:opened");
            assertThat(server.lastAsked().body()).doesNotContain("mirror:repo_synchronized");
            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void triesAHookOnceMoreForNoOtherReason() {
        try (DataCenterServer server =
                DataCenterServer.answering(asked -> error(401, "null", "You may not", "x.AuthorisationException"))) {
            assertThatThrownBy(() -> server.api().hooks().register(APP, LINK, Secret.of("s3cret")))
                    .isInstanceOf(ForgeFailure.class);
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void asksForPullRequestsThatComeFromABranch() throws ForgeFailure {
        String values = String.join(", ", pull(1, "fix", 1001, 1001), pull(2, "fix", 2002, 1001)) + ", "
                + pull(3, "fix", 1001, 3003) + ", " + pull(4, "fixed", 1001, 1001);
        try (DataCenterServer server =
                DataCenterServer.answering(200, "{'values': [" + values + "], 'isLastPage': true}")) {
            assertThat(server.api().pullRequests().openFrom(APP, "fix"))
                    .containsExactly(new PullRequest(1, "fix", COMMIT, "main", false, true));
            assertThat(server.lastAsked().line())
                    .isEqualTo("GET " + PATH
                            + "/pull-requests?state=OPEN&direction=OUTGOING&at=refs%2Fheads%2Ffix&limit=100");
        }
    }

    private static String pull(int number, String branch, int from, int to) {
        return ("{'id': %d, 'draft': true, 'fromRef': {'id': 'refs/heads/%s', 'latestCommit': '%s', 'repository':"
                        + " {'id': %d}}, 'toRef': {'id': 'refs/heads/main', 'repository': {'id': %d}}}")
                .formatted(number, branch, COMMIT, from, to);
    }

    @Test
    void goesOnWhereTheServerSaysWhichNeedNotBeTheNumberOfEntries() throws ForgeFailure {
        try (DataCenterServer server = DataCenterServer.answering(asked -> json(
                200,
                asked.uri().contains("start=137")
                        ? EMPTY
                        : "{'values': [], 'isLastPage': false, 'nextPageStart': 137}"))) {
            server.api().refs().branches(APP);
            assertThat(server.lines())
                    .containsExactly(
                            "GET " + PATH + "/branches?limit=100", "GET " + PATH + "/branches?limit=100&start=137");
        }
    }

    @Test
    void aListThatNeverEndsIsAFailure() {
        try (DataCenterServer server =
                DataCenterServer.answering(200, "{'values': [], 'isLastPage': false, 'nextPageStart': 0}")) {
            assertThatThrownBy(() -> server.api().refs().tags(APP))
                    .isInstanceOf(ForgeFailure.class)
                    .hasMessage("Could not list the tags of ACME/app: expected at most 500 pages, found more.");
            assertThat(server.asked()).hasSize(500);
        }
    }

    @ParameterizedTest
    @CsvSource({"PENDING, INPROGRESS", "SUCCESS, SUCCESSFUL", "FAILURE, FAILED", "ERROR, CANCELLED"})
    void postsAStatus(State state, String word) throws ForgeFailure {
        try (DataCenterServer server = DataCenterServer.answering(204, "")) {
            post(server, state, "jenkins/app", "Built.");
            assertThat(server.lastAsked().line()).isEqualTo("POST " + PATH + "/commits/" + COMMIT + "/builds");
            assertThat(server.lastAsked().body())
                    .isEqualTo("{\"key\":\"jenkins/app\",\"state\":\"" + word + "\",\"url\":\"" + LINK
                            + "\",\"name\":\"jenkins/app\",\"description\":\"Built.\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void postsAStatusToTheAddressThatOldServersKnow(State state) throws ForgeFailure {
        try (DataCenterServer server = DataCenterServer.answering(
                asked -> asked.uri().endsWith("/builds") ? json(404, "{}") : json(204, ""))) {
            post(server, state, "jenkins/app", "Built.");
            assertThat(server.lastAsked().line()).isEqualTo("POST /rest/build-status/latest/commits/" + COMMIT);
            assertThat(server.lastAsked().body()).doesNotContain("CANCELLED");
        }
    }

    @Test
    void cutsWhatIsTooLong() throws ForgeFailure {
        try (DataCenterServer server = DataCenterServer.answering(204, "")) {
            post(server, State.SUCCESS, "x".repeat(255), "y".repeat(255));
            assertThat(server.lastAsked().body()).contains("\"" + "x".repeat(255) + "\"", "\"" + "y".repeat(255));
            post(server, State.SUCCESS, "x".repeat(256), "y".repeat(256));
            assertThat(server.lastAsked().body())
                    .containsPattern("\"key\":\"[0-9a-f]{40}\"")
                    .contains("\"" + "x".repeat(254) + "…\"", "\"" + "y".repeat(254) + "…\"");
        }
    }

    private static void post(DataCenterServer server, State state, String context, String description)
            throws ForgeFailure {
        server.api().statuses().post(APP, COMMIT, new CommitStatus(state, context, description, Optional.of(LINK)));
    }

    @Test
    void listsWhatItsUserAdministers() throws ForgeFailure {
        try (DataCenterServer server =
                DataCenterServer.answering(200, "{'values': [" + REPOSITORY + "], 'isLastPage': true}")) {
            assertThat(server.api().repositories().administered(100)).containsExactly(APP.name());
            assertThat(server.lastAsked().line())
                    .isEqualTo("GET /rest/api/latest/repos?permission=REPO_ADMIN&archived=ACTIVE&limit=100");
        }
    }
}

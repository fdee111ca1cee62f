package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.APP;
import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.PATH;
import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.error;
import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudApiTest {

    private static final String REPOSITORY = "{'uuid': '{app-uuid}', 'full_name': 'acme/app', 'is_private': true,"
            + " 'mainbranch': {'name': 'main'}, 'links': {'clone': [{'name': 'https', 'href': 'https://x'},"
            + " {'name': 'ssh', 'href': 'git@bitbucket.org:acme/app.git'}]}}";
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    private static final URI LINK = URI.create("https://ci.example.com/job/app/1/");

    @Test
    void readsARepository() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(200, REPOSITORY)) {
            RepositoryFacts facts = cloud.api().repositories().read(APP.name());

            assertThat(facts)
                    .isEqualTo(new RepositoryFacts(APP, Optional.of("main"), true, "git@bitbucket.org:acme/app.git"));
            assertThat(cloud.lastAsked().line()).isEqualTo("GET /repositories/acme/app");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'mainbranch': null", "'x': 1"})
    void anEmptyRepositoryHasNoMainBranch(String mainbranch) throws ForgeFailure {
        try (CloudServer cloud =
                CloudServer.answering(200, REPOSITORY.replace("'mainbranch': {'name': 'main'}", mainbranch))) {
            assertThat(cloud.api().repositories().read(APP.name()).defaultBranch())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "<html>", "{'uuid': 7}", "{'uuid': '{a}', 'full_name': 'acme/app'}"})
    void anAnswerThatIsNoRepositoryIsAFailure(String body) {
        try (CloudServer cloud = CloudServer.answering(200, body)) {
            ForgeFailure failure = catchThrowableOfType(
                    ForgeFailure.class, () -> cloud.api().repositories().read(APP.name()));

            assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_ANSWER);
            assertThat(failure).hasMessageStartingWith("Could not show repository acme/app: unreadable payload at $");
        }
    }

    @Test
    void asksByTheUuidWhichOutlivesTheName() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(200, REPOSITORY.replace("acme/app", "acme/renamed"))) {
            assertThat(cloud.api().repositories().current(APP).id().name())
                    .isEqualTo(new RepositoryName("acme", "renamed"));
            assertThat(cloud.lastAsked().line()).isEqualTo("GET " + PATH);
        }
    }

    @Test
    void listsWorkspaceByWorkspaceAndCallsNothingThatWasRetired() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(asked -> asked.uri().startsWith("/user/workspaces")
                ? json(200, "{'values': [{'workspace': {'slug': 'acme'}}, {'workspace': {'slug': 'bob'}}]}")
                : json(200, "{'values': [{'full_name': '" + asked.uri().split("[/?]")[2] + "/app'}]}"))) {
            assertThat(cloud.api().repositories().administered(100))
                    .containsExactly(new RepositoryName("acme", "app"), new RepositoryName("bob", "app"));
            assertThat(cloud.asked())
                    .extracting(asked -> asked.line())
                    .containsExactly(
                            "GET /user/workspaces?pagelen=100",
                            "GET /repositories/acme?role=admin&pagelen=100",
                            "GET /repositories/bob?role=admin&pagelen=100");
        }
    }

    @Test
    void addsAnAccessKeyWhichIsAnsweredWith200() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(200, "{'id': 5, 'label': 'ours', 'key': 'ssh-ed25519 AAAA'}")) {
            assertThat(cloud.api().deployKeys().addReadOnly(APP, "ours", "ssh-ed25519 AAAA"))
                    .isEqualTo(new DeployKey("5", "ours", "ssh-ed25519 AAAA", true, true));
            assertThat(cloud.lastAsked().line()).isEqualTo("POST " + PATH + "/deploy-keys");
            assertThat(cloud.lastAsked().body()).isEqualTo("{\"key\":\"ssh-ed25519 AAAA\",\"label\":\"ours\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Someone has already added that access key to this repository.",
                "Someone has already registered that SSH key.",
                "SSH keys must be unique and deleted keys may take up to 30 days to be removed. Please use a unique SSH"
                        + " key."
            })
    void aKeyInUseIsAddedAlreadyWhenItIsThisRepositorys(String message) throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(asked -> asked.method().equals("POST")
                ? error(400, message)
                : json(200, "{'values': [{'id': 5, 'label': 'ours', 'key': 'ssh-ed25519 AAAA jane'}]}"))) {
            assertThat(cloud.api()
                            .deployKeys()
                            .addReadOnly(APP, "ours", "ssh-ed25519 AAAA")
                            .id())
                    .isEqualTo("5");
            assertThatThrownBy(() -> cloud.api().deployKeys().addReadOnly(APP, "ours", "ssh-ed25519 BBBB"))
                    .isInstanceOfSatisfying(
                            ForgeFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.KEY_IN_USE))
                    .hasMessageStartingWith("bitbucket.org did not add an access key to acme/app: the key is already in"
                            + " use, or was deleted less than 30 days ago; it says \"");
        }
    }

    @Test
    void registersAHookWithItsSecretAndAllThatIsNeeded() throws ForgeFailure {
        URI url = URI.create("https://ci.example.com/bellhop/hook/x");
        String answer =
                "{'uuid': '{hook}', 'url': '" + url + "', 'active': true, 'events': ['repo:push'], 'secret_set': true}";
        try (CloudServer cloud = CloudServer.answering(201, answer)) {
            assertThat(cloud.api().hooks().register(APP, url, Secret.of("s3cret")))
                    .isEqualTo(new Hook("{hook}", url.toString(), true, Set.of("repo:push"), Optional.of(true)));
            assertThat(cloud.lastAsked().line()).isEqualTo("POST " + PATH + "/hooks");
            assertThat(cloud.lastAsked().body())
                    .isEqualTo("{\"description\":\"Bellhop\",\"url\":\"" + url
                            + "\",\"active\":true,\"secret\":\"s3cret\",\"events\":[\"repo:push\","
                            + "\"pullrequest:created\",\"pullrequest:updated\",\"pullrequest:fulfilled\","
                            + "\"pullrequest:rejected\",\"repo:updated\",\"repo:transfer\",\"repo:deleted\"]}");
            cloud.api().hooks().remove(APP, "{hook}");
            assertThat(cloud.lastAsked().line()).isEqualTo("DELETE " + PATH + "/hooks/%7Bhook%7D");
        }
    }

    @Test
    void asksForPullRequestsInPagesOf50WhichIsAllThatBitbucketGives() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(200, "{'values': []}")) {
            cloud.api().pullRequests().open(APP);
            assertThat(cloud.lastAsked().line()).isEqualTo("GET " + PATH + "/pullrequests?state=OPEN&pagelen=50");
            cloud.api().pullRequests().openFrom(APP, "say-\"x\"&+ä");
            assertThat(cloud.lastAsked().line())
                    .isEqualTo("GET " + PATH + "/pullrequests?state=OPEN&q=source.branch.name%3D%22say-%5C%22x%5C%22"
                            + "%26%2B%C3%A4%22&pagelen=50");
        }
    }

    @Test
    void leavesOutPullRequestsWhoseCommitIsGoneAndThoseOfForks() throws ForgeFailure {
        String values = String.join(
                ", ",
                pull(1, "{'hash': '0123456789ab'}", "{'uuid': '{app-uuid}'}"),
                pull(2, "{'hash': '0123456789ab'}", "{'uuid': '{fork}'}"),
                pull(3, "{'hash': '0123456789ab'}", "null"),
                pull(4, "null", "null"));
        try (CloudServer cloud = CloudServer.answering(200, "{'values': [" + values + "]}")) {
            assertThat(cloud.api().pullRequests().openFrom(APP, "fix"))
                    .containsExactly(new PullRequest(1, "fix", new CommitId("0123456789ab"), "main", false, false));
            assertThat(cloud.api().pullRequests().open(APP))
                    .extracting(PullRequest::number)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    private static String pull(int number, String commit, String repository) {
        return ("{'id': %d, 'source': {'branch': {'name': 'fix'}, 'commit': %s, 'repository': %s},"
                        + " 'destination': {'branch': {'name': 'main'}, 'repository': {'uuid': '{app-uuid}'}}}")
                .formatted(number, commit, repository);
    }

    @Test
    void followsTheNextPageOnItsOwnServerAlone() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(asked -> asked.uri().contains("page=2")
                ? json(200, "{'values': []}")
                : json(
                        200,
                        "{'values': [], 'next': 'http://" + asked.header("Host").orElseThrow()
                                + "/elsewhere?page=2'}"))) {
            assertThat(cloud.api().hooks().list(APP)).isEmpty();
            assertThat(cloud.lastAsked().line()).isEqualTo("GET /elsewhere?page=2");
        }
        for (String next : List.of("https://evil.example/", "//evil.example/", "7", "no url at all")) {
            try (CloudServer cloud = CloudServer.answering(200, "{'values': [], 'next': '" + next + "'}")) {
                assertThatThrownBy(() -> cloud.api().hooks().list(APP))
                        .as(next)
                        .isInstanceOfSatisfying(
                                ForgeFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_ANSWER));
                assertThat(cloud.asked()).hasSize(1);
            }
        }
    }

    @Test
    void postsAStatusWhoseKeyHasAtMost40Characters() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(201, "{}")) {
            String context = "jenkins/" + "x".repeat(40);
            post(cloud, context, Optional.of(LINK));
            assertThat(cloud.lastAsked().line()).isEqualTo("POST " + PATH + "/commit/" + COMMIT + "/statuses/build");
            assertThat(cloud.lastAsked().body())
                    .matches("\\{\"key\":\"[0-9a-f]{40}\",\"state\":\"SUCCESSFUL\",\"url\":\"" + LINK + "\",\"name\":\""
                            + context + "\",\"description\":\"Built.\"}");
            String body = cloud.lastAsked().body();
            post(cloud, context, Optional.of(LINK));
            assertThat(cloud.lastAsked().body()).isEqualTo(body);
        }
    }

    @Test
    void aStatusWithoutALinkIsNotEvenTried() {
        try (CloudServer cloud = CloudServer.answering(201, "{}")) {
            assertThatThrownBy(() -> post(cloud, "jenkins/app", Optional.empty()))
                    .isInstanceOf(ForgeFailure.class)
                    .hasMessageContaining("Jenkins Location");
            assertThat(cloud.asked()).isEmpty();
        }
    }

    private static void post(CloudServer cloud, String context, Optional<URI> link) throws ForgeFailure {
        cloud.api().statuses().post(APP, COMMIT, new CommitStatus(State.SUCCESS, context, "Built.", link));
    }
}

package io.jenkins.plugins.bellhop.forge.github;

import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.APP;
import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.json;
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
import io.jenkins.plugins.bellhop.support.LocalServer.Asked;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubApiTest {

    private static final String LINE = "ssh-ed25519 AAAAC3Nza Bellhop at https://ci.example.com/";
    private static final String REPOSITORY = "{'id': 1001, 'full_name': 'acme/app', 'private': true,"
            + " 'default_branch': 'main', 'ssh_url': 'git@github.com:acme/app.git', 'permissions': {'admin': true}}";
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");

    @Test
    void readsARepository() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(200, REPOSITORY)) {
            RepositoryFacts facts = github.api().repositories().read(APP.name());

            assertThat(facts)
                    .isEqualTo(new RepositoryFacts(APP, Optional.of("main"), true, "git@github.com:acme/app.git"));
            assertThat(github.lastAsked().line()).isEqualTo("GET /repos/acme/app");
            assertThat(github.lastAsked().header("Authorization")).contains("Bearer " + GitHubServer.TOKEN);
            assertThat(github.lastAsked().header("Accept")).contains("application/vnd.github+json");
            assertThat(github.lastAsked().header("X-GitHub-Api-Version")).contains("2022-11-28");
        }
    }

    @Test
    void aRenamedRepositoryIsFoundUnderItsOldName() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(asked -> asked.uri().equals("/repositories/1001")
                ? json(200, REPOSITORY.replace("acme/app", "acme/new"))
                : Reply.of(301, "").with("Location", "/repositories/1001"))) {
            RepositoryFacts facts = github.api().repositories().read(APP.name());

            assertThat(facts.id()).isEqualTo(APP);
            assertThat(facts.id().name()).isEqualTo(new RepositoryName("acme", "new"));
        }
    }

    @Test
    void whatTheAnswerDoesNotTellIsAbsent() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(
                200, "{'id': 1001, 'full_name': 'acme/app', 'ssh_url': 'git@github.com:acme/app.git'}")) {
            RepositoryFacts facts = github.api().repositories().read(APP.name());

            assertThat(facts.defaultBranch()).isEmpty();
            assertThat(facts.isPrivate()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Sign in</body></html>",
                "",
                "[]",
                "{}",
                "{'id': 'x', 'full_name': 'acme/app', 'ssh_url': 'x'}",
                "{'id': 1001, 'full_name': 'acme', 'ssh_url': 'x'}"
            })
    void anAnswerThatIsNoRepositoryIsAFailure(String body) {
        try (GitHubServer github = GitHubServer.answering(200, body)) {
            ForgeFailure failure = catchThrowableOfType(
                    ForgeFailure.class, () -> github.api().repositories().read(APP.name()));

            assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_ANSWER);
            assertThat(failure.getMessage())
                    .startsWith("Could not show repository acme/app: unreadable payload at $")
                    .doesNotContain("Sign in");
        }
    }

    @Test
    void listsDeployKeys() throws ForgeFailure {
        String keys = "[{'id': 1, 'title': 'ours', 'key': 'ssh-ed25519 A', 'read_only': true, 'enabled': false},"
                + "{'id': 2, 'title': null, 'key': 'ssh-rsa B', 'read_only': false}]";
        try (GitHubServer github = GitHubServer.answering(200, keys)) {
            assertThat(github.api().deployKeys().list(APP))
                    .containsExactly(
                            new DeployKey("1", "ours", "ssh-ed25519 A", true, false),
                            new DeployKey("2", "", "ssh-rsa B", false, true));
            assertThat(github.lastAsked().line()).isEqualTo("GET /repos/acme/app/keys?per_page=100");
        }
    }

    @Test
    void addsADeployKeyThatMayOnlyRead() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(
                201, "{'id': 5, 'title': 'ours', 'key': 'ssh-ed25519 AAAAC3Nza', 'read_only': true}")) {
            DeployKey added = github.api().deployKeys().addReadOnly(APP, "ours", LINE);

            assertThat(added).isEqualTo(new DeployKey("5", "ours", "ssh-ed25519 AAAAC3Nza", true, true));
            assertThat(github.lastAsked().line()).isEqualTo("POST /repos/acme/app/keys");
            assertThat(github.lastAsked().body())
                    .isEqualTo("{\"title\":\"ours\",\"key\":\"" + LINE + "\",\"read_only\":true}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519 AAAAC3Nza, true, true",
        "ssh-ed25519 AAAAC3Nza, false, false",
        "ssh-ed25519 AAAAother, true, false"
    })
    void aKeyInUseIsAddedAlreadyWhenItIsThisRepositorysAndMayOnlyRead(String key, boolean readOnly, boolean here)
            throws ForgeFailure {
        String listed = "[{'id': 5, 'title': 't', 'key': '%s', 'read_only': %s}]".formatted(key, readOnly);
        String inUse = "{'message': 'Validation Failed', 'errors': [{'resource': 'PublicKey', 'code': 'custom',"
                + " 'field': 'key', 'message': 'key is already in use'}]}";
        try (GitHubServer github =
                GitHubServer.answering(asked -> asked.method().equals("POST") ? json(422, inUse) : json(200, listed))) {
            if (here) {
                assertThat(github.api().deployKeys().addReadOnly(APP, "t", LINE).id())
                        .isEqualTo("5");
                return;
            }
            assertThatThrownBy(() -> github.api().deployKeys().addReadOnly(APP, "t", LINE))
                    .isInstanceOfSatisfying(
                            ForgeFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.KEY_IN_USE));
        }
    }

    @Test
    void removesKeysAndHooks() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(204, "")) {
            github.api().deployKeys().remove(APP, "5");
            assertThat(github.lastAsked().line()).isEqualTo("DELETE /repos/acme/app/keys/5");
            github.api().hooks().remove(APP, "../6");
            assertThat(github.lastAsked().line()).isEqualTo("DELETE /repos/acme/app/hooks/..%2F6");
        }
    }

    @Test
    void whatIsGoneCountsAsRemoved() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(404, "{'message': 'Not Found'}")) {
            github.api().deployKeys().remove(APP, "5");
            github.api().hooks().remove(APP, "6");

            assertThat(github.asked()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 422, 500})
    void whatCouldNotBeRemovedIsAFailure(int status) {
        try (GitHubServer github = GitHubServer.answering(status, "{}")) {
            assertThatThrownBy(() -> github.api().deployKeys().remove(APP, "5"))
                    .isInstanceOf(ForgeFailure.class)
                    .hasMessageStartingWith("github.com did not remove a deploy key from acme/app: ");
            assertThatThrownBy(() -> github.api().hooks().remove(APP, "5"))
                    .isInstanceOf(ForgeFailure.class)
                    .hasMessageStartingWith("github.com did not remove a webhook from acme/app: ");
        }
    }

    @Test
    void registersAHookWithItsSecretAndAllThatIsNeeded() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(
                201,
                "{'id': 6, 'active': true, 'events': ['push', 'pull_request', 'repository'],"
                        + " 'config': {'url': 'https://ci.example.com/bellhop/hook/x', 'secret': '********'}}")) {
            URI url = URI.create("https://ci.example.com/bellhop/hook/x");
            Hook hook = github.api().hooks().register(APP, url, Secret.of("s3cret"));

            assertThat(hook)
                    .isEqualTo(new Hook(
                            "6",
                            url.toString(),
                            true,
                            Set.of("push", "pull_request", "repository"),
                            Optional.of(true)));
            assertThat(github.lastAsked().line()).isEqualTo("POST /repos/acme/app/hooks");
            assertThat(github.lastAsked().body())
                    .isEqualTo(
                            "{\"name\":\"web\",\"active\":true,\"events\":[\"push\",\"pull_request\",\"repository\"],"
                                    + "\"config\":{\"url\":\"https://ci.example.com/bellhop/hook/x\","
                                    + "\"content_type\":\"json\",\"insecure_ssl\":\"0\",\"secret\":\"s3cret\"}}");
        }
    }

    @Test
    void listsHooks() throws ForgeFailure {
        String hooks = "[{'id': 6, 'active': false, 'events': ['push'], 'config': {}}]";
        try (GitHubServer github = GitHubServer.answering(200, hooks)) {
            assertThat(github.api().hooks().list(APP))
                    .containsExactly(new Hook("6", "", false, Set.of("push"), Optional.of(false)));
            assertThat(github.lastAsked().line()).isEqualTo("GET /repos/acme/app/hooks?per_page=100");
        }
    }

    @Test
    void findsOpenPullRequestsOfABranchAndLeavesOutForksAndOtherBranches() throws ForgeFailure {
        String open = "[" + pull(1, "fix", "{'id': 1001}") + "," + pull(2, "fix", "{'id': 2002}") + ","
                + pull(3, "fix", "null") + "," + pull(4, "other", "{'id': 1001}") + "]";
        try (GitHubServer github = GitHubServer.answering(200, open)) {
            assertThat(github.api().pullRequests().openFrom(APP, "fix"))
                    .containsExactly(new PullRequest(1, "fix", COMMIT, "main", false, false));
            assertThat(github.lastAsked().line())
                    .isEqualTo("GET /repos/acme/app/pulls?state=open&head=acme%3Afix&per_page=100");
        }
    }

    private static String pull(int number, String branch, String repository) {
        return "{'number': %d, 'head': {'ref': '%s', 'sha': '%s', 'repo': %s}, 'base': {'ref': 'main'}}"
                .formatted(number, branch, COMMIT, repository);
    }

    @Test
    void aBranchNameStaysOneValueOfTheQuery() throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(200, "[]")) {
            assertThat(github.api().pullRequests().openFrom(APP, "a&state=closed#ä+/%"))
                    .isEmpty();
            assertThat(github.lastAsked().uri())
                    .isEqualTo("/repos/acme/app/pulls?state=open&head=acme%3Aa%26state%3Dclosed%23%C3%A4%2B%2F%25"
                            + "&per_page=100");
        }
    }

    @ParameterizedTest
    @EnumSource
    void postsAStatus(State state) throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(201, "{'id': 9}")) {
            CommitStatus status =
                    new CommitStatus(state, "jenkins/app", "Built.", Optional.of(URI.create("https://ci/job/1/")));
            github.api().statuses().post(APP, COMMIT, status);

            Asked asked = github.lastAsked();
            assertThat(asked.line()).isEqualTo("POST /repos/acme/app/statuses/" + COMMIT);
            assertThat(asked.body())
                    .isEqualTo("{\"state\":\"" + state.name().toLowerCase(Locale.ROOT)
                            + "\",\"context\":\"jenkins/app\",\"description\":\"Built.\","
                            + "\"target_url\":\"https://ci/job/1/\"}");
        }
    }

    @Test
    void cutsADescriptionThatGitHubWouldRefuse() throws ForgeFailure {
        String longest = "x".repeat(GitHubStatuses.LONGEST_DESCRIPTION);

        assertThat(GitHubStatuses.LONGEST_DESCRIPTION).isEqualTo(140);
        assertThat(postedDescription(longest)).isEqualTo(longest);
        assertThat(postedDescription(longest + "y")).isEqualTo("x".repeat(139) + "…");
    }

    @Test
    void cutsNoCharacterInHalf() throws ForgeFailure {
        assertThat(postedDescription("x".repeat(138) + "\ud83d\ude00" + "y")).isEqualTo("x".repeat(138) + "…");
        assertThat(postedDescription("x".repeat(138) + "\ud83d\ude00")).isEqualTo("x".repeat(138) + "\ud83d\ude00");
    }

    private static String postedDescription(String description) throws ForgeFailure {
        try (GitHubServer github = GitHubServer.answering(201, "{'id': 9}")) {
            github.api()
                    .statuses()
                    .post(APP, COMMIT, new CommitStatus(State.PENDING, "c", description, Optional.empty()));
            String body = github.lastAsked().body();
            assertThat(body).startsWith("{\"state\":\"pending\",\"context\":\"c\",\"description\":\"");
            return body.replaceAll("^.*\"description\":\"|\"}$", "");
        }
    }

    @Test
    void theTokenIsNeverPrinted() {
        try (GitHubServer github = GitHubServer.answering(200, "{}")) {
            assertThat(github.api().toString()
                            + github.api().hooks()
                            + github.api().deployKeys())
                    .doesNotContain("hunter2");
        }
    }
}

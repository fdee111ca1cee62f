package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests: what webhooks tell of them, and what the REST API shows. */
class PullRequestTest {

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private SandboxRepository fork;
    private RestClient rest;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        forge = SandboxForge.start(directory);
        app = forge.createRepository("octo", "app", false);
        fork = forge.fork(app, "guest");
        rest = new RestClient(forge, forge.createToken("octo", Set.of("repo")));
        app.settings().addHook(HookSettings.json(receiver.url(), "s", "push", "pull_request"));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void openedInTheSameRepository() {
        String head = app.commit("feature", Map.of("a.txt", "a"), "Begin");
        int number = app.pulls().open(app, "feature", "main", "Add a", false);

        JsonNode event = event("opened");

        assertThat(number).isEqualTo(1);
        assertThat(event.path("number").asInt()).isEqualTo(1);
        JsonNode pull = event.path("pull_request");
        assertThat(pull.path("state").asText()).isEqualTo("open");
        assertThat(pull.path("title").asText()).isEqualTo("Add a");
        assertThat(pull.path("draft").asBoolean()).isFalse();
        assertThat(pull.path("merged").asBoolean()).isFalse();
        assertThat(pull.path("mergeable").asBoolean()).isTrue();
        assertThat(pull.at("/head/sha").asText()).isEqualTo(head);
        assertThat(pull.at("/head/ref").asText()).isEqualTo("feature");
        assertThat(pull.at("/head/label").asText()).isEqualTo("octo:feature");
        assertThat(pull.at("/head/repo/id").asLong()).isEqualTo(app.id());
        assertThat(pull.at("/base/ref").asText()).isEqualTo("main");
        assertThat(pull.at("/base/sha").asText()).isEqualTo(app.head("main"));
        assertThat(pull.path("author_association").asText()).isEqualTo("OWNER");
        assertThat(event.at("/repository/full_name").asText()).isEqualTo("octo/app");
    }

    @Test
    void openedFromAFork() {
        openFromFork();

        JsonNode pull = event("opened").path("pull_request");

        assertThat(pull.at("/head/repo/full_name").asText()).isEqualTo("guest/app");
        assertThat(pull.at("/head/repo/fork").asBoolean()).isTrue();
        assertThat(pull.at("/base/repo/full_name").asText()).isEqualTo("octo/app");
        assertThat(pull.at("/user/login").asText()).isEqualTo("guest");
        assertThat(pull.path("author_association").asText()).isEqualTo("NONE");
        assertThat(app.git().refs("refs/pull/1/")).containsOnlyKeys("refs/pull/1/head", "refs/pull/1/merge");
    }

    @Test
    void associationFollowsTheRole() throws Exception {
        openFromFork();
        app.grant("guest", Role.READ);
        assertThat(pull(1).path("author_association").asText()).isEqualTo("COLLABORATOR");

        forge.addMember("octo", "guest", Role.READ);
        assertThat(pull(1).path("author_association").asText()).isEqualTo("MEMBER");
    }

    @Test
    void newCommitsOfAForkReachTheBase() {
        String before = openFromFork();
        String after = fork.commit("fix", Map.of("b.txt", "b"), "More");

        JsonNode event = event("synchronize");

        assertThat(event.path("before").asText()).isEqualTo(before);
        assertThat(event.path("after").asText()).isEqualTo(after);
        assertThat(event.at("/pull_request/head/sha").asText()).isEqualTo(after);
        assertThat(app.sha("refs/pull/1/head")).isEqualTo(after);
    }

    @Test
    void pushComesBeforeTheUpdateOfItsPullRequest() {
        app.commit("feature", Map.of("a.txt", "a"), "Begin");
        app.pulls().open(app, "feature", "main", "Add a", false);
        forge.awaitDeliveries();
        receiver.forget();
        app.commit("feature", Map.of("a.txt", "b"), "Continue");
        forge.awaitDeliveries();

        assertThat(receiver.received())
                .extracting(received -> received.header("X-GitHub-Event"))
                .containsExactly("push", "pull_request");
    }

    @Test
    void draftBecomesReady() {
        app.commit("feature", Map.of("a.txt", "a"), "Begin");
        app.pulls().open(app, "feature", "main", "Add a", true);
        assertThat(event("opened").at("/pull_request/draft").asBoolean()).isTrue();

        app.pulls().draft(1, false);
        assertThat(event("ready_for_review").at("/pull_request/draft").asBoolean())
                .isFalse();

        app.pulls().draft(1, true);
        assertThat(event("converted_to_draft").at("/pull_request/draft").asBoolean())
                .isTrue();
    }

    @Test
    void editsNameWhatTheyChanged() {
        openFromFork();
        String main = app.head("main");
        app.createBranch("next", main);

        app.pulls().retarget(1, "next");
        JsonNode retargeted = event("edited");
        assertThat(retargeted.at("/changes/base/ref/from").asText()).isEqualTo("main");
        assertThat(retargeted.at("/changes/base/sha/from").asText()).isEqualTo(main);
        assertThat(retargeted.at("/pull_request/base/ref").asText()).isEqualTo("next");

        app.pulls().retitle(1, "Better title");
        assertThat(event("edited").at("/changes/title/from").asText()).isEqualTo("Fix");

        app.pulls().label(1, "bug");
        assertThat(event("labeled").at("/label/name").asText()).isEqualTo("bug");
    }

    @Test
    void mergedIsAPushToTheTargetAndAClosing() {
        String head = openFromFork();
        forge.awaitDeliveries();
        receiver.forget();
        app.pulls().close(1, true);

        JsonNode closed = event("closed");

        assertThat(receiver.received())
                .extracting(received -> received.header("X-GitHub-Event"))
                .containsExactly("push", "pull_request");
        assertThat(closed.at("/pull_request/merged").asBoolean()).isTrue();
        assertThat(closed.at("/pull_request/state").asText()).isEqualTo("closed");
        assertThat(closed.at("/pull_request/merge_commit_sha").asText()).isEqualTo(app.head("main"));
        assertThat(app.git().history().contains(app.head("main"), head)).isTrue();
        assertThat(app.git().refs("refs/pull/")).containsOnlyKeys("refs/pull/1/head");
    }

    @Test
    void arrivingInTheTargetByPushIsMergedToo() {
        String head = app.commit("feature", Map.of("a.txt", "a"), "Begin");
        app.pulls().open(app, "feature", "main", "Add a", false);

        app.push(Map.of("refs/heads/main", head));

        assertThat(event("closed").at("/pull_request/merged").asBoolean()).isTrue();
    }

    @Test
    void closedAndReopened() {
        openFromFork();
        app.pulls().close(1, false);
        assertThat(event("closed").at("/pull_request/merged").asBoolean()).isFalse();

        String unheard = fork.commit("fix", Map.of("c.txt", "c"), "While closed");
        assertThat(app.pulls().get(1).headSha()).isNotEqualTo(unheard);

        app.pulls().reopen(1);
        assertThat(event("reopened").at("/pull_request/head/sha").asText()).isEqualTo(unheard);
    }

    @Test
    void deletingTheHeadBranchCloses() {
        openFromFork();
        fork.deleteBranch("fix");

        assertThat(event("closed").at("/pull_request/merged").asBoolean()).isFalse();
    }

    @Test
    void deletedForkLeavesAPullRequestWithoutHeadRepository() throws Exception {
        openFromFork();
        fork.delete();

        JsonNode pull = pull(1);

        assertThat(pull.path("state").asText()).isEqualTo("open");
        assertThat(pull.at("/head/repo").isNull()).isTrue();
        assertThat(pull.at("/head/label").asText()).isEqualTo("guest:fix");
        assertThat(app.git().refs("refs/pull/1/head")).isNotEmpty();
    }

    @Test
    void conflictHasNoTrialMerge() throws Exception {
        app.commit("feature", Map.of("README.md", "mine"), "Mine");
        app.commit("main", Map.of("README.md", "theirs"), "Theirs");
        app.pulls().open(app, "feature", "main", "Clash", false);

        assertThat(pull(1).path("mergeable").asBoolean(true)).isFalse();
        assertThat(app.git().refs("refs/pull/")).containsOnlyKeys("refs/pull/1/head");
        assertThatThrownBy(() -> app.pulls().close(1, true)).hasMessageContaining("conflicts");
    }

    @Test
    void nothingToMergeIsNoPullRequest() {
        app.createBranch("same", app.head("main"));

        assertThatThrownBy(() -> app.pulls().open(app, "same", "main", "Nothing", false))
                .hasMessageContaining("No commits");
    }

    @Test
    void listsAreFilteredByStateHeadAndBase() throws Exception {
        app.commit("feature", Map.of("a.txt", "a"), "Begin");
        app.pulls().open(app, "feature", "main", "First", false);
        openFromFork();
        app.commit("other", Map.of("o.txt", "o"), "Other");
        app.pulls().open(app, "other", "main", "Third", false);
        app.pulls().close(3, false);

        assertThat(numbers("")).containsExactly(2, 1);
        assertThat(numbers("?state=all")).containsExactly(3, 2, 1);
        assertThat(numbers("?state=closed")).containsExactly(3);
        assertThat(numbers("?state=open&head=OCTO:feature")).containsExactly(1);
        assertThat(numbers("?state=open&head=guest:fix&base=main")).containsExactly(2);
        assertThat(numbers("?base=absent")).isEmpty();
        JsonNode listed = rest.get("/repos/octo/app/pulls").json().get(0);
        assertThat(listed.has("merged")).isFalse();
        assertThat(listed.has("mergeable")).isFalse();
        assertThat(rest.get("/repos/octo/app/commits/" + fork.head("fix") + "/pulls")
                        .json())
                .hasSize(1);
    }

    private String openFromFork() {
        String head = fork.commit("fix", Map.of("fix.txt", "fix"), "Fix it");
        app.pulls().open(fork, "fix", "main", "Fix", false);
        return head;
    }

    private JsonNode pull(int number) throws Exception {
        return rest.get("/repos/octo/app/pulls/" + number).json();
    }

    private List<Integer> numbers(String query) throws Exception {
        return rest.get("/repos/octo/app/pulls" + query).json().findValuesAsText("number").stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** The last pull request event with this action. */
    private JsonNode event(String action) {
        forge.awaitDeliveries();
        List<JsonNode> events = receiver.received("pull_request").stream()
                .map(Receiver.Received::json)
                .filter(event -> event.path("action").asText().equals(action))
                .toList();
        return events.get(events.size() - 1);
    }
}

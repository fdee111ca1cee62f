package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PullRequestIndexTest {

    private final PullRequestIndex index = new PullRequestIndex();

    @Test
    void knowsNothingUntilSomebodyAsked() {
        learn(pull(7, "fix"), Change.OPENED);

        assertThat(index.from("c", "fix")).isEmpty();
        index.asked("c", "fix", List.of(pull(7, "fix"), pull(8, "fix")));
        assertThat(index.from("c", "fix")).contains(List.of(pull(7, "fix"), pull(8, "fix")));
        assertThat(index.from("c", "other")).isEmpty();
        assertThat(index.from("d", "fix")).isEmpty();
    }

    @Test
    void followsEvents() {
        index.asked("c", "fix", List.of());
        learn(pull(7, "fix"), Change.OPENED);
        assertThat(index.from("c", "fix")).contains(List.of(pull(7, "fix")));

        PullRequest draft = new PullRequest(7, "fix", new CommitId("2".repeat(40)), "main", false, true);
        learn(draft, Change.UPDATED);
        assertThat(index.from("c", "fix")).contains(List.of(draft));
        learn(draft, Change.CLOSED);
        assertThat(index.from("c", "fix")).contains(List.of());
        learn(draft, Change.REOPENED);
        assertThat(index.from("c", "fix")).contains(List.of(draft));
    }

    @Test
    void anAnswerThatIsOlderThanWhatWasToldTakesNothingAway() {
        learn(pull(7, "fix"), Change.OPENED);
        PullRequest draft = new PullRequest(8, "fix", new CommitId("2".repeat(40)), "main", false, true);
        learn(draft, Change.UPDATED);
        index.asked("c", "fix", List.of(pull(8, "fix"), pull(9, "fix")));
        assertThat(index.from("c", "fix").orElseThrow())
                .containsExactlyInAnyOrder(pull(7, "fix"), draft, pull(9, "fix"));

        index.listed("c", List.of(pull(7, "fix")), Set.of());
        index.asked("c", "fix", List.of());
        assertThat(index.from("c", "fix")).contains(List.of());
    }

    @Test
    void aForksBranchIsAnotherOne() {
        PullRequest fork = new PullRequest(9, "fix", new CommitId("1".repeat(40)), "main", true, false);
        index.listed("c", List.of(fork), Set.of());
        learn(fork, Change.UPDATED);

        assertThat(index.from("c", "fix")).contains(List.of());
    }

    @Test
    void whatWasAskedOfABranchReplacesWhatWasKnownOfIt() {
        index.listed("c", List.of(pull(7, "fix"), pull(8, "other")), Set.of());
        index.asked("c", "fix", List.of());

        assertThat(index.from("c", "fix")).contains(List.of());
        assertThat(index.from("c", "other")).contains(List.of(pull(8, "other")));
    }

    @Test
    void aListRepairsWhatWasMissedButNotWhatIsNewer() {
        index.listed("c", List.of(pull(1, "missed"), pull(2, "newer")), Set.of());
        learn(pull(3, "opened-since"), Change.OPENED);
        learn(pull(2, "newer"), Change.CLOSED);

        index.listed("c", List.of(pull(2, "newer"), pull(4, "unheard")), Set.of("pull/2", "pull/3"));

        assertThat(index.from("c", "missed")).contains(List.of());
        assertThat(index.from("c", "newer")).contains(List.of());
        assertThat(index.from("c", "opened-since")).contains(List.of(pull(3, "opened-since")));
        assertThat(index.from("c", "unheard")).contains(List.of(pull(4, "unheard")));
    }

    @Test
    void keepsAsManyAsItMayAndForOneMoreTheLeastUsedConnectionBeginsAnew() {
        PullRequestIndex small = new PullRequestIndex(6);
        small.listed("a", List.of(pull(1, "x"), pull(2, "x")), Set.of());
        small.listed("b", List.of(pull(1, "x"), pull(2, "x")), Set.of());
        assertThat(small.from("a", "x")).isPresent();

        small.asked("a", "x", List.of(pull(1, "x"), pull(2, "x"), pull(3, "x")));

        assertThat(small.from("b", "x")).isEmpty();
        assertThat(small.from("a", "x"))
                .hasValueSatisfying(open -> assertThat(open).hasSize(3));
    }

    @Test
    void aConnectionThatIsTooLargeIsAskedEachTime() {
        PullRequestIndex small = new PullRequestIndex(2);
        small.listed("a", List.of(pull(1, "x"), pull(2, "x")), Set.of());

        assertThat(small.from("a", "x")).isEmpty();
    }

    @Test
    void whatIsForgottenIsAskedAnew() {
        index.listed("c", List.of(pull(1, "x")), Set.of());
        index.forget("c");

        assertThat(index.from("c", "x")).isEmpty();
    }

    private void learn(PullRequest request, Change change) {
        index.learn("c", new Event.PullRequestChanged(Fakes.APP, request, change));
    }

    private static PullRequest pull(long number, String branch) {
        return new PullRequest(number, branch, new CommitId("1".repeat(40)), "main", false, false);
    }
}

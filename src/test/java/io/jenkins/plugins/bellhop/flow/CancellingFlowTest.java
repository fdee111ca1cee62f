package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.flow.Fakes.Job;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.flow.WatchingJob.BuildFailure;
import io.jenkins.plugins.bellhop.support.Signed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What deliveries take away, in the order in which they come and otherwise. */
class CancellingFlowTest {

    private static final CommitId ONE = new CommitId("1".repeat(40));
    private static final CommitId TWO = new CommitId("2".repeat(40));

    private final Fakes fakes = new Fakes();
    private final Handler handler = fakes.handler();
    private final Job job = fakes.job("app");

    @BeforeEach
    void keepBuildsUnfinished() {
        job.keepsUnfinished = true;
        fakes.api.defaultBranch = Optional.of("main");
    }

    @Test
    void aDeletedBranchTakesItsBuildWithItAndTheLogSaysSo() {
        handle(push("fix", ONE), "1");

        assertThat(handle(deleted("fix"), "2")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.unfinished).isEmpty();
        assertThat(lines())
                .containsExactly(
                        "BUILT Built: push of 1111111 to branch fix.",
                        "SKIPPED Not built: there is nothing to build after this event (branch fix deleted).",
                        "CANCELLED Cancelled: branch fix was deleted.");
        assertThat(job.cancelled).containsExactly("Cancelled: branch fix was deleted.");
    }

    @Test
    void theForgeIsAskedOnlyIfThereIsSomethingToCancel() {
        handle(deleted("fix"), "1");
        handle(push("fix", ONE), "2");

        assertThat(fakes.api.asked).isEmpty();
    }

    @Test
    void whatCanNotBeFoundOutIsTriedAgainAndShown() {
        handle(push("fix", ONE), "1");
        fakes.api.down = true;

        assertThat(handle(deleted("fix"), "2")).isEqualTo(Result.FAILED);
        assertThat(lines()).last().asString().startsWith("FAILED Not decided yet: could not ask the forge");
        assertThat(job.unfinished).hasSize(1);
        fakes.api.down = false;
        assertThat(handle(deleted("fix"), "2")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.unfinished).isEmpty();
    }

    @Test
    void whatCanNotBeCancelledNowIsTriedAgain() {
        handle(push("fix", ONE), "1");
        job.failure = Optional.of(new BuildFailure("Not cancelled yet."));

        assertThat(handle(deleted("fix"), "2")).isEqualTo(Result.FAILED);
        assertThat(lines()).last().isEqualTo("FAILED Not cancelled yet.");
        job.failure = Optional.empty();
        assertThat(handle(deleted("fix"), "2")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.unfinished).isEmpty();
    }

    @Test
    void aDeletionThatIsTriedAgainLeavesABranchThatIsThereAgainAlone() {
        handle(push("fix", TWO), "3");

        assertThat(handle(deleted("fix"), "2")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.unfinished).hasSize(1);
        assertThat(lines()).last().asString().contains("what it is about was pushed or opened again");
        assertThat(fakes.seen.of("connection-1", "refs/heads/fix")).isPresent();
    }

    @Test
    void evenIfAnotherJobCouldNotBuildThatBranchYet() {
        Job broken = fakes.job("broken");
        broken.failure = Optional.of(new BuildFailure("Could not queue the build."));
        assertThat(handle(push("fix", TWO), "3")).isEqualTo(Result.FAILED);

        handle(deleted("fix"), "2");
        assertThat(job.unfinished).hasSize(1);
    }

    @Test
    void aClosedPullRequestLeavesWhatAnotherOneAsksFor() {
        job.watch = Watch.DEFAULT.withOnlyPullRequests(true);
        fakes.api.open = List.of(request(7), request(8));
        handle(pull("opened", 7), "1");
        handle(pull("closed", 7), "2");

        assertThat(job.unfinished).hasSize(1);
        assertThat(lines()).last().asString().contains("another open pull request comes from branch fix");
        fakes.api.open = List.of(request(8));
        handle(pull("closed", 8), "3");
        assertThat(job.unfinished).isEmpty();
    }

    @Test
    void aClosedPullRequestLeavesWhatThePushAsksForUntilTheBranchIsGone() {
        handle(push("fix", ONE), "1");
        handle(pull("closed", 7), "2");
        assertThat(job.unfinished).hasSize(1);
        assertThat(lines())
                .last()
                .asString()
                .startsWith("SKIPPED Not cancelled: ")
                .contains("is off");

        // The forge counts the pull request as open until it has told otherwise.
        fakes.api.open = List.of(request(7));
        handle(deleted("fix"), "3");
        assertThat(job.unfinished).hasSize(1);
        handle(pull("closed", 7), "4");
        assertThat(job.unfinished).isEmpty();
    }

    @Test
    void aReopenedPullRequestIsNotClosedByWhatCameBefore() {
        job.watch = Watch.DEFAULT.withOnlyPullRequests(true);
        handle(pull("reopened", 7), "3");
        handle(pull("closed", 7), "2");

        assertThat(job.unfinished).hasSize(1);
        assertThat(lines()).last().asString().contains("pushed or opened again");
    }

    @Test
    void aForksPullRequestTakesItsBuildWithIt() {
        job.watch = Watch.DEFAULT.withForks(Forks.ON);
        fakes.api.down = true;
        handle(fork("opened"), "1");
        handle(fork("closed"), "2");

        assertThat(job.builds).hasSize(1);
        assertThat(job.unfinished).isEmpty();
    }

    @Test
    void aNewerCommitSupersedesTheOlderOneAlsoAfterACrashBetween() {
        handle(push("fix", ONE), "1");
        job.failure = Optional.of(new BuildFailure("Not cancelled yet."));
        job.failsToBuild = false;
        assertThat(handle(push("fix", TWO), "2")).isEqualTo(Result.FAILED);
        assertThat(job.unfinished).hasSize(2);
        job.failure = Optional.empty();

        assertThat(handle(push("fix", TWO), "2")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.builds).hasSize(2);
        assertThat(job.unfinished)
                .singleElement()
                .extracting(build -> build.commit())
                .isEqualTo(TWO);
        assertThat(lines()).last().asString().startsWith("CANCELLED Cancelled: superseded by 2222222");
    }

    @Test
    void anOlderCommitThatIsTriedAgainSupersedesNothing() {
        Job broken = fakes.job("broken");
        broken.failure = Optional.of(new BuildFailure("Could not queue the build."));
        handle(push("fix", TWO), "2");
        handle(push("fix", ONE), "1");

        assertThat(job.unfinished).extracting(build -> build.commit()).contains(TWO);
    }

    @Test
    void theDefaultBranchIsNeitherSupersededNorCancelled() {
        handle(push("main", ONE), "1");
        handle(push("main", TWO), "2");
        handle(deleted("main"), "3");

        assertThat(job.unfinished).hasSize(2);
        assertThat(lines()).last().asString().contains("branch main is the default branch");
    }

    private static Signed push(String branch, CommitId commit) {
        return signed(
                "push",
                "{'ref': 'refs/heads/" + branch + "', 'before': '" + commit + "', 'after': '" + commit
                        + "', 'head_commit': {'id': '" + commit + "', 'message': 'Add it'}, " + REPOSITORY + "}");
    }

    private static Signed deleted(String branch) {
        return signed(
                "push",
                "{'ref': 'refs/heads/" + branch + "', 'before': '" + ONE + "', 'after': '" + "0".repeat(40)
                        + "', 'deleted': true, 'head_commit': null, " + REPOSITORY + "}");
    }

    private static Signed pull(String action, int number) {
        return pull(action, number, 1001);
    }

    private static Signed fork(String action) {
        return pull(action, 9, 4004);
    }

    private static Signed pull(String action, int number, int headRepository) {
        return signed(
                "pull_request",
                "{'action': '" + action + "', 'pull_request': {'number': " + number
                        + ", 'base': {'ref': 'main'}, 'head': {'ref': 'fix', 'sha': '" + ONE + "', 'repo': {'id': "
                        + headRepository + "}}}, " + REPOSITORY + "}");
    }

    private static PullRequest request(int number) {
        return new PullRequest(number, "fix", ONE, "main", false, false);
    }

    private static final String REPOSITORY =
            "'repository': {'id': 1001, 'full_name': 'acme/app', 'default_branch': 'main'}";

    private static Signed signed(String event, String payload) {
        return Signed.push(payload.replace('\'', '"')).withEvent(event);
    }

    private Result handle(Signed delivery, String arrival) {
        return handler.handle(delivery.verified(), arrival);
    }

    private List<String> lines() {
        return fakes.log.stream()
                .filter(entry -> entry.job().filter("broken"::equals).isEmpty())
                .map(entry -> entry.outcome() + " " + entry.sentence())
                .toList();
    }
}

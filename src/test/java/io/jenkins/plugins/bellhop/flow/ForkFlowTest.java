package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.flow.Approvals.Waiting;
import io.jenkins.plugins.bellhop.flow.Fakes.Job;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.flow.WatchingJob.BuildFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests from forks, of members and after approval: from the delivery to the build. */
class ForkFlowTest {

    private static final String ONE = "1".repeat(40);
    private static final String TWO = "2".repeat(40);

    private final Fakes fakes = new Fakes();
    private final Handler handler = fakes.handler();
    private final Job job = fakes.job("app");
    private Dispatcher dispatcher;
    private Spool spool;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(directory);
        dispatcher = new Dispatcher(spool, handler, fakes.sources(), () -> false);
        job.watch = Watch.DEFAULT.withForks(Forks.APPROVED);
    }

    @AfterEach
    void close() throws IOException {
        dispatcher.close();
        spool.close();
    }

    // Members

    @Test
    void aMembersPullRequestIsBuiltWithoutAsking() {
        job.watch = Watch.DEFAULT.withForks(Forks.MEMBERS);
        fakes.api.down = true;

        assertThat(handle(Payloads.fork("opened", ONE, "COLLABORATOR"))).isEqualTo(Result.BUILT);
        assertThat(handle(Payloads.fork("synchronize", TWO, "CONTRIBUTOR"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(sentence()).contains("is for members, but its author is none, as the forge says");
        assertThat(fakes.api.asked).isEmpty();
    }

    @Test
    void whereTheDeliveryDoesNotTellTheForgeIsAsked() {
        job.watch = Watch.DEFAULT.withForks(Forks.MEMBERS);

        assertThat(handle(Payloads.fork("opened", ONE, ""))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(sentence()).contains("its author \"bob\" may not write to this repository");
        fakes.api.writers.add("bob");
        assertThat(handle(Payloads.fork("synchronize", TWO, ""))).isEqualTo(Result.BUILT);
        assertThat(fakes.api.asked).containsExactly("whether bob may write", "whether bob may write");
    }

    @Test
    void aForgeThatCanNotBeAskedIsAskedAgain() {
        job.watch = Watch.DEFAULT.withForks(Forks.MEMBERS);
        fakes.api.down = true;
        fakes.api.writers.add("bob");

        assertThat(handle(Payloads.fork("opened", ONE, ""))).isEqualTo(Result.FAILED);
        fakes.api.down = false;
        assertThat(handle(Payloads.fork("opened", ONE, ""))).isEqualTo(Result.BUILT);
    }

    @Test
    void aTokenThatMayNotAskLetsNobodyInAndTheSentenceNamesTheCure() {
        job.watch = Watch.DEFAULT.withForks(Forks.MEMBERS);
        fakes.api.notPermitted = true;
        fakes.api.writers.add("bob");

        assertThat(handle(Payloads.fork("opened", ONE, ""))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(sentence())
                .isEqualTo("Not built: pull request #7 comes from a fork and \"Build pull requests from forks\" is for"
                        + " members, but whether its author is one can't be found out: The token lacks the permission"
                        + " REPO_ADMIN.");
    }

    // Approval

    @Test
    void waitsUntilSomebodyApprovesThatVeryCommit() throws Exception {
        assertThat(handle(Payloads.fork("opened", ONE, "NONE"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(sentence()).contains("commit 1111111", "waits for approval", "\"Build pull requests from forks\"");
        assertThat(waiting()).containsExactly(waiting(ONE));
        assertThat(handle(Payloads.fork("reopened", ONE, "NONE"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(waiting()).containsExactly(waiting(ONE));

        approve(ONE);

        assertThat(commits()).containsExactly(ONE);
        assertThat(sentence())
                .startsWith("Built: pull request #7 was approved here")
                .contains("\"alice\"");
        assertThat(fakes.log.get(fakes.log.size() - 1).deliveryId())
                .hasValueSatisfying(id -> assertThat(id).startsWith("approval-"));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aNewCommitWaitsForItsOwnApproval() throws Exception {
        handle(Payloads.fork("opened", ONE, "NONE"));
        approve(ONE);

        assertThat(handle(Payloads.fork("synchronize", TWO, "NONE"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(waiting()).containsExactly(waiting(TWO));
        approve(TWO);
        assertThat(commits()).containsExactly(ONE, TWO);
    }

    @Test
    void anApprovalOfWhatIsNoLongerTheHeadIsRefused() {
        handle(Payloads.fork("opened", ONE, "NONE"));
        fakes.api.open = List.of(request(TWO));

        assertThatThrownBy(() -> dispatcher.approve(source(), waiting(ONE), Set.of("app"), "alice", () -> {}))
                .isInstanceOf(ForgeFailure.class)
                .hasMessageContaining("its newest commit isn't 1111111 any more");
        assertThat(job.builds).isEmpty();
        assertThat(waiting()).containsExactly(waiting(ONE));
    }

    @Test
    void anApprovalHoldsForTheJobsItWasGivenForAlone() throws Exception {
        Job other = fakes.job("other");
        other.watch = job.watch;
        handle(Payloads.fork("opened", ONE, "NONE"));
        approve(ONE);

        assertThat(commits()).containsExactly(ONE);
        assertThat(other.builds).isEmpty();
        assertThat(handle(Payloads.fork("reopened", ONE, "NONE"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(other.builds).isEmpty();
    }

    @Test
    void approvingTwiceBuildsOnce() throws Exception {
        handle(Payloads.fork("opened", ONE, "NONE"));
        approve(ONE);
        approve(ONE);

        assertThat(commits()).containsExactly(ONE);
    }

    @Test
    void whatIsClosedWaitsNoLonger() {
        handle(Payloads.fork("opened", ONE, "NONE"));
        handle(Payloads.fork("closed", ONE, "NONE"));

        assertThat(waiting()).isEmpty();
    }

    @Test
    void whatWasClosedWhileNobodyListenedWaitsNoLonger() throws Exception {
        handle(Payloads.fork("opened", ONE, "NONE"));
        fakes.api.open = List.of(request(ONE));
        catchUp();
        assertThat(waiting()).isNotEmpty();
        fakes.api.open = List.of();
        fakes.api.closed = List.of(request(ONE));

        catchUp();

        assertThat(waiting()).isEmpty();
        fakes.api.asked.clear();
        catchUp();
        assertThat(fakes.api.asked).noneMatch(question -> question.startsWith("pull request #"));
    }

    /** As after a crash between approval and build. */
    @Test
    void whatCouldNotBeBuiltAtOnceIsFoundByCatchingUp() throws Exception {
        catchUp();
        handle(Payloads.fork("opened", ONE, "NONE"));
        job.failure = Optional.of(new BuildFailure("Not built yet: the queue is full."));
        approve(ONE);
        assertThat(job.builds).isEmpty();

        job.failure = Optional.empty();
        assertThat(catchUp()).isEqualTo(Result.BUILT);
        assertThat(commits()).containsExactly(ONE);
        assertThat(catchUp()).isEqualTo(Result.NOTHING_BUILT);
    }

    /** As when Jenkins is told to restart safely, and somebody approves meanwhile. */
    @Test
    void whatIsApprovedWhileDeliveriesAreHeldIsFoundAfterTheRestart() throws Exception {
        catchUp();
        handle(Payloads.fork("opened", ONE, "NONE"));
        fakes.api.open = List.of(request(ONE));
        try (Dispatcher held = new Dispatcher(spool, handler, fakes.sources(), () -> true)) {
            held.approve(source(), waiting(ONE), Set.of("app"), "alice", () -> {});
        }
        assertThat(job.builds).isEmpty();

        assertThat(catchUp()).isEqualTo(Result.BUILT);
        assertThat(commits()).containsExactly(ONE);
    }

    private Result catchUp() throws ForgeFailure {
        return handler.catchUp(source(), handler.lookout().look(source()), spool.arrival());
    }

    private void approve(String commit) throws Exception {
        fakes.api.open = List.of(request(commit));
        CountDownLatch done = new CountDownLatch(1);
        dispatcher.approve(source(), waiting(commit), Set.of("app"), "alice", done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private Source source() {
        return fakes.sources().find("hook").orElseThrow();
    }

    private static PullRequest request(String commit) {
        return new PullRequest(7, "gift", new CommitId(commit), "main", true, false);
    }

    private static Waiting waiting(String commit) {
        return new Waiting(7, new CommitId(commit));
    }

    private List<Waiting> waiting() {
        return fakes.approvals.waiting("connection-1", "app");
    }

    private List<String> commits() {
        return job.builds.stream().map(build -> build.subject().commit().hex()).toList();
    }

    private String sentence() {
        return fakes.log.get(fakes.log.size() - 1).sentence();
    }

    private Result handle(Signed delivery) {
        return handler.handle(delivery.verified(), spool.arrival());
    }
}

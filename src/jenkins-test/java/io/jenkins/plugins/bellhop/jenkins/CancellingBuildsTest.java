package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.OfflineCause;
import hudson.tasks.Shell;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.CancelledByEvent;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That builds which nobody asks for any more go, say why, and don't come back; and that the others stay. */
@WithJenkins
class CancellingBuildsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private ConnectedJenkins bench;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void queuedBuildOfAClosedPullRequestGoesForGoodAndComesBackWhenItIsReopened() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        set(job, property -> property.setOnlyPullRequests(true));
        hold();
        String commit = bench.commit("topic", "An idea");
        bench.awaitDecision(job, "has no open pull request of this repository");
        int number = bench.app.pulls().open(bench.app, "topic", "main", "An idea", false);
        awaitQueued(job, commit);
        assertThat(owed()).isEqualTo(1);

        bench.app.pulls().close(number, false);
        awaitQueued(job);
        bench.awaitDecision(job, "Cancelled: pull request #1 was closed, \"Only build pull requests\" is on");
        assertThat(owed()).isZero();
        bench.awaitState(commit, "error");
        assertThat(descriptions(commit)).last().asString().contains("pull request #1 was closed");

        bench.app.pulls().reopen(number);
        awaitQueued(job, commit);
        release();
        bench.awaitGoodBuild(job, commit);
        assertThat(job.getBuilds()).hasSize(1);
    }

    @Test
    void runningFreestyleBuildOfADeletedBranchIsAborted() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        job.getBuildersList().replace(new Shell("echo sleeping; sleep 600"));
        runningBuildOfADeletedBranchIsAborted(job);
    }

    @Test
    void runningPipelineOfADeletedBranchIsAborted() throws Exception {
        runningBuildOfADeletedBranchIsAborted(sleepingPipeline());
    }

    private void runningBuildOfADeletedBranchIsAborted(Job<?, ?> job) throws Exception {
        String commit = bench.commit("topic", "Is given up");
        Run<?, ?> run = awaitSleeping(job, commit);
        bench.awaitState(commit, "pending");

        bench.app.deleteBranch("topic");
        assertAborted(run, "Cancelled: branch topic was deleted.");
        bench.awaitState(commit, "error");
        assertThat(descriptions(commit)).last().asString().endsWith("Cancelled: branch topic was deleted.");
        bench.awaitDecision(job, "Cancelled: branch topic was deleted.");

        bench.app.createBranch("topic", commit);
        await().atMost(PATIENCE).until(() -> job.getLastBuild().getNumber() > run.getNumber());
        // Where remoting is interrupted in the midst of a checkout, Jenkins calls the build failed.
        Run<?, ?> again = awaitSleeping(job, commit);
        bench.app.deleteBranch("topic");
        assertAborted(again, "Cancelled: branch topic was deleted.");
    }

    @Test
    void runningPipelineOfAClosedPullRequestIsAbortedAndBuiltAgainWhenReopened() throws Exception {
        WorkflowJob job = sleepingPipeline();
        set(job, property -> property.setOnlyPullRequests(true));
        String commit = bench.commit("topic", "An idea");
        int number = bench.app.pulls().open(bench.app, "topic", "main", "An idea", false);
        Run<?, ?> run = awaitSleeping(job, commit);

        bench.app.pulls().close(number, false);
        bench.app.pulls().reopen(number);

        assertAborted(run, "Cancelled: pull request #1 was closed");
        await().atMost(PATIENCE).until(() -> job.getLastBuild().getNumber() > run.getNumber());
        Run<?, ?> again = awaitSleeping(job, commit);
        bench.app.pulls().close(number, false);
        assertAborted(again, "Cancelled: pull request #1 was closed");
    }

    @Test
    void queuedBuildsGiveWayToNewerCommitsExceptOnTheDefaultBranch() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        hold();
        String old = bench.commit("topic", "Old");
        awaitQueued(job, old);
        String first = bench.commit("main", "First");
        String second = bench.commit("main", "Second");
        String other = bench.commit("other", "Another branch");
        awaitQueued(job, old, first, second, other);

        String newer = bench.commit("topic", "New");
        awaitQueued(job, first, second, other, newer);
        bench.awaitDecision(job, "Cancelled: superseded by " + newer.substring(0, 7));
        bench.awaitState(old, "error");
        assertThat(descriptions(old)).last().asString().contains("superseded by " + newer.substring(0, 7));

        release();
        for (String commit : List.of(first, second, other, newer)) {
            bench.awaitGoodBuild(job, commit);
        }
        assertThat(job.getBuilds()).hasSize(4);
    }

    @Test
    void cancelledBuildOfACommitThatWasBuiltElsewhereLeavesItsStatusAlone() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        String commit = bench.commit("topic", "On two branches");
        bench.awaitGoodBuild(job, commit);
        hold();
        bench.app.createBranch("copy", commit);
        awaitQueued(job, commit);

        bench.app.deleteBranch("copy");
        awaitQueued(job);
        bench.awaitDecision(job, "Cancelled: branch copy was deleted.");
        assertThat(bench.lastState(commit)).isEqualTo("success");
        release();
    }

    @Test
    void runningBuildsGiveWayOnlyWhereThatIsChosen() throws Exception {
        WorkflowJob job = sleepingPipeline();
        Run<?, ?> first = awaitSleeping(job, bench.commit("topic", "First"));
        Run<?, ?> second = awaitSleeping(job, bench.commit("topic", "Second"));
        assertThat(first.isBuilding()).isTrue();

        set(job, property -> property.setAbortRunningBuilds(true));
        Run<?, ?> third = awaitSleeping(job, bench.commit("topic", "Third"));
        assertAborted(first, "\"Abort running builds of older commits\" is on");
        assertAborted(second, "\"Abort running builds of older commits\" is on");
        assertThat(third.isBuilding()).isTrue();

        bench.app.deleteBranch("topic");
        assertAborted(third, "Cancelled: branch topic was deleted.");
    }

    @Test
    void buildThatAPersonAsksForStays() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        hold();
        String commit = bench.commit("topic", "Somebody wants it");
        awaitQueued(job, commit);
        new CauseAction(new Cause.UserIdCause())
                .foldIntoExisting(Wiring.get().queued(job).get(0), job, List.of());

        bench.app.deleteBranch("topic");
        bench.awaitDecision(job, "nothing to build after this event (branch topic deleted)");
        bench.commit("main", "Handled after the deletion");
        await().atMost(PATIENCE).until(() -> commits(job).count() == 2);
        assertThat(commits(job)).contains(commit);
        bench.jenkins.jenkins.getQueue().clear();
        release();
    }

    /** Lets builds wait in the queue. */
    private void hold() {
        bench.agent.toComputer().setTemporaryOfflineCause(new OfflineCause.ByCLI("The test looks into the queue"));
    }

    private void release() {
        bench.agent.toComputer().setTemporaryOfflineCause(null);
    }

    private WorkflowJob sleepingPipeline() throws Exception {
        WorkflowJob job = bench.pipeline("app", "connectionKeys()");
        job.setDefinition(new CpsFlowDefinition("echo 'sleeping'; sleep 600", true));
        return job;
    }

    private static void set(Job<?, ?> job, Consumer<RepositoryConnection> change) throws Exception {
        change.accept(RepositoryConnection.of(job));
        job.save();
    }

    private Run<?, ?> awaitSleeping(Job<?, ?> job, String commit) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> job.getLastBuild() != null
                        && DecidedRevision.of(job.getLastBuild())
                                .filter(revision -> revision.commit.equals(commit))
                                .isPresent());
        bench.jenkins.waitForMessage("sleeping", job.getLastBuild());
        return job.getLastBuild();
    }

    private void assertAborted(Run<?, ?> run, String words) throws Exception {
        bench.jenkins.assertBuildStatus(Result.ABORTED, bench.jenkins.waitForCompletion(run));
        assertThat(run.getAction(InterruptedBuildAction.class).getCauses())
                .singleElement()
                .isInstanceOf(CancelledByEvent.class);
        bench.jenkins.assertLogContains(words, run);
    }

    private static Stream<String> commits(Job<?, ?> job) {
        return Wiring.get().queued(job).stream().map((Queue.Item item) -> item.getAction(DecidedRevision.class).commit);
    }

    private static void awaitQueued(Job<?, ?> job, String... commits) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(commits(job)).containsExactlyInAnyOrder(commits));
    }

    /** Builds that a crash would bring back. */
    private long owed() throws Exception {
        try (Stream<Path> files =
                Files.list(bench.jenkins.jenkins.getRootDir().toPath().resolve("bellhop/owed"))) {
            return files.count();
        }
    }

    private Stream<String> descriptions(String commit) {
        return bench.app.statuses(commit).stream().map(Status::description);
    }
}

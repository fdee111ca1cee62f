package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds of what a pull request and its target give, and of nothing else under that name. */
@WithJenkins
class MergeResultTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"GITHUB", "BITBUCKET_DC"})
    void mergeIsBuiltAndReportedOnItsHead(Stage stage, JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory, stage)) {
            Job<?, ?> job = bench.freestyle("app", new ConnectionKeys());
            set(job);
            String head = propose(bench);
            String ref = stage == Stage.GITHUB ? "refs/pull/1/merge" : "refs/pull-requests/1/merge";
            Run<?, ?> run = awaitMerge(bench, stage, job, head, bench.app.sha(ref));
            assertThat(run.getEnvironment(TaskListener.NULL))
                    .containsEntry("BELLHOP_COMMIT", head)
                    .containsEntry("BELLHOP_BRANCH", "topic")
                    .containsEntry("BELLHOP_REF", ref);
            assertThat(run.getCause(WebhookCause.class).getShortDescription())
                    .contains("Its merge into main is built, since \"Build the merge result of pull requests\" is on.");

            String next = bench.commit("topic", "Go on");
            awaitMerge(bench, stage, job, next, bench.app.sha(ref));
            bench.awaitDecision(job, "whose own event builds this commit");
            conflict(bench);
            String stale = bench.app.commit("topic", Map.of("README.md", "Mine, mine"), "Still in conflict");
            Run<?, ?> refused = bench.awaitBuild(job, stale);
            bench.assertFailed(refused, "whose second parent is ");
            bench.awaitState(stale, stage == Stage.GITHUB ? "failure" : "FAILED");
        }
    }

    @Test
    void pipelineBuildsOneMergeInAllItsCheckouts(JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory)) {
            WorkflowJob job = bench.pipeline("app", "connectionKeys()");
            String script = ((CpsFlowDefinition) job.getDefinition()).getScript();
            job.setDefinition(new CpsFlowDefinition(script + "\n" + script, true));
            set(job);
            String head = propose(bench);
            Run<?, ?> run = awaitMerge(bench, Stage.GITHUB, job, head, bench.app.sha("refs/pull/1/merge"));
            assertThat(run.getLog(1000))
                    .filteredOn(line -> line.startsWith("Commit " + bench.app.sha("refs/pull/1/merge")))
                    .hasSize(2);
        }
    }

    @Test
    void mergeIsBuiltThoughItsHeadWaitsToBeBuiltAsAPush(JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory)) {
            Job<?, ?> job = bench.freestyle("app", new ConnectionKeys());
            RepositoryConnection.of(job).setBuildMergeResults(true);
            job.save();
            ConnectedJenkins.holdBuilds(jenkins);
            String head = bench.commit("topic", "An idea");
            bench.awaitDecision(job, "push of " + head.substring(0, 7) + " to branch topic");
            bench.app.pulls().open(bench.app, "topic", "main", "An idea", false);
            bench.awaitDecision(job, "Its merge into main is built");
            assertThat(Wiring.get().queued(job)).hasSize(2);
            ConnectedJenkins.letBuildsGo(jenkins);
            jenkins.waitUntilNoActivity();
            assertThat(job.getBuilds()).hasSize(2);
        }
    }

    @Test
    void forksMergeIsBuiltAndAConflictFromTheBeginningIsExplained(JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory)) {
            Job<?, ?> job = bench.freestyle("app", new ConnectionKeys());
            set(job);
            RepositoryConnection.of(job).setForks("on");
            SandboxRepository fork = bench.forge.fork(bench.app, "stranger");
            String good = fork.commit("gift", Map.of("gift.txt", "1"), "A gift");
            String bad = fork.commit("bad", Map.of("README.md", "Theirs"), "A conflict");
            bench.app.commit("main", Map.of("README.md", "Ours is longer"), "Ours");
            bench.app.pulls().open(fork, "gift", "main", "A gift", false);
            awaitMerge(bench, Stage.GITHUB, job, good, bench.app.sha("refs/pull/1/merge"));

            bench.app.pulls().open(fork, "bad", "main", "A conflict", false);
            bench.assertFailed(bench.awaitBuild(job, bad), "A forge keeps none while the pull request conflicts");
        }
    }

    private static void set(Job<?, ?> job) throws Exception {
        RepositoryConnection.of(job).setOnlyPullRequests(true);
        RepositoryConnection.of(job).setBuildMergeResults(true);
        job.save();
    }

    /** A pull request beside which its target has moved. */
    private static String propose(ConnectedJenkins bench) {
        String head = bench.commit("topic", "An idea");
        bench.commit("main", "Meanwhile");
        bench.app.pulls().open(bench.app, "topic", "main", "An idea", false);
        return head;
    }

    private static void conflict(ConnectedJenkins bench) {
        bench.app.commit("main", Map.of("README.md", "Theirs is other"), "Conflict");
    }

    private static Run<?, ?> awaitMerge(ConnectedJenkins bench, Stage stage, Job<?, ?> job, String head, String merge)
            throws Exception {
        Run<?, ?> run = bench.awaitBuild(job, head);
        bench.jenkins.assertBuildStatusSuccess(bench.jenkins.waitForCompletion(run));
        bench.jenkins.assertLogContains("Commit " + merge, run);
        bench.awaitState(head, stage.success());
        return run;
    }
}

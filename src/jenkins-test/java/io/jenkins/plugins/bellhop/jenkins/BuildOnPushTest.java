package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.tasks.Shell;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From a change at the forge to a build on an agent, with the deploy key, and the result back at the forge. */
@WithJenkins
class BuildOnPushTest {

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
    void freestyleJobBuildsPushesAndPullRequestsOfItsRepository() throws Exception {
        buildsWhatIsPushedAndProposed(bench.freestyle("app", new ConnectionKeys()));
    }

    @Test
    void pipelineJobBuildsPushesAndPullRequestsOfItsRepository() throws Exception {
        buildsWhatIsPushedAndProposed(bench.pipeline("app", "connectionKeys()"));
    }

    /** The first build has a fresh workspace, the later ones a used one. */
    private void buildsWhatIsPushedAndProposed(Job<?, ?> job) throws Exception {
        Run<?, ?> first = bench.awaitGoodBuild(job, bench.commit("main", "First"));
        assertThat(first.getCause(WebhookCause.class).getShortDescription()).contains("the default branch");

        String pushed = bench.commit("topic", "Second");
        bench.awaitGoodBuild(job, pushed);
        bench.app.pulls().open(bench.app, "topic", "main", "A pull request", false);
        bench.awaitDecision(job, "Not built again");
        bench.awaitGoodBuild(job, bench.commit("topic", "Third"));

        assertThat(bench.forge.accesses())
                .isNotEmpty()
                .allMatch(access -> access.fingerprint()
                        .equals(ConnectedJenkins.stored(job)
                                .connection()
                                .fingerprint()
                                .toString()));
    }

    @Test
    void forkIsSkippedThenBuiltFromAFreshWorkspaceWithTheKeyForItsCheckoutAlone() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        buildsForksOnlyWhenAllowed(job);
    }

    @Test
    void pipelineBuildsForksOnlyWhenAllowed() throws Exception {
        WorkflowJob job = bench.pipeline("app", "connectionKeys()");
        buildsForksOnlyWhenAllowed(job);
    }

    private void buildsForksOnlyWhenAllowed(Job<?, ?> job) throws Exception {
        SandboxRepository fork = bench.forge.fork(bench.app, "stranger");
        fork.commit("gift", Map.of("gift.txt", "1"), "A gift");
        bench.app.pulls().open(fork, "gift", "main", "A gift", false);
        bench.awaitDecision(job, "\"Build pull requests from forks\" is off");

        RepositoryConnection property = RepositoryConnection.of(job);
        property.setForks("on");
        job.save();
        Run<?, ?> fresh = bench.awaitGoodBuild(job, fork.commit("gift", Map.of("gift.txt", "2"), "A better gift"));
        assertThat(fresh.getCause(WebhookCause.class).fork()).isTrue();
        assertThat(fresh.getEnvironment(TaskListener.NULL))
                .containsEntry("BELLHOP_REF", "refs/pull/1/head")
                .containsEntry("BELLHOP_FORK", "true");

        bench.awaitGoodBuild(job, bench.commit("main", "Ours"));
        bench.awaitGoodBuild(job, fork.commit("gift", Map.of("gift.txt", "3"), "The best gift"));
    }

    @Test
    void forkWithoutTheGitExtensionGetsNoKey() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        RepositoryConnection.of(job).setForks("on");
        SandboxRepository fork = bench.forge.fork(bench.app, "stranger");
        String commit = fork.commit("gift", Map.of("gift.txt", "1"), "A gift");
        bench.app.pulls().open(fork, "gift", "main", "A gift", false);

        bench.assertFailed(bench.awaitBuild(job, commit), "Permission denied");
    }

    /** The delivery is forgotten by then, and the forge won't send it again. */
    @Test
    void buildThatWaitsInTheQueueIsOnDiskWhenTheDecisionIsNoted() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        bench.jenkins.disconnectSlave(bench.agent);
        String commit = bench.commit("main", "Waits for the agent");
        bench.awaitDecision(job, "the default branch");

        try {
            assertThat(bench.owedBuilds()).singleElement().asString().contains(commit);
        } finally {
            bench.jenkins.jenkins.getQueue().clear();
        }
        assertThat(bench.owedBuilds()).isEmpty();
    }

    /** Threads of ours are nobody, too, and nobody may see anything where people take care. */
    @Test
    void buildsAndKeepsItsQueueWhereStrangersSeeNothing() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        bench.jenkins.jenkins.setSecurityRealm(bench.jenkins.createDummySecurityRealm());
        bench.jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));

        bench.awaitGoodBuild(job, bench.commit("main", "Nobody may look"));

        assertThat(Wiring.get().decisions().of(ConnectedJenkins.stored(job).id(), "app", 10))
                .noneMatch(dated -> dated.entry().sentence().startsWith("Not built yet"));
        bench.jenkins.disconnectSlave(bench.agent);
        String waiting = bench.commit("topic", "Waits for the agent");
        bench.awaitDecision(job, "to branch topic");
        try {
            assertThat(bench.owedBuilds()).singleElement().asString().contains(waiting);
        } finally {
            bench.jenkins.jenkins.getQueue().clear();
        }
    }

    @Test
    void textFromOutsideIsExpandedByNobody() throws Exception {
        FreeStyleProject freestyle = bench.freestyle("app", new ConnectionKeys());
        freestyle.getBuildersList().add(new Shell("echo \"branch=[$BELLHOP_BRANCH]\""));
        WorkflowJob pipeline = bench.jenkins.createProject(WorkflowJob.class, "pipeline");
        pipeline.addProperty(bench.property());
        bench.awaitConnected(pipeline);
        pipeline.setDefinition(new CpsFlowDefinition("""
                        echo "groovy=[${env.BELLHOP_BRANCH}]"
                        node('%s') { sh 'echo "branch=[$BELLHOP_BRANCH]"' }
                        """.formatted(bench.agent.getNodeName()), true));
        String commit = bench.app.commit("x$HOME", Map.of("notes.txt", "x"), "A branch with a dollar");

        bench.jenkins.assertLogContains("branch=[x$HOME]", bench.awaitGoodBuild(freestyle, commit));
        Run<?, ?> run = bench.jenkins.waitForCompletion(bench.awaitBuild(pipeline, commit));
        bench.jenkins.assertLogContains("branch=[x$HOME]", run);
        bench.jenkins.assertLogContains("groovy=[x$HOME]", run);
    }

    @Test
    void tagAndBranchOnOneCommitAreTwoBuilds() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        RepositoryConnection.of(job).setTags("v*");
        job.save();
        Run<?, ?> ofBranch = bench.awaitGoodBuild(job, bench.commit("main", "Release"));
        bench.app.tag("v1", bench.app.head("main"));
        bench.awaitDecision(job, "selects tag v1");
        bench.jenkins.waitUntilNoActivity();

        assertThat(job.getLastBuild()).isNotEqualTo(ofBranch);
        assertThat(job.getLastBuild().getCause(WebhookCause.class).tag()).isEqualTo("v1");
        bench.jenkins.assertBuildStatusSuccess(job.getLastBuild());
    }

    @Test
    void buildIsWrittenBeforeItDoesAnything() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        Run<?, ?> run = bench.awaitGoodBuild(job, bench.commit("main", "First"));

        assertThat(WrittenAtStart.record).contains("<queueId>" + run.getQueueId() + "</queueId>");
        assertThat(bench.owedBuilds()).isEmpty();
    }

    @Test
    void nothingIsBuiltThatACrashWouldLose() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        Path owed = bench.jenkins.jenkins.getRootDir().toPath().resolve("bellhop/owed");
        Files.delete(owed);
        Files.createFile(owed);
        String commit = bench.commit("main", "First");
        bench.awaitDecision(job, "could not write down that a build of app is to come");
        assertThat(bench.jenkins.jenkins.getQueue().getItems()).isEmpty();
        assertThat(job.getBuilds()).isEmpty();

        Files.delete(owed);
        Files.createDirectory(owed);
        bench.awaitGoodBuild(job, commit);
        assertThat(job.getBuilds()).hasSize(1);
    }

    @Test
    void whileJenkinsQuietsDownDeliveriesWaitAndAreHandledAfterwards() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        bench.jenkins.jenkins.doQuietDown();
        String commit = bench.commit("main", "First");
        await().until(() -> bench.app.deliveries().stream()
                .anyMatch(sent -> sent.accepted() && sent.event().equals("push")));
        assertThat(Wiring.get().decisions().of(ConnectedJenkins.stored(job).id(), "app", 100))
                .noneMatch(dated -> dated.entry().sentence().contains("default branch"));
        assertThat(bench.jenkins.jenkins.getQueue().getItems()).isEmpty();

        bench.jenkins.jenkins.doCancelQuietDown();
        bench.awaitGoodBuild(job, commit);
        assertThat(job.getBuilds()).hasSize(1);
    }

    /** What lies on disk when a build has just begun. */
    @TestExtension("buildIsWrittenBeforeItDoesAnything")
    public static final class WrittenAtStart extends RunListener<Run<?, ?>> {

        private static volatile String record = "";

        @Override
        public void onStarted(Run<?, ?> run, TaskListener listener) {
            Path file = run.getRootDir().toPath().resolve("build.xml");
            try {
                record = Files.exists(file) ? Files.readString(file) : "nothing";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

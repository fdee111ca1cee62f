package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a stranger's pull request can make Jenkins do when its code is built. */
@WithJenkins
class StrangersCodeTest {

    private static final String JENKINSFILE = """
            echo "this is the %s Jenkinsfile"
            node('%s') {
              checkout scmGit(branches: [[name: '**']], extensions: [connectionKeys()], userRemoteConfigs: [[url: '%s']])
              sh './build.sh'
            }
            """;

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
    void jenkinsfileComesFromTheTargetBranchAndTheSourcesFromTheFork() throws Exception {
        WorkflowJob job = pipelineFromScm();
        String ours = bench.app.commit("main", Map.of("Jenkinsfile", jenkinsfile("target's")), "A Jenkinsfile");
        bench.jenkins.assertLogContains("this is the target's Jenkinsfile", bench.awaitGoodBuild(job, ours));

        String theirs = bench.proposeFromFork(Map.of("Jenkinsfile", jenkinsfile("stranger's")));
        Run<?, ?> build = bench.awaitGoodBuild(job, theirs);

        bench.jenkins.assertLogContains("this is the target's Jenkinsfile", build);
        bench.jenkins.assertLogNotContains("this is the stranger's Jenkinsfile", build);
    }

    @Test
    void whoHandsKeysToForksTrustsThemWithAJenkinsfileToo() throws Exception {
        WorkflowJob job = pipelineFromScm();
        RepositoryConnection.of(job).setKeysForForks(true);
        job.save();
        bench.awaitGoodBuild(
                job, bench.app.commit("main", Map.of("Jenkinsfile", jenkinsfile("target's")), "A Jenkinsfile"));

        String theirs = bench.proposeFromFork(Map.of("Jenkinsfile", jenkinsfile("stranger's")));
        Run<?, ?> build = bench.awaitGoodBuild(job, theirs);

        bench.jenkins.assertLogContains("this is the stranger's Jenkinsfile", build);
        assertThat(keysFor(build)).hasSize(1);
    }

    @Test
    void ownPullRequestRunsItsOwnJenkinsfile() throws Exception {
        WorkflowJob job = pipelineFromScm();
        bench.awaitGoodBuild(
                job, bench.app.commit("main", Map.of("Jenkinsfile", jenkinsfile("target's")), "A Jenkinsfile"));

        String topic = bench.app.commit("topic", Map.of("Jenkinsfile", jenkinsfile("topic's")), "Another");

        bench.jenkins.assertLogContains("this is the topic's Jenkinsfile", bench.awaitGoodBuild(job, topic));
    }

    @Test
    void replayOfAForksBuildGetsNoKeyEither() throws Exception {
        WorkflowJob job = bench.pipeline("app", "connectionKeys()");
        Run<?, ?> ours = bench.awaitGoodBuild(job, bench.commit("main", "Ours"));
        allowForks(job);
        Run<?, ?> theirs = bench.awaitGoodBuild(job, bench.proposeFromFork(Map.of("gift.txt", "1")));

        assertThat(keysFor(ours)).hasSize(1);
        assertThat(keysFor(replayOf(ours))).hasSize(1);
        assertThat(keysFor(theirs)).isEmpty();
        Run<?, ?> replayed = replayOf(theirs);
        assertThat(keysFor(replayed)).isEmpty();
        assertThat(keysFor(replayOf(replayed))).isEmpty();
        theirs.delete();
        assertThat(keysFor(replayed)).as("after the original is gone").isEmpty();
    }

    @Test
    void stageOfAForksBuildRestartedGetsNoKeyEither() throws Exception {
        WorkflowJob job = bench.pipeline("app", "connectionKeys()");
        Run<?, ?> ours = bench.awaitGoodBuild(job, bench.commit("main", "Ours"));
        allowForks(job);
        Run<?, ?> theirs = bench.awaitGoodBuild(job, bench.proposeFromFork(Map.of("gift.txt", "1")));

        assertThat(keysFor(restartOf(ours))).hasSize(1);
        Run<?, ?> restarted = restartOf(theirs);
        assertThat(keysFor(restarted)).isEmpty();
        theirs.delete();
        assertThat(keysFor(restarted)).as("after the original is gone").isEmpty();
    }

    @Test
    void buildThatAForksBuildStartsGetsNoKeyEither() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        Run<?, ?> ours = bench.awaitGoodBuild(job, bench.commit("main", "Ours"));
        allowForks(job);
        Run<?, ?> theirs = bench.awaitGoodBuild(job, bench.proposeFromFork(Map.of("gift.txt", "1")));
        FreeStyleProject downstream = bench.freestyle("downstream", new ConnectionKeys());

        assertThat(keysFor(startedBy(ours, downstream))).hasSize(1);
        assertThat(keysFor(startedBy(theirs, downstream))).isEmpty();
    }

    private WorkflowJob pipelineFromScm() throws Exception {
        WorkflowJob job = bench.jenkins.createProject(WorkflowJob.class, "app");
        job.addProperty(bench.property());
        bench.awaitConnected(job);
        allowForks(job);
        GitSCM git = new GitSCM(
                List.of(new UserRemoteConfig(bench.sshUrl(), null, null, null)),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of(new ConnectionKeys()));
        job.setDefinition(new CpsScmFlowDefinition(git, "Jenkinsfile"));
        return job;
    }

    private String jenkinsfile(String whose) {
        return JENKINSFILE.formatted(whose, bench.agent.getNodeName(), bench.sshUrl());
    }

    private static void allowForks(Job<?, ?> job) throws Exception {
        RepositoryConnection.of(job).setForks("on");
        job.save();
    }

    private Run<?, ?> replayOf(Run<?, ?> run) throws Exception {
        ReplayAction replay = run.getAction(ReplayAction.class);
        Run<?, ?> replayed = (Run<?, ?>) replay.run2(replay.getOriginalScript(), replay.getOriginalLoadedScripts())
                .getFuture()
                .get();
        return bench.jenkins.waitForCompletion(replayed);
    }

    private Run<?, ?> restartOf(Run<?, ?> run) throws Exception {
        WorkflowJob job = (WorkflowJob) run.getParent();
        return bench.jenkins.waitForCompletion(
                job.scheduleBuild2(0, new CauseAction(new RestartDeclarativePipelineCause(run, "Build")))
                        .waitForStart());
    }

    private FreeStyleBuild startedBy(Run<?, ?> upstream, FreeStyleProject job) throws Exception {
        return job.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(upstream)))
                .get();
    }

    private static List<String> keysFor(Run<?, ?> run) {
        String id = "bellhop-" + ConnectedJenkins.stored(run.getParent()).id();
        return CredentialsProvider.findCredentialById(id, SSHUserPrivateKey.class, run, List.of())
                .getPrivateKeys();
    }
}

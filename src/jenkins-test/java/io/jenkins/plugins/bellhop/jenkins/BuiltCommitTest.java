package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserMergeOptions;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.extensions.impl.PreBuildMerge;
import hudson.plugins.git.extensions.impl.UserIdentity;
import hudson.scm.NullSCM;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.gitclient.MergeCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That the decided commit is built, however the job spells its repository; and that no other result is told of it. */
@WithJenkins
class BuiltCommitTest {

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
    void remoteMayBeAVariable() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("REPOSITORY", bench.sshUrl())));
        job.setScm(new GitSCM(
                List.of(new UserRemoteConfig("${REPOSITORY}", null, null, null)),
                List.of(new BranchSpec("main")),
                null,
                null,
                List.of(new ConnectionKeys())));

        bench.awaitGoodBuild(job, bench.commit("topic", "Not the head of main"));
    }

    @Test
    void buildThatChecksNothingOutIsAnErrorForTheForge() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        job.setScm(new NullSCM());
        job.getBuildersList().clear();
        String commit = bench.commit("main", "Unseen");
        Run<?, ?> run = bench.awaitBuild(job, commit);

        bench.jenkins.assertBuildStatusSuccess(bench.jenkins.waitForCompletion(run));
        bench.awaitState(commit, "error");
        bench.jenkins.assertLogContains("checked out nothing from the connected repository", run);
    }

    @Test
    void mergeBeforeBuildIsABuildOfTheDecidedCommit() throws Exception {
        FreeStyleProject job = bench.freestyle(
                "app",
                new ConnectionKeys(),
                new UserIdentity("Jenkins", "jenkins@example.com"),
                new PreBuildMerge(new UserMergeOptions(
                        "origin", "main", "default", MergeCommand.GitPluginFastForwardMode.NO_FF)));
        String commit = bench.commit("topic", "Is merged into main before it is built");
        Run<?, ?> run = bench.awaitBuild(job, commit);

        bench.jenkins.assertBuildStatusSuccess(bench.jenkins.waitForCompletion(run));
        bench.awaitState(commit, "success");
        assertThat(run.getLog(1000)).noneMatch(line -> line.equals("Commit " + commit));
    }
}

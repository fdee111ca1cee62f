package io.jenkins.plugins.bellhop.jenkins;

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
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
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
    void ownPullRequestRunsItsOwnJenkinsfile() throws Exception {
        WorkflowJob job = pipelineFromScm();
        bench.awaitGoodBuild(
                job, bench.app.commit("main", Map.of("Jenkinsfile", jenkinsfile("target's")), "A Jenkinsfile"));

        String topic = bench.app.commit("topic", Map.of("Jenkinsfile", jenkinsfile("topic's")), "Another");

        bench.jenkins.assertLogContains("this is the topic's Jenkinsfile", bench.awaitGoodBuild(job, topic));
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
        RepositoryConnection.of(job).setBuildForkedPullRequests(true);
        job.save();
    }
}

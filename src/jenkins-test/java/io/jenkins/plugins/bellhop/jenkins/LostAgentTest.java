package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.tasks.Shell;
import io.jenkins.plugins.bellhop.jenkins.checkout.RepositoryKeysWrapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The agent's process is killed while keys lie on its machine. */
@WithJenkins
class LostAgentTest {

    @RegisterExtension
    final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    Path directory;

    private TwoRepositories two;
    private JenkinsRule jenkins;
    private Slave agent;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        two = new TwoRepositories(rule, directory);
        agent = agents.createAgent(rule, "inbound");
    }

    @AfterEach
    void close() throws Exception {
        two.close();
    }

    @Test
    void keysAreGoneBeforeTheNodeBuildsAgain() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.setAssignedNode(agent);
        job.getBuildersList().add(new Shell("echo running; sleep 600"));
        job.getBuildWrappersList().add(new RepositoryKeysWrapper());
        two.connectBoth(job);
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("running", build);
        assertThat(keyDirectories()).isEqualTo(1);

        agents.stop(jenkins, "inbound");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(keyDirectories()).as("nobody could take them away").isEqualTo(1);

        agents.start(jenkins, "inbound");

        assertThat(keyDirectories()).as("when the node is online again").isZero();
        two.assertNothingLeaked(new File(agent.getRemoteFS()), jenkins.jenkins.getRootDir());
        assertThat(new File(jenkins.jenkins.getRootDir(), "bellhop/key-places")).isEmptyDirectory();
    }

    @Test
    void pipelineGoesOnWithItsKeysWhenTheNodeIsBack() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        job.setDefinition(new CpsFlowDefinition("""
                node('inbound') {
                  withRepositoryKeys {
                    sh 'echo running; while [ ! -e %1$s ]; do sleep 0.2; done; git ls-remote %2$s'
                  }
                }
                """.formatted(directory.resolve("go"), two.libUrl()), true));
        two.connectBoth(job);
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("running", run);

        agents.stop(jenkins, "inbound");
        agents.start(jenkins, "inbound");
        assertThat(keyDirectories()).isEqualTo(1);
        Files.createFile(directory.resolve("go"));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(two.keysUsedFor(two.lib).toList()).containsExactly(two.fingerprint(two.lib));
        assertThat(keyDirectories()).isZero();
    }

    private long keyDirectories() throws Exception {
        try (Stream<Path> all = Files.walk(Path.of(agent.getRemoteFS()))) {
            return all.filter(path -> path.getFileName().toString().startsWith("bellhop-keys-"))
                    .count();
        }
    }
}

package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.tasks.Shell;
import io.jenkins.plugins.bellhop.jenkins.checkout.RepositoryKeysWrapper;
import java.io.File;
import java.io.IOException;
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
        RepositoryKeysWrapper wrapper = new RepositoryKeysWrapper();
        wrapper.setSshAgent(true);
        job.getBuildWrappersList().add(wrapper);
        two.connectBoth(job);
        wrapper.setFingerprints(two.fingerprint(two.lib));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("running", build);
        assertThat(keyDirectories()).isEqualTo(1);
        String name = keyDirectory();
        assertThat(NothingLeaksTest.agentsOf(name)).hasSize(1);

        agents.stop(jenkins, "inbound");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(keyDirectories()).as("nobody could take them away").isEqualTo(1);

        agents.start(jenkins, "inbound");

        assertThat(keyDirectories()).as("when the node is online again").isZero();
        await().untilAsserted(() -> assertThat(NothingLeaksTest.agentsOf(name)).isEmpty());
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () -> two.assertNothingLeaked(new File(agent.getRemoteFS()), jenkins.jenkins.getRootDir()));
        assertThat(new File(jenkins.jenkins.getRootDir(), "bellhop/key-places")).isEmptyDirectory();
        two.assertPagesTellNothing(build);
    }

    @Test
    void pipelineGoesOnWithItsKeysWhenTheNodeIsBack() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        two.connectBoth(job);
        String fingerprint = two.fingerprint(two.lib);
        job.setDefinition(
                new CpsFlowDefinition("""
                node('inbound') {
                  withRepositoryKeys(fingerprints: ['%3$s'], sshAgent: true) {
                    sh 'echo running; while [ ! -e %1$s ]; do sleep 0.2; done; git ls-remote %2$s; ssh-add -l'
                  }
                }
                """.formatted(directory.resolve("go"), two.libUrl(), fingerprint), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("running", run);

        agents.stop(jenkins, "inbound");
        agents.start(jenkins, "inbound");
        assertThat(keyDirectories()).isEqualTo(1);
        Files.createFile(directory.resolve("go"));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains(fingerprint + " lib-key", run);
        assertThat(two.keysUsedFor(two.lib).toList()).containsExactly(two.fingerprint(two.lib));
        assertThat(keyDirectories()).isZero();
    }

    private String keyDirectory() throws Exception {
        try (Stream<Path> all = Files.walk(Path.of(agent.getRemoteFS()))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("bellhop-keys-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private long keyDirectories() throws Exception {
        try (Stream<Path> all = Files.walk(Path.of(agent.getRemoteFS()))) {
            return all.filter(path -> path.getFileName().toString().startsWith("bellhop-keys-"))
                    .count();
        }
    }
}

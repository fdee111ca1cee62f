package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.jenkins.checkout.RepositoryKeysWrapper;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Keys in an ssh-agent, for programs that bring an SSH of their own: Bellhop's, and the one of the step {@code sshagent}. */
@WithJenkins
class SshAgentsTest {

    /** What such a program is: it knows the ssh-agent and this server, and nothing of git's ssh command. */
    private static final String ITS_OWN_SSH =
            "GIT_SSH_COMMAND=\"ssh -F none -o BatchMode=yes -o UserKnownHostsFile=known\" git ls-remote ";

    @TempDir
    Path directory;

    private TwoRepositories two;
    private JenkinsRule jenkins;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        two = new TwoRepositories(rule, directory);
    }

    @AfterEach
    void close() throws Exception {
        two.close();
    }

    @Test
    void namedKeyIsHeldWithinTheBlockAndTheEarlierAgentServesOtherwise() throws Exception {
        WorkflowJob job = job();
        two.connectBoth(job);
        run(job, """
                withEnv(['SSH_AUTH_SOCK=/theirs']) {
                  withRepositoryKeys(fingerprints: ['%1$s'], sshAgent: true) {
                    sh 'echo socket=$SSH_AUTH_SOCK && ssh-add -l && %2$s %3$s && ! %2$s %4$s'
                  }
                  withRepositoryKeys { sh 'test "$SSH_AUTH_SOCK" = /theirs' }
                  sh 'test "$SSH_AUTH_SOCK" = /theirs'
                }
                """.formatted(two.fingerprint(two.lib), ITS_OWN_SSH, two.libUrl(), two.bench.sshUrl()));

        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("Bellhop's ssh-agent holds additional key lib-key (SHA256:", run);
        jenkins.assertLogContains(two.fingerprint(two.lib) + " lib-key", run);
        jenkins.assertLogNotContains(two.fingerprint(two.bench.app) + " ", run);
        assertThat(two.keysUsedFor(two.lib).toList()).containsExactly(two.fingerprint(two.lib));
        String socket = run.getLog(1000).stream()
                .filter(line -> line.startsWith("socket="))
                .findFirst()
                .orElseThrow()
                .substring("socket=".length());
        assertThat(Path.of(socket).getParent()).doesNotExist();
        await().untilAsserted(
                        () -> assertThat(NothingLeaksTest.agentsOf(socket)).isEmpty());
    }

    @Test
    void oneKeyNeedsNoName() throws Exception {
        WorkflowJob job = job();
        job.addProperty(two.bench.property());
        two.bench.awaitConnected(job);
        run(job, "withRepositoryKeys(sshAgent: true) { sh '" + ITS_OWN_SSH + two.bench.sshUrl() + "' }");

        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void twoKeysOfAServerHaveToBeNamed() throws Exception {
        WorkflowJob job = job();
        two.connectBoth(job);
        run(job, "withRepositoryKeys(sshAgent: true) { echo 'never' }");

        Run<?, ?> run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("expected one key for [127.0.0.1]:", run);
        jenkins.assertLogContains("Name what the ssh-agent is to hold by fingerprint.", run);
        jenkins.assertLogNotContains("never", run);
    }

    @Test
    void forksBuildGetsAnEmptyAgent() throws Exception {
        WorkflowJob job = job();
        run(job, "withRepositoryKeys(sshAgent: true) { sh 'ssh-add -l || true' }");
        RepositoryConnection property = two.bench.property();
        property.setForks("on");
        job.addProperty(property);
        two.bench.awaitConnected(job);

        Run<?, ?> run = two.bench.awaitBuild(job, two.bench.proposeFromFork(Map.of("gift.txt", "1")));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("The agent has no identities.", run);
    }

    @Test
    void stepSshagentOpensTheRepositoryByTheCredential() throws Exception {
        WorkflowJob job = job();
        job.addProperty(two.bench.property());
        String id = "bellhop-" + two.bench.awaitConnected(job).id();
        run(job, "sshagent(credentials: ['" + id + "']) { sh '" + ITS_OWN_SSH + two.bench.sshUrl() + "' }");

        jenkins.buildAndAssertSuccess(job);
        assertThat(two.keysUsedFor(two.bench.app).toList()).contains(two.fingerprint(two.bench.app));
    }

    @Test
    void formKeepsTheChoice() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        RepositoryKeysWrapper wrapper = new RepositoryKeysWrapper();
        wrapper.setSshAgent(true);
        job.getBuildWrappersList().add(wrapper);

        jenkins.configRoundtrip(job);

        assertThat(job.getBuildWrappersList().get(RepositoryKeysWrapper.class).isSshAgent())
                .isTrue();
    }

    private WorkflowJob job() throws Exception {
        return jenkins.createProject(WorkflowJob.class, "app");
    }

    private void run(WorkflowJob job, String steps) throws Exception {
        ((WorkflowJob) job)
                .setDefinition(new CpsFlowDefinition(
                        """
                        node('%s') {
                          writeFile file: 'known', text: '%s\\n'
                          %s
                        }
                        """.formatted(
                                        two.bench.agent.getNodeName(),
                                        two.bench.forge.knownHosts().strip(),
                                        steps),
                        true));
    }
}

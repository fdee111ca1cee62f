package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import hudson.remoting.Channel;
import hudson.remoting.Command;
import hudson.tasks.Shell;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.checkout.RepositoryKeysWrapper;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.AdditionalKey;
import io.jenkins.plugins.bellhop.jenkins.credentials.AdditionalKeys;
import io.jenkins.plugins.bellhop.jenkins.credentials.UsedKeys;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Keys for whole builds: in the checkout with its submodules, in a Pipeline's block, in a freestyle job's steps. */
@WithJenkins
class RepositoryKeysTest {

    @TempDir
    Path directory;

    private TwoRepositories two;
    private ConnectedJenkins bench;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        two = new TwoRepositories(jenkins, directory);
        bench = two.bench;
    }

    @AfterEach
    void close() throws Exception {
        two.close();
    }

    @Test
    void submoduleIsCheckedOutWithItsOwnKey() throws Exception {
        FreeStyleProject job = freestyle("cat lib/lib.txt");
        two.connectBoth(job);
        job.setScm(two.git(new ConnectionKeys(), new SubmoduleOption(false, true, false, null, null, false)));

        FreeStyleBuild build = bench.jenkins.buildAndAssertSuccess(job);

        bench.jenkins.assertLogContains("from the library", build);
        assertThat(two.keysUsedFor(two.lib).toList()).containsExactly(two.fingerprint(two.lib));
        assertThat(two.keysUsedFor(bench.app).distinct().toList()).containsExactly(two.fingerprint(bench.app));
        two.assertNothingLeaked(
                new File(bench.agent.getRemoteFS()), bench.jenkins.jenkins.getRootDir(), job.getRootDir());
    }

    @Test
    void pipelineBlockGivesEachRepositoryItsKeyAndLeavesNothing() throws Exception {
        WorkflowJob job = pipeline("""
                node('%1$s') {
                  withEnv(['SSH_AUTH_SOCK=/theirs', 'GIT_SSH_COMMAND=echo earlier']) {
                    withRepositoryKeys {
                      sh 'git clone -q --recurse-submodules %2$s app && cat app/lib/lib.txt'
                      sh 'test "$SSH_AUTH_SOCK" = /theirs && ls -ld "$PWD@tmp"/bellhop-keys-* && env'
                    }
                    sh 'test "$GIT_SSH_COMMAND" = "echo earlier" && ! ls -d "$PWD@tmp"/bellhop-keys-*'
                  }
                  withRepositoryKeys {
                    writeFile file: 'x', text: ''
                  }
                }
                """.formatted(bench.agent.getNodeName(), bench.sshUrl()));
        two.connectBoth(job);
        AtomicInteger calls = new AtomicInteger();
        ((Channel) bench.agent.getChannel()).addListener(new Channel.Listener() {
            @Override
            public void onWrite(Channel channel, Command command, long size) {
                if (command.toString().contains("PlacedKeys")) {
                    calls.incrementAndGet();
                }
            }
        });

        Run<?, ?> run = bench.jenkins.buildAndAssertSuccess(job);

        bench.jenkins.assertLogContains("from the library", run);
        bench.jenkins.assertLogContains("drwx------", run);
        bench.jenkins.assertLogContains("additional key lib-key (SHA256:", run);
        assertThat(two.keysUsedFor(two.lib).toList()).containsExactly(two.fingerprint(two.lib));
        assertThat(calls).as("calls to the node for two blocks").hasValue(4);
        two.assertNothingLeaked(
                new File(bench.agent.getRemoteFS()), bench.jenkins.jenkins.getRootDir(), job.getRootDir());
        two.assertPagesTellNothing(run);
    }

    @Test
    void declarativeOptionsTakeTheStep() throws Exception {
        WorkflowJob job = pipeline("""
                pipeline {
                  agent { label '%1$s' }
                  options { skipDefaultCheckout() }
                  stages {
                    stage('Build') {
                      options { withRepositoryKeys() }
                      steps { sh 'git ls-remote %2$s' }
                    }
                  }
                }
                """.formatted(bench.agent.getNodeName(), two.libUrl()));
        two.connectBoth(job);

        bench.jenkins.buildAndAssertSuccess(job);
        assertThat(two.keysUsedFor(two.lib).toList()).containsExactly(two.fingerprint(two.lib));
    }

    @Test
    void withoutAnAgentTheStepSaysSo() throws Exception {
        WorkflowJob job = pipeline("withRepositoryKeys { echo 'never' }");
        two.connectBoth(job);

        Run<?, ?> run = bench.jenkins.buildAndAssertStatus(Result.FAILURE, job);
        bench.jenkins.assertLogContains("withRepositoryKeys puts keys beside a workspace, and there is none here", run);
    }

    @Test
    void unknownFingerprintFailsTheStepAndListsTheKnownOnes() throws Exception {
        String unknown = SshKeyPair.ed25519("").publicKey().fingerprint().toString();
        WorkflowJob job = pipeline("node('%s') { withRepositoryKeys(fingerprints: ['%s']) { echo 'never' } }"
                .formatted(bench.agent.getNodeName(), unknown));
        two.connectBoth(job);

        Run<?, ?> run = bench.jenkins.buildAndAssertStatus(Result.FAILURE, job);

        bench.jenkins.assertLogContains("found " + unknown + ". There are: deploy key of acme/app (SHA256:", run);
        bench.jenkins.assertLogNotContains("never", run);
    }

    @Test
    void additionalKeyWithAPassphrasePushesTagsWhenItIsNamed() throws Exception {
        String fingerprint = two.addKey("writer", "correct horse", bench.app, false);
        FreeStyleProject job = freestyle("git tag -f v1 && git push -q origin v1");
        RepositoryConnection property = bench.property();
        property.setAdditionalKeys(List.of(new AdditionalKey("writer", "127.0.0.1:" + bench.forge.sshPort())));
        job.addProperty(property);
        bench.awaitConnected(job);
        job.setScm(two.git(new ConnectionKeys()));
        RepositoryKeysWrapper wrapper = new RepositoryKeysWrapper();
        job.getBuildWrappersList().add(wrapper);

        Run<?, ?> refused = bench.jenkins.buildAndAssertStatus(Result.FAILURE, job);
        bench.jenkins.assertLogContains("the key may read but not write", refused);
        assertThat(refused.getAction(UsedKeys.class).getUses())
                .as("a server's key is among those that the build was given")
                .extracting(use -> use.getRepository() + " " + use.getFingerprint())
                .contains("[127.0.0.1]:" + bench.forge.sshPort() + " " + fingerprint);

        wrapper.setFingerprints("\n" + fingerprint + "\n");
        FreeStyleBuild build = bench.jenkins.buildAndAssertSuccess(job);
        assertThat(bench.app.sha("refs/tags/v1")).isEqualTo(bench.app.head("main"));
        bench.jenkins.assertLogContains("additional key writer (" + fingerprint + ")", build);
        two.assertNothingLeaked(new File(bench.agent.getRemoteFS()), job.getRootDir());
    }

    @Test
    void formKeepsAdditionalKeysAndAKeyThatCannotBeDecryptedIsRefusedByName() throws Exception {
        two.addKey("writer", "correct horse", bench.app, false);
        TwoRepositories.addCredential("locked", java.nio.file.Files.readString(directory.resolve("writer")), "wrong");
        FreeStyleProject job = freestyle("true");
        RepositoryConnection property = bench.property();
        property.setAdditionalKeys(List.of(new AdditionalKey("writer", "github.com/acme/app")));
        job.addProperty(property);
        bench.awaitConnected(job);

        bench.jenkins.configRoundtrip(job);
        assertThat(RepositoryConnection.of(job).getAdditionalKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.getCredentialsId() + " " + key.getBoundTo())
                        .isEqualTo("writer github.com/acme/app"));

        assertThatThrownBy(() -> AdditionalKeys.check(job, List.of(new AdditionalKey("locked", "github.com"))))
                .hasMessage("credential \"locked\": expected the passphrase of this private key, found another one");
        RepositoryConnection.of(job).setAdditionalKeys(List.of(new AdditionalKey("locked", "github.com")));
        assertThatThrownBy(() -> bench.jenkins.configRoundtrip(job)).hasMessageContaining("400");
    }

    @Test
    void forksBuildGetsNoKeysInItsSteps() throws Exception {
        WorkflowJob job = pipeline("""
                node('%s') {
                  withRepositoryKeys { sh 'cat "$PWD@tmp"/bellhop-keys-*/identity-* || echo no-key' }
                }
                """.formatted(bench.agent.getNodeName()));
        two.connectBoth(job);
        RepositoryConnection.of(job).setForks("on");
        job.save();

        Run<?, ?> run = bench.awaitBuild(job, bench.proposeFromFork(java.util.Map.of("gift.txt", "1")));

        bench.jenkins.waitForCompletion(run);
        bench.jenkins.assertLogContains("no-key", run);
        bench.jenkins.assertLogContains("Bellhop has no keys for this build", run);
        bench.jenkins.assertLogNotContains("PRIVATE", run);
    }

    @Test
    void abortedBuildLeavesNothing() throws Exception {
        WorkflowJob job = pipeline(
                "node('%s') { withRepositoryKeys { sh 'ls -d \"$PWD@tmp\"/bellhop-keys-*; echo running; sleep 600' } }"
                        .formatted(bench.agent.getNodeName()));
        two.connectBoth(job);
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        bench.jenkins.waitForMessage("running", run);

        run.getExecutor().interrupt();
        bench.jenkins.assertBuildStatus(Result.ABORTED, bench.jenkins.waitForCompletion(run));

        two.assertNothingLeaked(new File(bench.agent.getRemoteFS()), bench.jenkins.jenkins.getRootDir());
        assertThat(new File(bench.jenkins.jenkins.getRootDir(), "bellhop/key-places"))
                .isEmptyDirectory();
    }

    @Test
    void failedCheckoutIsExplainedAtTheEndOfTheLog() throws Exception {
        FreeStyleProject job = freestyle("true");
        two.connectBoth(job);
        job.setScm(two.git(new ConnectionKeys()));
        String fingerprint = two.fingerprint(bench.app);
        bench.app.settings().removeDeployKey(bench.app.deployKeys().get(0).id());

        Run<?, ?> run = bench.jenkins.buildAndAssertStatus(Result.FAILURE, job);

        List<String> end = run.getLog(10);
        assertThat(end.stream().filter(line -> line.startsWith("Bellhop: Key SHA256:")))
                .singleElement()
                .asString()
                .contains("Bellhop: Key " + fingerprint + " for ssh://", "acme/app: the server doesn't accept the key");
        await().untilAsserted(
                        () -> assertThat(run.getLog(10)).anyMatch(line -> line.contains(job.getUrl() + "bellhop")));
    }

    private FreeStyleProject freestyle(String script) throws Exception {
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        job.setAssignedNode(bench.agent);
        job.getBuildersList().add(new Shell(script));
        return job;
    }

    private WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = bench.jenkins.createProject(WorkflowJob.class, "app");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}

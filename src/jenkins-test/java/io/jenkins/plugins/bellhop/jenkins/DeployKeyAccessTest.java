package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** Who can get at a connection's deploy key. */
@WithJenkins
class DeployKeyAccessTest {

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
    void jenkinsFindsTheKeyForThePermittedJobAlone() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        FreeStyleProject other = bench.jenkins.createFreeStyleProject("other");

        assertThat(keys(job, ACL.SYSTEM2)).hasSize(1);
        assertThat(keys(other, ACL.SYSTEM2)).isEmpty();
        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                        SSHUserPrivateKey.class, Jenkins.get(), ACL.SYSTEM2))
                .isEmpty();
    }

    @Test
    void peopleFindNoKey() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        bench.jenkins.jenkins.setSecurityRealm(bench.jenkins.createDummySecurityRealm());
        try (ACLContext asAlice =
                ACL.as2(User.getOrCreateByIdOrFullName("alice").impersonate2())) {
            assertThat(keys(job, Jenkins.getAuthentication2())).isEmpty();
        }
    }

    @Test
    void namingSomebodysRepositoryWithoutACredentialThatReadsItGivesNothing() throws Exception {
        bench.freestyle("app");
        ConnectedJenkins.addToken("poor", bench.forge.createToken("stranger", java.util.Set.of("repo")));
        FreeStyleProject thief = bench.jenkins.createFreeStyleProject("thief");
        RepositoryConnection property = new RepositoryConnection(bench.sshUrl());
        property.setCredentialsId("poor");
        thief.addProperty(property);

        await().until(() -> Wiring.get().reconciler().lastAttempt(thief).isPresent());
        assertThat(Wiring.get().reconciler().lastAttempt(thief).get().connected())
                .isFalse();
        assertThat(keys(thief, ACL.SYSTEM2)).isEmpty();
    }

    @Test
    void copyHasNoKeyUntilItConnectsItself() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        RepositoryConnection.of(job).setCredentialsId("");
        job.save();
        Item copy = bench.jenkins.jenkins.copy((hudson.model.TopLevelItem) job, "copy");

        assertThat(keys((Job<?, ?>) copy, ACL.SYSTEM2)).isEmpty();
        assertThat(keys(job, ACL.SYSTEM2)).hasSize(1);
    }

    @Test
    void keyFollowsARenamedJobAndLeavesWithADeletedOne() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        StoredConnection stored = ConnectedJenkins.stored(job);
        job.renameTo("renamed");
        assertThat(keys(job, ACL.SYSTEM2)).hasSize(1);

        job.delete();
        assertThat(Wiring.get().connections().byId(stored.id()).orElseThrow().items())
                .isEmpty();
        assertThat(bench.app.deployKeys()).as("kept for the time of grace").hasSize(1);
    }

    @Test
    void withCredentialsAndSshAgentGetTheKeyInOurBuildsAndNotInAForksBuilds() throws Exception {
        WorkflowJob job = bench.jenkins.createProject(WorkflowJob.class, "app");
        RepositoryConnection property = bench.property();
        property.setForks("on");
        job.addProperty(property);
        String id = "bellhop-" + bench.awaitConnected(job).id();
        job.setDefinition(new CpsFlowDefinition("""
                node('%s') {
                  withCredentials([sshUserPrivateKey(credentialsId: '%s', keyFileVariable: 'KEY')]) {
                    sh 'if grep -q PRIVATE "$KEY"; then echo has-a-key-file; else echo has-no-key-file; fi'
                  }
                  sshagent(credentials: ['%s']) {
                    sh 'ssh-add -l || true'
                  }
                }
                """.formatted(bench.agent.getNodeName(), id, id), true));
        Run<?, ?> ours = bench.jenkins.waitForCompletion(bench.awaitBuild(job, bench.commit("main", "Ours")));
        String fingerprint =
                ConnectedJenkins.stored(job).connection().fingerprint().toString();
        bench.jenkins.assertLogContains("has-a-key-file", ours);
        bench.jenkins.assertLogContains(fingerprint, ours);

        SandboxRepository fork = bench.forge.fork(bench.app, "stranger");
        String commit = fork.commit("gift", Map.of("gift.txt", "1"), "A gift");
        bench.app.pulls().open(fork, "gift", "main", "A gift", false);
        Run<?, ?> theirs = bench.jenkins.waitForCompletion(bench.awaitBuild(job, commit));
        bench.jenkins.assertLogNotContains("has-a-key-file", theirs);
        bench.jenkins.assertLogNotContains(fingerprint, theirs);
    }

    @Test
    void privateKeyIsEncryptedInADirectoryOfItsOwnAndInNoJobConfiguration() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        Path home = Jenkins.get().getRootDir().toPath();
        Path files = home.resolve("bellhop/connections");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        StoredConnection stored = ConnectedJenkins.stored(job);
        String onDisk = Files.readString(files.resolve(stored.id() + ".xml"));
        String secret = stored.secrets().webhook().reveal();
        assertThat(onDisk).doesNotContain("PRIVATE KEY").doesNotContain(secret);
        assertThat(job.getConfigFile().asString()).doesNotContain(secret).doesNotContain("PRIVATE KEY");
    }

    private static List<SSHUserPrivateKey> keys(Job<?, ?> job, Authentication who) {
        return CredentialsProvider.lookupCredentialsInItem(SSHUserPrivateKey.class, job, who);
    }
}

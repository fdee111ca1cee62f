package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.jenkins.checkout.BellhopHostKeys;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.checkout.RepositoryKeysWrapper;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.UsedKeys;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Duration;
import java.util.Set;
import jenkins.branch.OrganizationFolder;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * Loads what version 1.0 wrote: the files are under resources, with made-up secrets in the clear, which Jenkins takes as well.
 * Never change them: later versions have to load them as they are.
 */
@WithJenkins
class UpgradeTest {

    private static final String URL = "http://127.0.0.1:9/acme/app";
    private static final String SSH_URL = "ssh://git@127.0.0.1:9/acme/app.git";
    private static final String FORMER_KEY = "SHA256:TBdRJ4K8KNUGS1LhRtH0JUghLRlEVoCvdtxAAuGxINg";
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @Test
    @LocalData
    void homeOfVersion1IsLoaded(JenkinsRule jenkins) {
        assertThat(Wiring.configuration().getGitHubServers())
                .extracting(GitHubServer::getApiUrl)
                .containsExactly("http://127.0.0.1:9/api/v3");
        assertThat(Wiring.configuration().getBitbucketServers())
                .extracting(BitbucketServer::getUrl)
                .containsExactly("https://bitbucket.example.com");
        assertThat(Wiring.configuration().getKnownHosts()).startsWith("git.example.com ssh-ed25519 ");

        FreeStyleProject job = jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
        RepositoryConnection property = RepositoryConnection.of(job);
        assertThat(property.getRepositoryUrl()).isEqualTo(URL);
        assertThat(property.getCredentialsId()).isEqualTo("forge-token");
        assertThat(property.isOnlyPullRequests()).isTrue();
        assertThat(property.getForks()).isEqualTo("on");
        assertThat(property.getBranches()).isEqualTo("main release/*");
        assertThat(property.getTags()).isEqualTo("v*");

        StoredConnection stored = ConnectedJenkins.stored(job);
        Connection connection = stored.connection();
        assertThat(connection.repository().toString()).isEqualTo("acme/app");
        assertThat(connection.isReady()).isTrue();
        assertThat(connection.formerNames()).hasToString("[acme/application]");
        assertThat(stored.permits("app", "forge-token")).isTrue();
        assertThat(stored.secrets().hookPath()).isEqualTo("made-up-path");
        assertThat(stored.secrets().webhook().reveal()).isEqualTo("made-up-secret");
        assertThat(stored.secrets().privateKey().reveal()).isEqualTo("made-up-key");

        Run<?, ?> build = job.getLastBuild();
        WebhookCause cause = build.getCause(WebhookCause.class);
        assertThat(cause.getShortDescription()).contains("push of 0123456 to branch main");
        assertThat(cause.commit()).isEqualTo(COMMIT);
        assertThat(cause.connectionId()).isEqualTo(stored.id());
        assertThat(DecidedRevision.of(build)).hasValueSatisfying(revision -> {
            assertThat(revision.commit).isEqualTo(COMMIT);
            assertThat(revision.connectionId()).isEqualTo(stored.id());
            assertThat(revision.fork()).isFalse();
            assertThat(revision.isCheckedOut()).isTrue();
        });

        assertThat(jenkins.jenkins.getQueue().getItems()).singleElement().satisfies((Queue.Item item) -> {
            assertThat(item.task.getName()).isEqualTo("app");
            assertThat(item.getAction(DecidedRevision.class).commit).isEqualTo(COMMIT.replace('0', 'a'));
        });

        ProjectConnection project = jenkins.jenkins
                .getItemByFullName("multi", WorkflowMultiBranchProject.class)
                .getProperties()
                .get(ProjectConnection.class);
        assertThat(project.getRepositoryUrl()).isEqualTo(URL);
        assertThat(project.getCredentialsId()).isEqualTo("forge-token");
        jenkins.jenkins.getQueue().clear();
    }

    /** All that version 1.0 wrote in a home with jobs, builds, keys of all kinds, a rotation, and a delivery that waited. */
    @Test
    @LocalData
    void everythingThatIsKeptIsLoaded(JenkinsRule jenkins) throws Exception {
        assertThat(Wiring.configuration().getRotateKeysAfterDays()).isEqualTo(90);
        assertThat(Wiring.hostKeyVerification().getSshHostKeyVerificationStrategy())
                .isInstanceOf(BellhopHostKeys.class);
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
        assertJobIsKept(job);
        assertBuildIsKept(job.getBuildByNumber(2));
        assertConnectionIsKept(ConnectedJenkins.stored(job));
        assertKeysAreKept(ConnectedJenkins.stored(job).connection().repository());
        assertHistoryIsKept(job);
        assertThat(jenkins.jenkins
                        .getItemByFullName("multi", WorkflowMultiBranchProject.class)
                        .getProperties()
                        .get(ProjectConnection.class)
                        .getRepositoryUrl())
                .isEqualTo(SSH_URL);
        OrganizationConnection organization = jenkins.jenkins
                .getItemByFullName("org", OrganizationFolder.class)
                .getProperties()
                .get(OrganizationConnection.class);
        assertThat(organization.getCredentialsId()).isEqualTo("forge-token");
        assertThat(organization.getRepositories()).isEqualTo("app* !hidden");
        assertThat(ExtensionList.lookupSingleton(OldDataMonitor.class).getData())
                .isEmpty();
    }

    private static void assertJobIsKept(FreeStyleProject job) {
        RepositoryConnection property = RepositoryConnection.of(job);
        assertThat(property.getRepositoryUrl()).isEqualTo(SSH_URL);
        assertThat(property.isSkipDrafts()).isTrue();
        assertThat(property.isBuildRetargeted()).isTrue();
        assertThat(property.getForks()).isEqualTo("approved");
        assertThat(property.isKeysForForks()).isTrue();
        assertThat(property.getPaths()).isEqualTo("** !docs/**");
        assertThat(property.isCancelQueuedBuilds()).isFalse();
        assertThat(property.isAbortRunningBuilds()).isTrue();
        assertThat(property.isBuildMergeResults()).isTrue();
        assertThat(property.getAdditionalKeys()).singleElement().satisfies(key -> {
            assertThat(key.getCredentialsId()).isEqualTo("lib-key");
            assertThat(key.getBoundTo()).isEqualTo("ssh://git@127.0.0.1:9/acme/app-lib.git");
        });
        assertThat(((GitSCM) job.getScm()).getExtensions().get(ConnectionKeys.class))
                .isNotNull();
        RepositoryKeysWrapper wrapper = job.getBuildWrappersList().get(RepositoryKeysWrapper.class);
        assertThat(wrapper.getFingerprints()).isEqualTo(FORMER_KEY);
        assertThat(wrapper.isSshAgent()).isTrue();
    }

    private static void assertBuildIsKept(Run<?, ?> build) {
        assertThat(build.getCause(WebhookCause.class).getShortDescription())
                .contains("which \"alice\" gave this commit");
        assertThat(DecidedRevision.of(build)).hasValueSatisfying(revision -> {
            assertThat(revision.fork()).isTrue();
            assertThat(revision.subject()).isEqualTo("fork #1");
            assertThat(revision.arrival()).isEqualTo("0001795300916448006");
        });
        assertThat(build.getAction(UsedKeys.class).getUses())
                .extracting(UsedKeys.Use::getRepository)
                .containsExactly("127.0.0.1/acme/app", "127.0.0.1/acme/app-lib");
    }

    private static void assertConnectionIsKept(StoredConnection stored) {
        assertThat(stored.items()).containsExactlyInAnyOrder("app", "multi");
        assertThat(stored.custody().turnover().retired())
                .extracting(retired -> retired.publicKey().fingerprint().toString())
                .containsExactly(FORMER_KEY);
        assertThat(stored.custody().turnover().formerSecret())
                .hasValueSatisfying(
                        former -> assertThat(former.secret().reveal()).isEqualTo("made-up-former-secret"));
    }

    private static void assertKeysAreKept(RepositoryId repository) {
        assertThat(Wiring.get().userKeyFiles().all()).singleElement().satisfies(kept -> {
            assertThat(kept.key().account()).isEqualTo("acme");
            assertThat(kept.key().isProvenFor(repository)).isTrue();
            assertThat(kept.key().retired()).hasSize(1);
            assertThat(kept.grants().names()).containsExactly("app");
            assertThat(SshKeyPair.read(kept.key().key().privateText(), "").publicKey())
                    .isEqualTo(kept.key().key().publicKey());
        });
        assertThat(Wiring.get().sharedKeyFiles().all()).singleElement().satisfies(kept -> {
            assertThat(kept.key().name()).isEqualTo("libraries");
            assertThat(kept.key().open())
                    .extracting(attachment -> attachment.repository().toString())
                    .containsExactly("ACME/app", "ACME/app-lib");
            assertThat(kept.key().retired()).hasSize(1);
        });
    }

    private static void assertHistoryIsKept(FreeStyleProject job) {
        String connection = ConnectedJenkins.stored(job).id();
        assertThat(Wiring.get().decisions().of(connection, "app", 10))
                .extracting(dated -> dated.entry().sentence())
                .contains("Not built: the head commit's message says [ci skip].");
        assertThat(Wiring.get().auditTrail().find(act -> act.kind() == Act.Kind.APPROVED, 0, 10))
                .extracting(Act::who)
                .containsExactly("alice");
        assertThat(Wiring.get().auditTrail().uses()).isEqualTo(6);
        assertThat(Wiring.get().healthRounds().latest(connection))
                .hasValueSatisfying(health -> assertThat(health.findings())
                        .extracting(Finding::kind)
                        .contains(Finding.Kind.PERSONAL_ACCOUNT));
        // It lay in the spool when that version stopped.
        await().untilAsserted(() -> assertThat(Wiring.get()
                        .decisions()
                        .find(dated -> dated.entry().event().equals("ping"), 10))
                .singleElement()
                .satisfies(dated -> assertThat(dated.entry().sentence()).isEqualTo("The forge reaches this Jenkins.")));
    }

    @Test
    @LocalData
    void whatCannotBeReadIsReportedAndStaysOnDisk(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("broken", FreeStyleProject.class);

        assertThat(RepositoryConnection.of(job)).isNull();
        assertThat(job.getConfigFile().asString()).contains("file:///etc/passwd");
        assertThat(ExtensionList.lookupSingleton(OldDataMonitor.class).getData())
                .anySatisfy((saved, fault) -> {
                    assertThat(saved).isSameAs(job);
                    assertThat(fault.extra).contains("expected a repository URL");
                });
        assertThat(Wiring.get().connections().unreadable()).containsExactly("damaged.xml", "later.xml");
        assertThat(Wiring.configuration().getGitHubServers())
                .extracting(GitHubServer::getApiUrl)
                .containsExactly("http://127.0.0.1:9/api/v3");

        // What could not be read says nothing of what the job wants: its watch goes on.
        Wiring.get().reconciler().itemChanged(job);
        await().during(Duration.ofSeconds(3))
                .until(
                        () -> Wiring.get()
                                .connections()
                                .byId("watched")
                                .orElseThrow()
                                .items(),
                        Set.of("broken")::equals);
        job.save();
        Wiring.get().reconciler().itemChanged(job);
        await().until(
                        () -> Wiring.get()
                                .connections()
                                .byId("watched")
                                .orElseThrow()
                                .items(),
                        Set::isEmpty);
    }
}

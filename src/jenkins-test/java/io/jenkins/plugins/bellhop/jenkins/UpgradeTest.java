package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.time.Duration;
import java.util.Set;
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
        assertThat(connection.id())
                .as("jobs' Git configurations hold the one that was drawn by lot")
                .isNotEqualTo(Connection.idOf(connection.repository()));
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

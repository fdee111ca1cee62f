package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.bellhop.jenkins.health.ConnectionMonitor;
import io.jenkins.plugins.bellhop.jenkins.health.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators are told of connections that don't work, and that it goes when the fault does. */
@WithJenkins
class ConnectionMonitorTest {

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private ConnectionMonitor monitor;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
        monitor = ExtensionList.lookupSingleton(ConnectionMonitor.class);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void jobThatCouldNotBeConnectedIsNamedUntilItIs() throws Exception {
        assertThat(monitor.isActivated()).isFalse();
        bench.forge.forbidDeployKeys("acme");
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        job.addProperty(bench.property());
        await().atMost(Duration.ofSeconds(60)).until(monitor::isActivated);

        assertThat(monitor.getTroubles()).singleElement().satisfies(trouble -> {
            assertThat(trouble.getWhere()).isEqualTo("app");
            assertThat(trouble.getPath()).isEqualTo("job/app/configure");
            assertThat(trouble.getSentence()).contains("forbids deploy keys");
        });
        HtmlPage page = bench.jenkins.createWebClient().goTo("manage");
        assertThat(page.asNormalizedText()).contains("forbids deploy keys");
        bench.forge.allowDeployKeys("acme");
        HtmlForm form = page.getForms().stream()
                .filter(found -> found.getActionAttribute().endsWith("/tryAgain"))
                .findFirst()
                .orElseThrow();
        bench.jenkins.submit(form);

        bench.awaitConnected(job);
        await().atMost(Duration.ofSeconds(60)).until(() -> !monitor.isActivated());
    }

    @Test
    void failedConnectFromAFormThatWasNotSavedIsNoTrouble() throws Exception {
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        assertThat(Wiring.get()
                        .reconciler()
                        .connectNow(job, bench.sshUrl(), "no such")
                        .connected())
                .isFalse();

        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    void forgeThatIsNotConfiguredAnyMoreAndAMissingUrlAreNamedUntilTheyAreThere() throws Exception {
        bench.freestyle("app");
        assertThat(monitor.isActivated()).isFalse();
        List<GitHubServer> servers = Wiring.configuration().getGitHubServers();
        String root = JenkinsLocationConfiguration.get().getUrl();

        Wiring.configuration().setGitHubServers(List.of());
        JenkinsLocationConfiguration.get().setUrl(null);

        assertThat(monitor.getTroubles())
                .extracting(Trouble::getWhere)
                .containsExactly("Jenkins URL", bench.forge.apiUrl().getHost());
        assertThat(monitor.getTroubles()).extracting(Trouble::getPath).containsOnly("manage/configure");
        Wiring.configuration().setGitHubServers(servers);
        JenkinsLocationConfiguration.get().setUrl(root);
        assertThat(monitor.isActivated()).isFalse();
    }
}

package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.health.ConnectionHealthMonitor;
import io.jenkins.plugins.bellhop.jenkins.health.HostKeyChangeMonitor;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is found wrong with connections, how it is repaired, and how hosts' keys are learned. */
@WithJenkins
class HealthAndHostKeysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    private static boolean isActivated() {
        return ExtensionList.lookupSingleton(ConnectionHealthMonitor.class).isActivated();
    }

    private HtmlPage page(FreeStyleProject job) throws Exception {
        return bench.jenkins.createWebClient().getPage(job, "bellhop");
    }

    private static HtmlForm form(HtmlPage page, String action) {
        return page.getForms().stream()
                .filter(found -> found.getActionAttribute().equals(action))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsMissingIsShownAndRepairedAndTheMonitorGoes() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        bench.jenkins.submit(form(page(job), "check"));
        assertThat(isActivated()).isFalse();
        bench.app.settings().removeDeployKey(bench.app.deployKeys().get(0).id());
        bench.app.settings().removeHook(bench.app.hooks().get(0).id());
        bench.jenkins.submit(form(page(job), "check"));

        assertThat(isActivated()).isTrue();
        assertThat(page(job).asNormalizedText())
                .contains("isn't at the forge any more")
                .contains("The webhook isn't at the forge any more");
        assertThat(bench.jenkins.createWebClient().goTo("manage").asNormalizedText())
                .contains("acme/app");

        Path kept = bench.jenkins
                .jenkins
                .getRootDir()
                .toPath()
                .resolve("bellhop/health/" + ConnectedJenkins.stored(job).id() + ".json");
        assertThat(kept).content().contains("KEY_MISSING", "HOOK_MISSING");

        bench.jenkins.submit(form(page(job), "repair"));
        assertThat(kept).content().doesNotContain("MISSING");
        assertThat(isActivated()).isFalse();
        assertThat(bench.app.deployKeys()).hasSize(1);
        assertThat(bench.app.hooks()).hasSize(1);
        bench.awaitGoodBuild(job, bench.commit("main", "After the repair"));
    }

    @Test
    void whoPressesTwiceRepairsOnce() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        StoredConnection shown = ConnectedJenkins.stored(job);
        bench.app.settings().removeDeployKey(bench.app.deployKeys().get(0).id());
        Wiring.get().healthRounds().repairNow(shown, job);
        StoredConnection repaired = ConnectedJenkins.stored(job);
        Wiring.get().healthRounds().repairNow(shown, job);

        assertThat(ConnectedJenkins.stored(job).connection()).isEqualTo(repaired.connection());
        assertThat(bench.app.deployKeys()).hasSize(1);
    }

    @Test
    void whatNoItemUsesAnyMoreIsNobodysTrouble() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        StoredConnection stored = ConnectedJenkins.stored(job);
        bench.app.settings().removeDeployKey(bench.app.deployKeys().get(0).id());
        Wiring.get().healthRounds().lookNow(stored);
        assertThat(isActivated()).isTrue();
        job.removeProperty(RepositoryConnection.class);
        await().atMost(PATIENCE)
                .until(() -> Wiring.get().connections().ofItem("app").isEmpty());

        assertThat(isActivated()).isFalse();
    }

    @Test
    void aBuildThatFailedForWantOfTheKeySaysSoWithoutWaitingForTheDailyLook() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        StoredConnection stored = ConnectedJenkins.stored(job);
        bench.app.settings().removeDeployKey(bench.app.deployKeys().get(0).id());
        bench.commit("main", "Nobody can read this");

        await().atMost(PATIENCE)
                .until(() -> Wiring.get().healthRounds().latest(stored.id()).isPresent());
        assertThat(Wiring.get()
                        .healthRounds()
                        .latest(stored.id())
                        .map(Health::findings)
                        .orElseThrow())
                .extracting(Finding::kind)
                .contains(Kind.KEY_MISSING);
    }

    @Test
    void theKeyIsTriedWhereBuildsRun() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        HtmlForm test = form(page(job), "testOnAgent");
        test.getInputByName("node").setValue(bench.agent.getNodeName());
        bench.jenkins.submit(test);
        assertThat(page(job).asNormalizedText())
                .contains("Tested on " + bench.agent.getNodeName() + ": git there reads the repository");

        bench.app.settings().removeDeployKey(bench.app.deployKeys().get(0).id());
        bench.jenkins.submit(form(page(job), "testOnAgent"));
        assertThat(page(job).asNormalizedText())
                .contains("Tested on Jenkins itself: ")
                .doesNotContain("git there reads the repository");
    }

    @Test
    void anAdministratorLearnsAHostsKeysByComparingThem() throws Exception {
        Wiring.configuration().setKnownHosts("");
        SshHost host = new SshHost(bench.forge.sshHost(), bench.forge.sshPort());
        assertThat(Wiring.get().hostKeys().trustedFor(host)).isEmpty();
        JenkinsRule.WebClient client = bench.jenkins.createWebClient();
        HtmlPage before = client.goTo("manage/bellhop-host-keys/");
        assertThat(before.asNormalizedText())
                .contains("github.com, [ssh.github.com]:443")
                .contains(PinnedForge.GITHUB_COM
                        .currentKeys()
                        .get(0)
                        .fingerprint()
                        .toString());
        HtmlForm scan = form(before, "scan");
        scan.getInputByName("host").setValue(host.name());
        scan.getInputByName("port").setValue(Integer.toString(host.port()));
        bench.jenkins.submit(scan);
        assertThat(Wiring.get().hostKeys().trustedFor(host))
                .as("nobody has confirmed")
                .isEmpty();

        HtmlPage shown = client.goTo("manage/bellhop-host-keys/");
        assertThat(shown.asNormalizedText()).contains("no key of this host is known");
        bench.jenkins.submit(form(shown, "confirm"));
        assertThat(Wiring.get().hostKeys().trustedFor(host)).isNotEmpty();
        assertThat(Wiring.configuration().getKnownHosts()).contains(host.spelling());
    }

    @Test
    void onlyAdministratorsSeeAndDecideOnHostKeys() throws Exception {
        Jenkins jenkins = bench.jenkins.jenkins;
        jenkins.setSecurityRealm(bench.jenkins.createDummySecurityRealm());
        jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));
        JenkinsRule.WebClient client = bench.jenkins
                .createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("reader");
        for (String path : List.of("", "look", "scan", "confirm", "dismiss", "takeOver")) {
            assertThat(client.goTo("manage/bellhop-host-keys/" + path, null)
                            .getWebResponse()
                            .getStatusCode())
                    .as(path)
                    .isIn(403, 405);
        }
    }

    @Test
    void whatAForgePublishesIsTrustedOnlyOnceItIsTakenOverAndThenKept() {
        SshKeyPair next = SshKeyPair.ed25519("");
        SshHost github = SshHost.of("github.com");
        HostKeyChange change = new HostKeyChange(
                PinnedForge.GITHUB_COM, PinnedForge.GITHUB_COM.currentKeys(), List.of(next.publicKey()));
        assertThat(ExtensionList.lookupSingleton(HostKeyChangeMonitor.class).isActivated())
                .isFalse();
        Wiring.configuration().pin(change);

        assertThat(Wiring.get().hostKeys().trustedFor(github)).containsExactly(next.publicKey());
        assertThat(new BellhopConfiguration().hostKeys().trustedFor(github)).containsExactly(next.publicKey());
        assertThat(Wiring.get().hostKeys().trustedFor(SshHost.of("bitbucket.org")))
                .isEqualTo(PinnedForge.BITBUCKET_ORG.currentKeys());
    }
}

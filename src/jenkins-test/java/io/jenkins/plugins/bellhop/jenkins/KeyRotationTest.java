package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Keys and webhook secrets that change under running jobs, and connections that can't be ended at the forge. */
@WithJenkins
class KeyRotationTest {

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

    @Test
    void buildsGoOnWithTheNewKeyAfterAClick() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        Fingerprint before = fingerprint(job);
        bench.awaitGoodBuild(job, bench.commit("main", "Before"));
        press(job, "rotate");

        assertThat(fingerprint(job)).isNotEqualTo(before);
        assertThat(bench.app.deployKeys()).hasSize(2);
        bench.awaitGoodBuild(job, bench.commit("main", "After"));
        assertThat(bench.jenkins.createWebClient().getPage(job, "bellhop").asNormalizedText())
                .contains("deploy key of acme/app (" + fingerprint(job))
                .containsPattern(
                        "Former deploy key, removed once no build needs it\\s+" + Pattern.quote(before.toString()));
    }

    @Test
    void buildsWaitWhileTheKeyIsRevokedAndGoOnWithTheNext() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        bench.awaitGoodBuild(job, bench.commit("main", "Before"));
        bench.forge.forbidDeployKeys("acme");
        StoredConnection stored = ConnectedJenkins.stored(job);
        ConnectFailure failure = catchThrowableOfType(
                ConnectFailure.class, () -> Wiring.get().rotations().revokeNow(stored.id()));
        assertThat(failure).hasMessageContaining("forbids deploy keys");
        assertThat(bench.app.deployKeys()).isEmpty();
        String commit = bench.commit("main", "After");

        await().atMost(PATIENCE).untilAsserted(() -> {
            Queue.Item waiting = job.getQueueItem();
            assertThat(waiting).isNotNull();
            assertThat(waiting.getWhy()).contains("Waits for a new deploy key of acme/app");
        });
        assertThat(Wiring.get().privateKey(stored.id())).isEmpty();
        assertThat(bench.jenkins.createWebClient().getPage(job, "bellhop").asNormalizedText())
                .contains("Builds wait until a new one works");

        bench.forge.allowDeployKeys("acme");
        press(job, "rotate");
        bench.awaitGoodBuild(job, commit);
        assertThat(bench.app.deployKeys()).hasSize(1);
    }

    @Test
    void whatIsBeingChangedIsReadAgainAndNoSecretStandsThereInClear() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        bench.forge.failNext("PATCH", ".*/config", 500, "{}");
        StoredConnection before = ConnectedJenkins.stored(job);
        catchThrowableOfType(
                ConnectFailure.class, () -> Wiring.get().rotations().rotateNow(before.id()));
        StoredConnection stored = ConnectedJenkins.stored(job);
        assertThat(stored.custody().turnover().isUnfinished()).isTrue();
        Path files = bench.jenkins.jenkins.getRootDir().toPath().resolve("bellhop/connections");
        StoredConnection read = new ConnectionFiles(files).byId(stored.id()).orElseThrow();

        assertThat(read.custody().turnover().retired())
                .isEqualTo(stored.custody().turnover().retired())
                .hasSize(1);
        assertThat(read.custody().liveSecrets())
                .extracting(secret -> secret.reveal())
                .isEqualTo(stored.custody().liveSecrets().stream()
                        .map(secret -> secret.reveal())
                        .toList())
                .hasSize(2);
        assertThat(read.keySince()).isEqualTo(stored.keySince()).isPresent();
        String text = Files.readString(files.resolve(stored.id() + ".xml"));
        stored.custody().liveSecrets().forEach(secret -> assertThat(text).doesNotContain(secret.reveal()));
        assertThat(text).doesNotContain("PRIVATE KEY");
        bench.awaitGoodBuild(job, bench.commit("main", "Signed with the former secret"));
    }

    @Test
    void manyRotateWithAWordOnHowFarItIs() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        StoredConnection stored = ConnectedJenkins.stored(job);
        Fingerprint before = fingerprint(job);
        assertThat(Wiring.get().rotations().rotateAll(List.of(stored.id(), "gone")))
                .isTrue();

        await().atMost(PATIENCE)
                .until(() ->
                        Wiring.get().rotations().bulk().orElseThrow().progress().isOver());
        assertThat(Wiring.get().rotations().bulk().orElseThrow().progress().failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.connectionId()).isEqualTo("gone"));
        assertThat(fingerprint(job)).isNotEqualTo(before);
    }

    @Test
    void onlyWhoMayConfigureTheJobChangesItsKeyAndOnlyByPost() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        Fingerprint before = fingerprint(job);
        JenkinsRule.WebClient client = bench.jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (String action : List.of("rotate", "revoke", "forget")) {
            assertThat(client.goTo(job.getUrl() + "bellhop/" + action, null)
                            .getWebResponse()
                            .getStatusCode())
                    .as(action)
                    .isEqualTo(405);
        }
        assertThat(fingerprint(job)).isEqualTo(before);
    }

    @Test
    void aConnectionWhoseRepositoryIsGoneCanBeForgotten() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        bench.app.delete();
        JenkinsRule.WebClient client = bench.jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlPage page = client.getPage(job, "bellhop");
        assertThat(page.asNormalizedText()).doesNotContain("Forget anyway");
        ConnectedJenkins.post(client, "job/app/bellhop/disconnect");
        assertThat(ConnectedJenkins.stored(job)).isNotNull();

        HtmlPage stuck = client.getPage(job, "bellhop");
        assertThat(stuck.asNormalizedText()).contains("Forget anyway");
        ConnectedJenkins.post(client, "job/app/bellhop/forget");
        assertThat(Wiring.get().connections().all()).isEmpty();
        assertThat(RepositoryConnection.of(job)).isNull();
    }

    @Test
    void tokensInUrlsAreRefusedAndThoseThatAreThereStayOutOfSight() throws Exception {
        assertThatThrownBy(() -> new RepositoryConnection("https://ghp_secret@github.com/acme/app"))
                .hasMessageContaining("without user, password or token")
                .hasMessageNotContaining("ghp_secret");
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        job.addProperty(new RepositoryConnection("https://github.com/acme/app"));
        String xml = job.getConfigFile().asString().replace("https://github.com", "https://ghp_secret@github.com");
        Files.writeString(job.getConfigFile().getFile().toPath(), xml);
        job.doReload();

        assertThat(RepositoryConnection.of(job).getRepositoryUrl()).isEqualTo("https://github.com/acme/app");
        assertThat(bench.jenkins.createWebClient().getPage(job, "bellhop").asXml())
                .doesNotContain("ghp_secret");
    }

    @Test
    void keysAreRotatedWhenTheyAreOldIfSomebodyAskedForThat() {
        assertThat(Wiring.configuration().longestKeyAge()).isEmpty();
        Wiring.configuration().setRotateKeysAfterDays(BellhopConfiguration.MOST_DAYS);
        assertThat(Wiring.configuration().longestKeyAge()).contains(Duration.ofDays(3_650));
        for (int wrong : new int[] {-1, BellhopConfiguration.MOST_DAYS + 1}) {
            assertThatThrownBy(() -> Wiring.configuration().setRotateKeysAfterDays(wrong))
                    .hasMessageContaining("found " + wrong);
        }
    }

    private static Fingerprint fingerprint(FreeStyleProject job) {
        return ConnectedJenkins.stored(job).connection().fingerprint();
    }

    private void press(FreeStyleProject job, String action) throws Exception {
        bench.jenkins.submit(form(bench.jenkins.createWebClient().getPage(job, "bellhop"), action));
    }

    private static HtmlForm form(HtmlPage page, String action) {
        return page.getForms().stream()
                .filter(found -> found.getActionAttribute().equals(action))
                .findFirst()
                .orElseThrow();
    }
}

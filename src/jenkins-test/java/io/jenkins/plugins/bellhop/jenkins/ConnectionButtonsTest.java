package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.bellhop.jenkins.connection.Reconciler;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The buttons of a page "Repository connection": which of them ask first, and what each says when it is done. */
@WithJenkins
class ConnectionButtonsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PAGE = "job/app/bellhop/";

    @TempDir
    private Path directory;

    private ConnectedJenkins connected;
    private FreeStyleProject job;
    private WebClient client;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        connected = new ConnectedJenkins(rule, directory);
        job = connected.freestyle("app");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        client = rule.createWebClient().login("ada");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        connected.close();
    }

    @Test
    void eachSaysOnceWhatItDid() throws Exception {
        assertThat(press("connect")).contains("Connected to acme/app on ");
        assertThat(press("check")).contains("Everything is in order at the forge.", "In order");
        assertThat(client.goTo(PAGE).asNormalizedText()).doesNotContain("Everything is in order at the forge.");

        assertThat(press("testOnAgent?node=")).contains("Tested on Jenkins itself");
        assertThat(press("rotate"))
                .contains("The key is rotated: builds get " + fingerprint())
                .as("what was found with the former key")
                .contains("Worked when its key was made")
                .doesNotContain("In order", "Tested on Jenkins itself");
        assertThat(press("revoke")).contains("The key is revoked and gone at the forge. Builds get " + fingerprint());

        connected.app.settings().removeHook(connected.app.hooks().get(0).id());
        assertThat(press("check")).contains("Something does not work; it is named below.", "Repair");
        assertThat(press("repair")).contains("Repaired: everything is in order at the forge.");
    }

    @Test
    void connectInVainSaysWhyAndOnlyOnce() throws Exception {
        press("disconnect");
        connected.forge.forbidDeployKeys("acme");
        job.addProperty(connected.property());
        Reconciler reconciler = Wiring.get().reconciler();
        await().atMost(PATIENCE)
                .until(() -> reconciler.lastAttempt(job).isPresent()
                        && reconciler.progress(job).isEmpty());

        assertThat(press("connect")).containsOnlyOnce("forbids deploy keys").contains("Not connected to");
    }

    @Test
    void whatCanNotBeTakenBackAsksFirstAndSaysWhatGoes() throws Exception {
        assertThat(question("revoke")).contains("is removed from acme/app at once");
        assertThat(question("disconnect"))
                .contains("its deploy key and its webhook are removed from acme/app", "with its filters");

        FreeStyleProject other = connected.freestyle("other");
        assertThat(question("disconnect"))
                .contains("its deploy key and its webhook stay at acme/app", "with its filters");
        assertThat(press("disconnect")).contains("Others use the connection, so its deploy key and its webhook stay");
        assertThat(connected.app.deployKeys()).hasSize(1);
        assertThat(ConnectedJenkins.stored(other).items()).containsExactly("other");
    }

    @Test
    void whoDisconnectsOrForgetsIsToldWhatBecameOfKeyAndHook() throws Exception {
        assertThat(press("disconnect"))
                .contains("Disconnected from acme/app. Its deploy key and its webhook are removed there.");
        assertThat(connected.app.deployKeys()).isEmpty();

        connectAgain();
        assertThat(press("forget"))
                .contains("The connection to acme/app is forgotten here. Its deploy key and its webhook stay there");
        assertThat(connected.app.deployKeys()).hasSize(1);

        connectAgain();
        connected.freestyle("other");
        assertThat(press("forget"))
                .contains("Others use the connection, so its deploy key and its webhook stay there.");
    }

    @Test
    void withNothingToEndNothingIsSaidToHaveEnded() throws Exception {
        for (String button : List.of("disconnect", "forget")) {
            Wiring.get().reconciler().disconnectNow(job);
            assertThat(press(button))
                    .contains("There was no connection to end.")
                    .doesNotContain("Disconnected from", "forgotten", "Others use", "choose another one there");
            assertThat(job.getProperty(RepositoryConnection.class)).isNull();
            connectAgain();
        }
    }

    @Test
    void whatCanNotBeRemovedMayBeForgottenWhichAsksFirst() throws Exception {
        connected.forge.failNext("DELETE", ".*/(keys|hooks)/.*", 500, "{}");
        client.setThrowExceptionOnFailingStatusCode(false);
        press("disconnect");

        assertThat(question("forget")).contains("stay at acme/app", "with its filters");
    }

    private void connectAgain() throws Exception {
        job.addProperty(connected.property());
        connected.awaitConnected(job);
        await().atMost(PATIENCE)
                .until(() -> Wiring.get().reconciler().progress(job).isEmpty());
    }

    private String press(String button) throws Exception {
        return ConnectedJenkins.post(client, PAGE + button).asNormalizedText();
    }

    /** What Jenkins' own script shows before it posts. */
    private String question(String action) throws Exception {
        HtmlPage page = client.goTo(PAGE);
        List<DomElement> links =
                page.getByXPath("//a[contains(@class, 'confirmation-link')][@data-url='" + action + "']");
        assertThat(links).singleElement().satisfies(link -> {
            assertThat(link.getAttribute("data-post")).isEqualTo("true");
            assertThat(link.getAttribute("data-destructive")).isEqualTo("true");
        });
        return links.get(0).getAttribute("data-message");
    }

    private String fingerprint() {
        StoredConnection stored = ConnectedJenkins.stored(job);
        return stored.connection().fingerprint().toString();
    }
}

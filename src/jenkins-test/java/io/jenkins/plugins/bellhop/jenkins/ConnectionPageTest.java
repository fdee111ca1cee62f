package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.connect.ConnectionSecrets;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTableRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job's page "Repository connection", its badge, and what a build's page says of keys. */
@WithJenkins
class ConnectionPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PAGE = "job/app/bellhop/";
    private static final int MORE_THAN_THE_PAGE_SHOWS = 11;

    @TempDir
    private Path directory;

    private ConnectedJenkins connected;
    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        connected = new ConnectedJenkins(rule, directory);
        job = connected.freestyle("app");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("owner", "reader", "stranger")
                .grant(Item.READ, Item.CONFIGURE)
                .onItems(job)
                .to("owner")
                .grant(Item.READ)
                .onItems(job)
                .to("reader"));
    }

    @AfterEach
    void stop() throws Exception {
        connected.close();
    }

    @Test
    void showsKeysHealthHookAndTheLastDelivery() throws Exception {
        connected.awaitGoodBuild(job, connected.commit("main", "hello"));

        HtmlPage page = as("owner").goTo(PAGE);
        assertThat(page.querySelectorAll("button.jenkins-copy-button").getLength())
                .isEqualTo(1);
        assertThat(page.asNormalizedText())
                .contains(
                        fingerprint(), "Preferred", "Worked when its key was made", "Webhook", "Last delivery", "push")
                .contains("Active", "Built: ", "#1")
                .contains("Rotate the key", "Revoke the key now", "Disconnect", "Test on agent")
                .contains("[![build](" + jenkins.getURL() + PAGE + "statusBadge/)](" + jenkins.getURL() + "job/app/)");
        assertThat(as("reader").goTo(PAGE).asNormalizedText())
                .contains(fingerprint())
                .doesNotContain("Preferred", "Rotate the key", "Disconnect", "Test on agent", "bellhop-" + id());
    }

    @Test
    void aDecisionLeadsToItsBuildAndWhyNotStandsAtTheLastDelivery() throws Exception {
        connected.awaitGoodBuild(job, connected.commit("main", "hello"));
        for (String path : List.of("job/app/", PAGE, PAGE + "deliveries/")) {
            HtmlPage page = as("reader").goTo(path);
            assertThat(page.getByXPath("//div[contains(., 'Built: ')]/a[contains(@href, '/job/app/1/')]"))
                    .as(path)
                    .isNotEmpty();
        }

        connected.commit("main", "typo [skip ci]");
        connected.awaitDecision(job, "[ci skip]");

        HtmlTableRow row = as("reader").goTo("job/app/").getFirstByXPath("//tr[th = 'Last delivery']");
        assertThat(row.asNormalizedText()).contains("push of ", "Not built: ");
    }

    @Test
    void programsReadTheStateAndLearnNoSecret() throws Exception {
        connected.awaitGoodBuild(job, connected.commit("main", "hello"));

        String owners = json("owner");
        String readers = json("reader");

        assertThat(owners)
                .contains("\"connected\":true", "\"repository\":\"acme/app\"", "\"health\":\"NOT_LOOKED_AT\"")
                .contains("\"fingerprint\":\"" + fingerprint() + "\",\"kind\":\"deploy\",\"preferred\":true")
                .contains("\"lastDelivery\":{", "\"lastDecision\":{", "\"outcome\":\"built\"", "\"hook\":\"");
        assertThat(readers).contains(fingerprint(), "\"preferred\":false", "\"findings\":[]");
        ConnectionSecrets secrets = ConnectedJenkins.stored(job).secrets();
        assertThat(owners + readers)
                .doesNotContain(id(), ConnectedJenkins.TOKEN_ID, secrets.hookPath())
                .doesNotContain(secrets.webhook().reveal(), "PRIVATE KEY");
        assertThat(as("owner")
                        .goTo("job/app/api/json?depth=2", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .as("the job's own description stays small")
                .doesNotContain(fingerprint());
        assertThat(status("stranger", PAGE + "api/json")).isEqualTo(404);
    }

    @Test
    void theLastDeliveryIsWhatTheForgeDeliveredToThisConnection() throws Exception {
        connected.awaitGoodBuild(job, connected.commit("main", "hello"));
        String delivered = lastDelivery();
        assertThat(delivered).contains("push of ");

        for (int i = 0; i < MORE_THAN_THE_PAGE_SHOWS; i++) {
            decided("catch-up-" + i);
        }

        assertThat(lastDelivery()).isEqualTo(delivered);
        assertThat(json("owner")).contains("\"lastDecision\":{").contains("found by looking");
        String before = id();
        Wiring.get().reconciler().disconnectNow(job);
        connected.connect(job);
        assertThat(id()).isEqualTo(before);
        // The former connection's pushes came after its ping.
        await().untilAsserted(() -> assertThat(lastDelivery()).contains("\"event\":\"ping\""));
        decided("another");
        assertThat(lastDelivery()).contains("found by looking");
    }

    private void decided(String delivery) {
        Wiring.get()
                .decisions()
                .add(new Entry(
                        id(),
                        Optional.of(delivery),
                        Optional.of("app"),
                        "found by looking",
                        Outcome.SKIPPED,
                        "Not built."));
    }

    private String lastDelivery() throws Exception {
        return JSONObject.fromObject(json("owner")).get("lastDelivery").toString();
    }

    @Test
    void whyItIsNotConnectedIsForThoseWhoMayConfigureIt() throws Exception {
        Wiring.get().reconciler().disconnectNow(job);
        connected.forge.forbidDeployKeys("acme");
        connected.connect(job);

        assertThat(json("owner")).contains("\"connected\":false", "forbids deploy keys");
        assertThat(as("owner").goTo(PAGE).asNormalizedText()).contains("forbids deploy keys");
        assertThat(json("reader")).contains("\"connected\":false", "\"problem\":\"\"");
        for (String path : List.of(PAGE, "job/app/")) {
            assertThat(as("reader").goTo(path).asNormalizedText())
                    .contains("Not connected to")
                    .doesNotContain("forbids deploy keys");
        }
    }

    private String json(String user) throws Exception {
        return as(user).goTo(PAGE + "api/json", "application/json")
                .getWebResponse()
                .getContentAsString();
    }

    private int status(String user, String path) throws Exception {
        WebClient client = as(user).withThrowExceptionOnFailingStatusCode(false);
        return client.getPage(client.createCrumbedUrl(path)).getWebResponse().getStatusCode();
    }

    @Test
    void aFormerKeyIsShownUntilItIsRemoved() throws Exception {
        String former = fingerprint();
        Wiring.get().rotations().rotateNow(id());

        assertThat(as("reader").goTo(PAGE).asNormalizedText()).contains(former, "Former deploy key", fingerprint());
    }

    @Test
    void theBadgeTellsHowTheDefaultBranchIs() throws Exception {
        assertThat(badge("reader").getContentAsString()).contains("unknown");

        connected.awaitGoodBuild(job, connected.commit("main", "hello"));
        String other = connected.app.commit("other", java.util.Map.of("build.sh", "exit 1\n"), "broken");
        jenkins.waitForCompletion(connected.awaitBuild(job, other));

        WebResponse badge = badge("reader");
        assertThat(badge.getContentType()).isEqualTo("image/svg+xml");
        assertThat(badge.getResponseHeaderValue("Cache-Control")).contains("no-cache");
        assertThat(badge.getContentAsString())
                .startsWith("<svg")
                .contains("passing")
                .doesNotContain("<script");

        String broken = connected.app.commit("main", java.util.Map.of("build.sh", "exit 1\n"), "broken");
        jenkins.waitForCompletion(connected.awaitBuild(job, broken));
        assertThat(badge("reader").getContentAsString()).contains("failing");
    }

    @Test
    void theBadgeIsForWhoMayReadTheJob() throws Exception {
        try {
            badge("stranger");
            throw new AssertionError("a stranger was answered");
        } catch (FailingHttpStatusCodeException e) {
            assertThat(e.getStatusCode()).isEqualTo(404);
        }
    }

    @Test
    void aBuildsPageNamesTheKeysThatItWasGiven() throws Exception {
        Run<?, ?> run = connected.awaitGoodBuild(job, connected.commit("main", "hello"));

        HtmlPage page = as("reader").goTo(run.getUrl());

        assertThat(page.asNormalizedText()).contains("SSH keys that this build was given", fingerprint());
        HtmlPage decided =
                page.getAnchorByText("What was decided for this delivery").click();
        assertThat(decided.asNormalizedText()).contains("Deliveries", "Built");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Wiring.get()
                                .auditTrail()
                                .find(act -> act.item().equals("app#" + run.getNumber()), 0, 10))
                        .as("once for one repository, though the credentials plugin asks again and again")
                        .hasSize(1));
    }

    private WebResponse badge(String user) throws Exception {
        return as(user).goTo(PAGE + "statusBadge/", "image/svg+xml").getWebResponse();
    }

    private String id() {
        return ConnectedJenkins.stored(job).id();
    }

    private String fingerprint() {
        return ConnectedJenkins.stored(job).connection().fingerprint().toString();
    }

    private WebClient as(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).login(user);
    }
}

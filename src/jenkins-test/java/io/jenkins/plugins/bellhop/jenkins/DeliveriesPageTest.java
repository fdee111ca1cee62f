package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages "Deliveries": what is shown, to whom, and what can be done there. */
@WithJenkins
class DeliveriesPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALL = "manage/bellhop-deliveries/";
    private static final String OF_JOB = "job/app/bellhop/deliveries/";

    @TempDir
    private Path directory;

    private ConnectedJenkins connected;
    private JenkinsRule jenkins;
    private WorkflowJob job;
    private StoredConnection stored;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        connected = new ConnectedJenkins(rule, directory);
        job = connectedJob("app");
        WorkflowJob secret = connectedJob("secret");
        stored = ConnectedJenkins.stored(secret);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "stranger")
                .grant(Item.READ, Item.CONFIGURE)
                .onItems(job)
                .to("reader"));
    }

    @AfterEach
    void stop() throws Exception {
        connected.close();
    }

    @Test
    void aJobsReaderSeesWhatConcernsItAndNoOtherJob() throws Exception {
        log("app", Outcome.BUILT, "Built: <b>bold</b>.");
        log("secret", Outcome.SKIPPED, "Not built: hidden words.");

        HtmlPage page = as("reader").goTo(OF_JOB);

        assertThat(page.asNormalizedText())
                .contains("Built: <b>bold</b>.")
                .doesNotContain("hidden words")
                .doesNotContain("Replay");
        String json = as("reader")
                .goTo(OF_JOB + "api/json", "application/json")
                .getWebResponse()
                .getContentAsString();
        assertThat(json).contains("bold").doesNotContain("hidden words").doesNotContain("unknownHooks\":[");
    }

    @Test
    void onlyAdministratorsSeeTheDeliveriesOfAll() throws Exception {
        log("secret", Outcome.SKIPPED, "Not built: hidden words.");
        Wiring.get().decisions().unknownHook("lost-hook-of-long-ago");

        assertThat(as("admin").goTo(ALL).asNormalizedText()).contains("hidden words", "\"lost-hook-of\"", "secret");
        assertThat(as("admin")
                        .goTo(ALL + "api/json?depth=2", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("hidden words", "lost-hook-of");
        assertRefused("reader", ALL, 403);
        assertRefused("reader", ALL + "api/json", 403);
        assertRefused("stranger", OF_JOB, 404);
    }

    @Test
    void findsAndPages() throws Exception {
        for (int i = 0; i < 60; i++) {
            log("app", Outcome.BUILT, "Built: number " + i + ".");
        }
        log("app", Outcome.FAILED, "Not decided yet: the forge is away.");
        WebClient client = as("reader");

        assertThat(client.goTo(OF_JOB + "?outcome=failed").asNormalizedText())
                .contains("the forge is away")
                .doesNotContain("number 59");
        assertThat(client.goTo(OF_JOB + "?q=number+59&outcome=").asNormalizedText())
                .contains("number 59")
                .doesNotContain("number 58");
        HtmlPage second = client.goTo(OF_JOB).getAnchorByText("Older").click();
        assertThat(second.asNormalizedText()).contains("number 5.").doesNotContain("number 59");
        assertThat(client.goTo(OF_JOB + "?q=%22%3E%3Cscript%3E&from=nonsense&page=-1")
                        .asNormalizedText())
                .contains("Nothing was found.");
    }

    @Test
    void anAdministratorRunsAKeptDeliveryDryAndReplaysIt() throws Exception {
        String commit = connected.commit("main", "hello");
        await().atMost(PATIENCE).until(() -> job.getLastBuild() != null);
        jenkins.waitUntilNoActivity();
        await().atMost(PATIENCE)
                .until(() -> !Wiring.get()
                        .spool()
                        .kept()
                        .ofHook(stored.secrets().hookPath(), 1)
                        .isEmpty());
        int builds = job.getLastBuild().getNumber();

        HtmlPage dry = jenkins.submit(form(as("admin").goTo(OF_JOB), "dryRun"));
        assertThat(dry.asNormalizedText())
                .contains("Nothing was built.", "app", "Not built again", commit.substring(0, 7));
        jenkins.submit(form(as("admin").goTo(ALL), "replay"));
        await().atMost(PATIENCE)
                .until(() -> Wiring.get().decisions().find(dated -> true, 10).stream()
                        .anyMatch(dated -> dated.entry().deliveryId().orElse("").contains("-replay-")));
        assertThat(job.getLastBuild().getNumber()).isEqualTo(builds);

        String delivery = Wiring.get()
                .spool()
                .kept()
                .ofHook(stored.secrets().hookPath(), 1)
                .get(0)
                .id()
                .text();
        String query = "?connection=" + stored.id() + "&delivery=" + delivery;
        assertPosted("reader", OF_JOB + "replay" + query, 403);
        assertPosted("reader", OF_JOB + "dryRun" + query, 403);
        assertRefused("admin", OF_JOB + "replay" + query, 405);
        assertRefused("admin", OF_JOB + "dryRun" + query, 405);
        assertPosted("admin", OF_JOB + "dryRun?connection=gone&delivery=gone", 400);
    }

    private WorkflowJob connectedJob(String name) throws Exception {
        WorkflowJob created = jenkins.createProject(WorkflowJob.class, name);
        created.setDefinition(new CpsFlowDefinition("echo 'built'", true));
        created.addProperty(connected.property());
        connected.awaitConnected(created);
        return created;
    }

    private void log(String name, Outcome outcome, String sentence) {
        Wiring.get()
                .decisions()
                .add(new Entry(stored.id(), Optional.of("d"), Optional.of(name), "push of 0123456", outcome, sentence));
    }

    private WebClient as(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(true).login(user);
    }

    private static HtmlForm form(HtmlPage page, String action) {
        List<HtmlForm> forms = page.getForms();
        return forms.stream()
                .filter(form -> form.getActionAttribute().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(String user, String path, int status) throws Exception {
        try {
            as(user).goTo(path, null);
            throw new AssertionError(path + " was answered");
        } catch (FailingHttpStatusCodeException e) {
            assertThat(e.getStatusCode()).isEqualTo(status);
        }
    }

    private void assertPosted(String user, String path, int status) throws Exception {
        WebClient client = as(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        assertThat(client.getPage(request).getWebResponse().getStatusCode()).isEqualTo(status);
    }
}

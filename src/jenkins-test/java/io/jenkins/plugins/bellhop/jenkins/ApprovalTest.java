package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A stranger's commit is built once somebody who may configure the job says so on its page, and by nobody else. */
@WithJenkins
class ApprovalTest {

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private FreeStyleProject job;
    private String commit;

    @BeforeEach
    void propose(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
        job = bench.freestyle("app", new ConnectionKeys());
        RepositoryConnection.of(job).setForks("approved");
        SandboxRepository fork = bench.forge.fork(bench.app, "stranger");
        commit = fork.commit("gift", Map.of("gift.txt", "1"), "A gift");
        bench.app.pulls().open(fork, "gift", "main", "A gift", false);
        bench.awaitDecision(job, "waits for approval");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("alice"));
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void isBuiltWhenItIsApproved() throws Exception {
        try (JenkinsRule.WebClient alice = bench.jenkins.createWebClient().login("alice")) {
            HtmlPage page = alice.getPage(job, "bellhop");
            assertThat(page.asNormalizedText()).contains("#1", commit);
            HtmlButton button = page.getFirstByXPath("//form[@action='approvals/approve']//button");
            button.click();

            String why = bench.awaitGoodBuild(job, commit)
                    .getCause(WebhookCause.class)
                    .getShortDescription();
            assertThat(why).contains("was approved here", "\"alice\"", "Its steps get no key");
            assertThat(alice.getPage(job, "bellhop").asNormalizedText()).doesNotContain("Approve and build");
        }
    }

    @Test
    void nobodyElseMayApproveIt() throws Exception {
        try (JenkinsRule.WebClient bob = bench.jenkins.createWebClient().login("bob")) {
            bob.setThrowExceptionOnFailingStatusCode(false);
            assertThat(bob.getPage(job, "bellhop").asNormalizedText()).doesNotContain(commit);
            assertThat(status(bob, HttpMethod.POST)).isEqualTo(403);
        }
        try (JenkinsRule.WebClient alice = bench.jenkins.createWebClient().login("alice")) {
            alice.setThrowExceptionOnFailingStatusCode(false);
            assertThat(status(alice, HttpMethod.GET)).isIn(404, 405);
        }
        assertThat(job.getLastBuild()).isNull();
    }

    private int status(JenkinsRule.WebClient client, HttpMethod method) throws Exception {
        URL url = new URL(bench.jenkins.getURL(), job.getUrl() + "bellhop/approvals/approve?number=1&commit=" + commit);
        WebRequest request =
                method == HttpMethod.POST ? client.addCrumb(new WebRequest(url, method)) : new WebRequest(url);
        return client.getPage(request).getWebResponse().getStatusCode();
    }
}

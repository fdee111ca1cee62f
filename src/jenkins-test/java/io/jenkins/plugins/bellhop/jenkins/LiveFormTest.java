package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import java.nio.file.Path;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the form says while somebody fills it in, and to whom it says it. */
@WithJenkins
class LiveFormTest {

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private RepositoryConnection.DescriptorImpl form;
    private FreeStyleProject job;
    private String host;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
        form = jenkins.jenkins.getDescriptorByType(RepositoryConnection.DescriptorImpl.class);
        job = jenkins.createFreeStyleProject("app");
        host = bench.forge.apiUrl().getHost();
        ConnectedJenkins.addToken(
                "reads-alone", bench.forge.createFineGrainedToken("acme", Set.of("metadata:read", "contents:read")));
        ConnectedJenkins.addToken("strangers", bench.forge.createToken("stranger", Set.of("repo")));
        ConnectedJenkins.addToken("data-center", "BBDC-0123");
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void saysWhatTheCredentialReads() {
        assertThat(check(ConnectedJenkins.TOKEN_ID).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(check(ConnectedJenkins.TOKEN_ID).getMessage()).contains("reads acme/app, its deploy keys");
        assertThat(check("reads-alone").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(check("reads-alone").getMessage())
                .contains("not enough to connect it")
                .contains("Administration");
        assertThat(check("strangers").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(check("no such").getMessage()).contains("Secret text");
    }

    @Test
    void saysWhatTheCredentialMayNotWriteBeforeItIsTried() throws Exception {
        bench.forge.addMember("acme", "onlooker", Role.WRITE);
        ConnectedJenkins.addToken("onlookers", bench.forge.createToken("onlooker", Set.of("repo")));
        bench.forge.forgetRequests();

        assertThat(check("onlookers").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(check("onlookers").getMessage())
                .contains("reads acme/app")
                .contains("would not add a deploy key and a webhook to acme/app")
                .contains("not an administrator");
        assertThat(bench.forge.requests()).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void jobThatIsConnectedAsItSaysCallsNoForge() throws Exception {
        job.addProperty(bench.property());
        bench.awaitConnected(job);
        bench.jenkins.waitUntilNoActivity();
        long before = calls();

        assertThat(check(ConnectedJenkins.TOKEN_ID).kind).isEqualTo(FormValidation.Kind.OK);

        assertThat(calls()).isEqualTo(before);
    }

    private long calls() {
        return bench.forge.requests().stream()
                .filter(request ->
                        request.path().endsWith("/hooks") || request.path().contains("/keys"))
                .count();
    }

    @Test
    void suggestsForgesAndThenTheAccountsRepositories() {
        bench.forge.createRepository("acme", "library", true);
        bench.forge.createRepository("stranger", "application", true);

        assertThat(suggestions("git")).contains("https://github.com/");
        assertThat(suggestions("https://" + host + "/ACME/")).containsExactlyInAnyOrder(url("app"), url("library"));
        long before = listings();
        assertThat(suggestions("https://" + host + "/acme/lib")).containsExactly(url("library"));
        assertThat(listings()).as("the list serves while somebody types on").isEqualTo(before);
        assertThat(form.doAutoCompleteRepositoryUrl(job, "https://" + host + "/", "")
                        .getValues())
                .isEmpty();
    }

    private String url(String name) {
        return "https://" + host + "/acme/" + name;
    }

    private long listings() {
        return bench.forge.requests().stream()
                .filter(request -> request.path().contains("/user/repos"))
                .count();
    }

    private Iterable<String> suggestions(String typed) {
        return form.doAutoCompleteRepositoryUrl(job, typed, ConnectedJenkins.TOKEN_ID)
                .getValues();
    }

    @Test
    void offersNoCredentialThatIsMeantForAnotherForge() {
        assertThat(offered(bench.sshUrl())).contains(ConnectedJenkins.TOKEN_ID).doesNotContain("data-center");
        assertThat(offered("")).contains(ConnectedJenkins.TOKEN_ID, "data-center");
    }

    private Iterable<String> offered(String url) {
        ListBoxModel options = form.doFillCredentialsIdItems(job, url, "");
        return options.stream().map(option -> option.value).toList();
    }

    @Test
    void whoMayNotConfigureLearnsNothing() {
        bench.jenkins.jenkins.setSecurityRealm(bench.jenkins.createDummySecurityRealm());
        bench.jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        bench.forge.forgetRequests();
        try (ACLContext asReader =
                ACL.as2(User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThat(suggestions("git")).isEmpty();
            assertThat(suggestions("https://" + host + "/")).isEmpty();
            assertThat(check("reads-alone").getMessage()).isNull();
            assertThat(offered(bench.sshUrl())).doesNotContain(ConnectedJenkins.TOKEN_ID);
        }
        assertThat(bench.forge.requests()).isEmpty();
    }

    private FormValidation check(String credentialsId) {
        return form.doCheckCredentialsId(job, credentialsId, bench.sshUrl());
    }
}

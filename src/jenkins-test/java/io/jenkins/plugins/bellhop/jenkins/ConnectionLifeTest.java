package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.util.FormValidation;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How a connection begins, is shared, fails and ends. */
@WithJenkins
class ConnectionLifeTest {

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
    void twoJobsShareOneConnection() throws Exception {
        FreeStyleProject one = bench.freestyle("one");
        FreeStyleProject two = bench.freestyle("two");

        assertThat(ConnectedJenkins.stored(one).id())
                .isEqualTo(ConnectedJenkins.stored(two).id());
        assertThat(bench.app.deployKeys()).hasSize(1);
        assertThat(bench.app.hooks()).hasSize(1);
        String commit = bench.commit("main", "Both");
        bench.awaitGoodBuild(one, commit);
        bench.awaitGoodBuild(two, commit);
    }

    @Test
    void savingTheFormAgainCallsNoForge() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        // Looking for missed deliveries has nothing to do with saving; the next time is in an hour.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bench.forge.requests().stream()
                        .anyMatch(request -> request.path().contains("/pulls?")));
        bench.forge.forgetRequests();

        bench.jenkins.configRoundtrip(job);
        job.save();

        assertThat(bench.forge.requests()).isEmpty();
    }

    @Test
    void disconnectOnTheJobsPageRemovesKeyAndHookAndTheWish() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        HtmlPage page = bench.jenkins.createWebClient().getPage(job, "bellhop");
        assertThat(page.asNormalizedText())
                .contains("acme/app")
                .contains(
                        ConnectedJenkins.stored(job).connection().fingerprint().toString());

        HtmlPage ended = ConnectedJenkins.post(bench.jenkins.createWebClient(), "job/app/bellhop/disconnect");

        assertThat(ended.asNormalizedText())
                .contains("Disconnected from acme/app. Its deploy key and its webhook are removed there.");
        assertThat(bench.app.deployKeys()).isEmpty();
        assertThat(bench.app.hooks()).isEmpty();
        assertThat(Wiring.get().connections().all()).isEmpty();
        assertThat(RepositoryConnection.of(job)).isNull();
    }

    @Test
    void connectedAgainTheJobBuildsWithTheCredentialThatItsGitNames() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        StoredConnection first = ConnectedJenkins.stored(job);
        bench.awaitGoodBuild(job, bench.commit("main", "Before"));
        Wiring.get().reconciler().disconnectNow(job);
        bench.commit("main", "While nobody watches");

        Attempt again = bench.connect(job);

        assertThat(again.connected()).as(again.sentence()).isTrue();
        StoredConnection second = ConnectedJenkins.stored(job);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.connection().fingerprint())
                .isNotEqualTo(first.connection().fingerprint());
        assertThat(second.secrets().hookPath()).isNotEqualTo(first.secrets().hookPath());
        bench.awaitGoodBuild(job, bench.commit("main", "After"));
    }

    @Test
    void buildWhoseGitNamesACredentialThatIsGoneSaysSo() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        String gone = "bellhop-cae7623c-5ad5-4e7f-9c4a-3b1f6ff5b1a0";
        job.setScm(git(bench.sshUrl(), gone));
        String commit = bench.commit("main", "In vain");

        bench.assertFailed(bench.awaitBuild(job, commit), "names the credential " + gone + ", which does not exist");
        bench.jenkins.assertLogContains(
                "Choose bellhop-" + ConnectedJenkins.stored(job).id() + " there", job.getLastBuild());
    }

    @Test
    void buildWhoseGitNamesAnotherJobsCredentialSaysSoAndIsShownNoKeyOfAnotherRepository() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        StoredConnection own = ConnectedJenkins.stored(job);
        SandboxRepository library = bench.forge.createRepository(bench.app.owner(), "library", true);
        FreeStyleProject other = bench.jenkins.createFreeStyleProject("other");
        RepositoryConnection wish = new RepositoryConnection(bench.forge.sshUrl(library));
        wish.setCredentialsId(ConnectedJenkins.TOKEN_ID);
        other.addProperty(wish);
        String foreign = "bellhop-" + bench.awaitConnected(other).id();
        job.setScm(git(bench.forge.sshUrl(library), foreign));

        FreeStyleBuild build = job.scheduleBuild2(0).get();

        bench.assertFailed(build, "names the credential " + foreign + ", which this job may not use");
        bench.jenkins.assertLogContains("This job is not connected to the repository that Git was to read", build);
        bench.jenkins.assertLogNotContains("does not exist any more", build);
        bench.jenkins.assertLogNotContains("bellhop-" + own.id(), build);
    }

    private static GitSCM git(String url, String credentialsId) {
        return new GitSCM(
                List.of(new UserRemoteConfig(url, null, null, credentialsId)),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of());
    }

    @Test
    void withoutATrustedHostKeyNothingIsUploadedAndTrustingItConnects() throws Exception {
        Wiring.configuration().setKnownHosts("");
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        job.addProperty(bench.property());
        job.save();
        await().until(() -> Wiring.get().reconciler().lastAttempt(job).isPresent());

        assertThat(Wiring.get().reconciler().lastAttempt(job).orElseThrow().sentence())
                .contains("no host key of that server is trusted yet", "Manage Jenkins, Bellhop, Host keys");
        assertThat(written()).as("to the forge").isEmpty();
        HtmlPage page = bench.jenkins
                .createWebClient()
                .goTo("manage/bellhop-host-keys/?host=" + bench.forge.sshHost() + "&port=" + bench.forge.sshPort());
        assertThat(page.<HtmlInput>getFirstByXPath("//input[@name='host']").getValue())
                .isEqualTo(bench.forge.sshHost());
        assertThat(page.<HtmlInput>getFirstByXPath("//input[@name='port']").getValue())
                .isEqualTo(Integer.toString(bench.forge.sshPort()));
        assertThat(form().doConnect(job, bench.sshUrl(), ConnectedJenkins.TOKEN_ID)
                        .getMessage())
                .contains("href=\"/manage/bellhop-host-keys/?host=" + bench.forge.sshHost() + "&amp;port=")
                .contains("✗ Host key of the SSH server");

        Wiring.configuration().setKnownHosts(bench.forge.knownHosts());

        bench.awaitConnected(job);
    }

    @Test
    void oneSaveConnectsOnce() throws Exception {
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        job.addProperty(bench.property());
        bench.awaitConnected(job);
        Wiring.get().reconciler().disconnectNow(job);
        bench.forge.forgetRequests();
        bench.forge.failNext("POST", ".*/keys", 422, "{}");
        bench.forge.failNext("POST", ".*/keys", 422, "{}");

        bench.jenkins.configRoundtrip(job);
        await().until(() -> Wiring.get()
                .reconciler()
                .lastAttempt(job)
                .filter(attempt -> !attempt.connected())
                .isPresent());

        await().during(Duration.ofSeconds(2)).until(() -> written().size() == 1);
    }

    /** What Connect in a form says is of that form. */
    @Test
    void whatNobodySavedIsToldInTheFormAlone() throws Exception {
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");

        assertThat(form().doConnect(job, bench.sshUrl().replace("/acme/app", "/acme/none"), ConnectedJenkins.TOKEN_ID)
                        .kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        assertThat(Wiring.get().reconciler().lastAttempt(job)).isEmpty();
        FormValidation connected = form().doConnect(job, bench.sshUrl(), ConnectedJenkins.TOKEN_ID);
        assertThat(connected.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(connected.getMessage())
                .contains("Connected to acme/app", "Save the job to let it build.", "✓ Webhook put in place");

        assertThat(pageOf(job)).contains("the configuration is not saved so");
        job.addProperty(bench.property());
        assertThat(pageOf(job)).contains("acme/app").doesNotContain("not saved so");
        assertThat(form().doConnect(job, bench.sshUrl(), ConnectedJenkins.TOKEN_ID)
                        .getMessage())
                .doesNotContain("Save the job");
    }

    private String pageOf(FreeStyleProject job) throws Exception {
        return bench.jenkins.createWebClient().getPage(job, "bellhop").asNormalizedText();
    }

    @Test
    void hookGetsTheUrlThatIsConfiguredAndWithoutOneThereIsNone() throws Exception {
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        String root = JenkinsLocationConfiguration.get().getUrl();
        JenkinsLocationConfiguration.get().setUrl(null);
        bench.forge.forgetRequests();

        String refused = bench.jenkins.executeOnServer(() ->
                form().doConnect(job, bench.sshUrl(), ConnectedJenkins.TOKEN_ID).getMessage());

        assertThat(refused)
                .contains(
                        "own URL is not set, so no repository can be connected: forges would not know where to deliver.");
        assertThat(bench.forge.requests()).isEmpty();
        JenkinsLocationConfiguration.get().setUrl("https://ci.example.com/jenkins");
        bench.jenkins.executeOnServer(() -> form().doConnect(job, bench.sshUrl(), ConnectedJenkins.TOKEN_ID));
        assertThat(bench.app.hooks())
                .singleElement()
                .satisfies(hook -> assertThat(hook.url()).startsWith("https://ci.example.com/jenkins/bellhop/hook/"));
        JenkinsLocationConfiguration.get().setUrl(root);
    }

    @Test
    void savedJobIsConnectedAsSoonAsJenkinsKnowsItsUrl() throws Exception {
        JenkinsLocationConfiguration location = JenkinsLocationConfiguration.get();
        String root = location.getUrl();
        location.setUrl(null);
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");
        job.addProperty(bench.property());
        await().until(() -> Wiring.get()
                .reconciler()
                .lastAttempt(job)
                .filter(attempt -> attempt.sentence().contains("own URL is not set"))
                .isPresent());

        location.setUrl(root);

        bench.awaitConnected(job);
    }

    private RepositoryConnection.DescriptorImpl form() {
        return bench.jenkins.jenkins.getDescriptorByType(RepositoryConnection.DescriptorImpl.class);
    }

    private List<String> written() {
        return bench.forge.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    @Test
    void failedConnectSaysWhyAndLeavesNothingBehind() throws Exception {
        bench.forge.forbidDeployKeys("acme");
        FreeStyleProject job = bench.jenkins.createFreeStyleProject("app");

        Attempt forbidden = bench.connect(job);

        assertThat(forbidden.connected()).isFalse();
        assertThat(forbidden.sentence()).contains("forbids deploy keys");
        bench.forge.allowDeployKeys("acme");
        ConnectedJenkins.addToken("weak", bench.forge.createToken("acme", Set.of("public_repo")));
        assertThat(Wiring.get()
                        .reconciler()
                        .connectNow(job, bench.sshUrl(), "weak")
                        .sentence())
                .contains("scope \"repo\"");
        bench.forge.failNext("POST", ".*/hooks", 500, "{}");
        assertThat(bench.connect(job).sentence()).contains("a fault of its own");
        assertThat(bench.app.deployKeys()).isEmpty();
        assertThat(bench.app.hooks()).isEmpty();
        assertThat(Wiring.get().connections().all()).isEmpty();
        assertThat(Wiring.get().auditTrail().find(act -> act.kind() == Act.Kind.REMOVED, 0, 10))
                .as("nothing was ever there")
                .isEmpty();
    }

    @Test
    void renamedRepositoryStaysConnected() throws Exception {
        FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
        bench.app.rename("application");
        await().untilAsserted(() -> assertThat(ConnectedJenkins.stored(job)
                        .connection()
                        .repository()
                        .name()
                        .toString())
                .isEqualTo("acme/application"));
        StoredConnection stored = ConnectedJenkins.stored(job);
        assertThat(stored.connection().sshUrl()).contains("acme/application");
        bench.awaitGoodBuild(job, bench.commit("main", "Under the new name"));
        bench.awaitGoodBuild(job, bench.commit("topic", "No head of the default branch"));

        job.save();
        assertThat(ConnectedJenkins.stored(job)).as("the job says the old name").isNotNull();
    }

    @Test
    void jobBuildsNothingForARepositoryThatItNoLongerAsksFor() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        StoredConnection before = ConnectedJenkins.stored(job);
        RepositoryConnection other = new RepositoryConnection(second());
        other.setCredentialsId("no such credential");
        job.removeProperty(RepositoryConnection.class);
        job.addProperty(other);
        bench.commit("main", "Nobody's business");

        await().untilAsserted(() -> assertThat(Wiring.get().decisions().of(before.id(), "app", 10))
                .anyMatch(dated -> dated.entry().sentence().contains("no job watches")));
        assertThat(job.getLastBuild()).isNull();
    }

    @Test
    void connectingFromAFormThatIsNotSavedEndsNoWatch() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        Attempt attempt = Wiring.get().reconciler().connectNow(job, second(), ConnectedJenkins.TOKEN_ID);

        assertThat(attempt.connected()).as(attempt.sentence()).isTrue();
        bench.awaitGoodBuild(job, bench.commit("main", "Still watched"));

        RepositoryConnection other = new RepositoryConnection(second());
        other.setCredentialsId(ConnectedJenkins.TOKEN_ID);
        job.removeProperty(RepositoryConnection.class);
        job.addProperty(other);
        await().untilAsserted(() -> assertThat(Wiring.get().connections().ofItem("app"))
                .singleElement()
                .satisfies(stored ->
                        assertThat(stored.connection().repository().name()).hasToString("acme/second")));
    }

    @Test
    void anotherCredentialIsTakenOverWhenTheJobIsSaved() throws Exception {
        FreeStyleProject job = bench.freestyle("app");
        ConnectedJenkins.addToken("another", bench.forge.createToken("acme", Set.of("repo", "admin:repo_hook")));
        RepositoryConnection.of(job).setCredentialsId("another");
        job.save();

        await().until(() -> ConnectedJenkins.stored(job).permits("app", "another"));
    }

    private String second() {
        return bench.forge.sshUrl(bench.forge
                .repository("acme/second")
                .orElseGet(() -> bench.forge.createRepository("acme", "second", true)));
    }
}

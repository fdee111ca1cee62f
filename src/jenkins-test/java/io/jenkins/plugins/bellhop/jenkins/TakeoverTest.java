package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.sun.net.httpserver.HttpServer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.health.ConnectionMonitor;
import io.jenkins.plugins.bellhop.jenkins.health.HostKeyMonitor;
import io.jenkins.plugins.bellhop.jenkins.health.HostKeysPage;
import io.jenkins.plugins.bellhop.jenkins.health.SharedKeysPage;
import io.jenkins.plugins.bellhop.jenkins.health.UserKeysPage;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.bellhop.jenkins.pages.Deliveries;
import io.jenkins.plugins.bellhop.jenkins.pages.JobConnection;
import io.jenkins.plugins.bellhop.jenkins.pages.PullRequestApprovals;
import io.jenkins.plugins.bellhop.jenkins.pages.RotationPage;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Mallory may create and configure jobs, and sees those of a team. The team's connected job lies in the team's folder, with
 * the folder's own API credential. Whatever she does, neither the connection's key nor its builds become hers.
 */
@WithJenkins
class TakeoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private JenkinsRule jenkins;
    private FreeStyleProject victim;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        bench = new ConnectedJenkins(rule, directory);
        Folder team = rule.createProject(Folder.class, "team");
        FolderCredentialsProperty credentials = new FolderCredentialsProperty(new DomainCredentials[0]);
        team.addProperty(credentials);
        CredentialsStore store = credentials.getStore();
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "team-token",
                        "",
                        Secret.fromString(Stage.GITHUB.credential(bench.forge))));
        victim = team.createProject(FreeStyleProject.class, "app");
        RepositoryConnection property = new RepositoryConnection(bench.sshUrl());
        property.setCredentialsId("team-token");
        victim.addProperty(property);
        bench.awaitConnected(victim);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ, Item.CREATE, Item.CONFIGURE)
                .everywhere()
                .to("mallory")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("reader"));
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void postedConfigurationCopyAndPropertiesGiveMalloryNothing() throws Exception {
        FreeStyleProject posted = jenkins.createFreeStyleProject("posted");
        WorkflowJob scripted = jenkins.createProject(WorkflowJob.class, "scripted");
        try (JenkinsRule.WebClient client = client("mallory")) {
            postXml(
                    client,
                    posted.getUrl() + "config.xml",
                    victim.getConfigFile().asString());
            assertThat(status(client, "createItem?name=copied&mode=copy&from=/team/app", HttpMethod.POST))
                    .isLessThan(400);
        }
        scripted.setDefinition(new CpsFlowDefinition(
                "properties([bellhop(repositoryUrl: '%s', credentialsId: 'team-token')])".formatted(bench.sshUrl()),
                true));
        jenkins.buildAndAssertSuccess(scripted);

        FreeStyleProject copied = jenkins.jenkins.getItemByFullName("copied", FreeStyleProject.class);
        for (Job<?, ?> hers : new Job<?, ?>[] {posted, copied, scripted}) {
            assertThat(RepositoryConnection.of(hers)).as(hers.getName()).isNotNull();
            await().atMost(PATIENCE).until(() -> attempt(hers).isPresent());
            assertThat(attempt(hers).get().sentence()).contains("Choose a credential");
            assertThat(keys(hers)).as(hers.getName()).isZero();
        }
        assertThat(ConnectedJenkins.stored(victim).items()).containsExactly("team/app");
        assertThat(keys(victim)).isEqualTo(1);
        bench.awaitBuild(victim, bench.commit("main", "For the team"));
        jenkins.waitUntilNoActivity();
        assertThat(posted.getLastBuild()).isNull();
        assertThat(copied.getLastBuild()).isNull();
        assertThat(scripted.getLastBuild().getNumber()).isEqualTo(1);
    }

    @Test
    void whoMayMerelyReadTheRepositoryGetsNoSayInItsConnection() throws Exception {
        bench.app.grant("mallory", Role.READ);
        ConnectedJenkins.addToken("hers", bench.forge.createToken("mallory", Set.of("repo", "admin:repo_hook")));
        FreeStyleProject job = jenkins.createFreeStyleProject("reading");
        RepositoryConnection property = new RepositoryConnection(bench.sshUrl());
        property.setCredentialsId("hers");
        job.addProperty(property);

        await().atMost(PATIENCE).until(() -> attempt(job).isPresent());
        assertThat(attempt(job).get().connected()).isFalse();
        RepositoryConnection.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(RepositoryConnection.DescriptorImpl.class);
        try (ACLContext asMallory =
                ACL.as2(User.getOrCreateByIdOrFullName("mallory").impersonate2())) {
            assertThat(form.doConnect(job, bench.sshUrl(), "hers").kind).isEqualTo(FormValidation.Kind.ERROR);
        }
        String fingerprint =
                ConnectedJenkins.stored(victim).connection().fingerprint().toString();
        try (JenkinsRule.WebClient client = client("mallory")) {
            for (String action : new String[] {"revoke", "rotate", "repair", "disconnect", "forget"}) {
                status(client, job.getUrl() + "bellhop/" + action, HttpMethod.POST);
            }
        }
        assertThat(keys(job)).isZero();
        assertThat(ConnectedJenkins.stored(victim).items()).containsExactly("team/app");
        assertThat(ConnectedJenkins.stored(victim).connection().fingerprint()).hasToString(fingerprint);
        assertThat(bench.app.deployKeys()).hasSize(1);
    }

    /** As a person who tries it finds: whatever a method calls first, the answer is no. */
    @Test
    void everyButtonIsRefusedToThoseWhoMayNotPressIt() throws Exception {
        String delivery = "?connection=x&delivery=y";
        List<String> ofReader = new ArrayList<>();
        buttons(JobConnection.class).forEach(name -> ofReader.add(victim.getUrl() + "bellhop/" + name));
        buttons(PullRequestApprovals.class)
                .forEach(name -> ofReader.add(victim.getUrl() + "bellhop/approvals/" + name));
        buttons(Deliveries.class)
                .forEach(name -> ofReader.add(victim.getUrl() + "bellhop/deliveries/" + name + delivery));
        List<String> ofMallory = new ArrayList<>();
        buttons(HostKeysPage.class).forEach(name -> ofMallory.add("manage/bellhop-host-keys/" + name));
        buttons(UserKeysPage.class).forEach(name -> ofMallory.add("manage/bellhop-user-keys/" + name));
        buttons(SharedKeysPage.class).forEach(name -> ofMallory.add("manage/bellhop-shared-keys/" + name));
        buttons(RotationPage.class).forEach(name -> ofMallory.add("manage/bellhop-connections/rotation/" + name));
        buttons(Deliveries.class).forEach(name -> ofMallory.add("manage/bellhop-deliveries/" + name + delivery));
        for (Class<?> monitor : new Class<?>[] {ConnectionMonitor.class, HostKeyMonitor.class}) {
            buttons(monitor).forEach(name -> ofMallory.add("administrativeMonitor/" + monitor.getName() + "/" + name));
        }

        assertThat(ofReader).hasSizeGreaterThan(8);
        assertThat(ofMallory).hasSizeGreaterThan(18);
        assertAllRefused("reader", ofReader);
        assertAllRefused("mallory", ofMallory);
    }

    private static List<String> buttons(Class<?> page) {
        return Stream.of(page.getMethods())
                .filter(method -> method.isAnnotationPresent(RequirePOST.class))
                .map(method -> method.getName().substring(2))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .toList();
    }

    private void assertAllRefused(String user, List<String> paths) throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            for (String path : paths) {
                assertThat(status(client, path, HttpMethod.POST))
                        .as(user + " " + path)
                        .isIn(403, 404);
                assertThat(status(client, path, HttpMethod.GET))
                        .as(user + " " + path)
                        .isIn(403, 404, 405);
            }
        }
    }

    @Test
    void whoMayOnlyReadChangesNothingAndLearnsNoCredential() throws Exception {
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "multi");
        try (JenkinsRule.WebClient client = client("reader")) {
            assertThat(status(client, victim.getUrl() + "bellhop/disconnect", HttpMethod.POST))
                    .isEqualTo(403);
            assertThat(status(client, victim.getUrl() + "bellhop/connect", HttpMethod.POST))
                    .isEqualTo(403);
            assertThat(status(client, victim.getUrl() + "bellhop/disconnect", HttpMethod.GET))
                    .isEqualTo(405);
            String form = "/descriptorByName/" + RepositoryConnection.class.getName();
            assertThat(status(client, victim.getUrl() + form.substring(1) + "/connect", HttpMethod.POST))
                    .isEqualTo(403);
            assertThat(status(client, "administrativeMonitor/" + monitor() + "/tryAgain", HttpMethod.POST))
                    .isEqualTo(403);
        }
        ProjectConnection.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(ProjectConnection.DescriptorImpl.class);
        try (ACLContext asReader =
                ACL.as2(User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThat(form.doFillCredentialsIdItems(project, "", ""))
                    .noneMatch(option -> option.value.equals(ConnectedJenkins.TOKEN_ID));
        }
        assertThat(bench.app.deployKeys()).hasSize(1);
    }

    private static String monitor() {
        return "io.jenkins.plugins.bellhop.jenkins.health.ConnectionMonitor";
    }

    @Test
    void noCallGoesToAHostThatIsNotConfigured() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.2:" + server.getAddress().getPort() + "/acme/app";
        ConnectedJenkins.addToken("hers", bench.forge.createToken("stranger", Set.of("repo")));
        FreeStyleProject job = jenkins.createFreeStyleProject("ssrf");
        RepositoryConnection.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(RepositoryConnection.DescriptorImpl.class);
        try (ACLContext asMallory =
                ACL.as2(User.getOrCreateByIdOrFullName("mallory").impersonate2())) {
            form.doCheckRepositoryUrl(job, url);
            assertThat(form.doConnect(job, url, "hers").getMessage()).contains("No forge is configured for 127.0.0.2");
        } finally {
            server.stop(0);
        }
        assertThat(calls).hasValue(0);
    }

    private static Optional<Attempt> attempt(Job<?, ?> job) {
        return Wiring.get().reconciler().lastAttempt(job);
    }

    private static int keys(Job<?, ?> job) {
        return CredentialsProvider.lookupCredentialsInItem(SSHUserPrivateKey.class, job, ACL.SYSTEM2)
                .size();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user);
    }

    private static void postXml(JenkinsRule.WebClient client, String path, String body) throws Exception {
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/xml");
        request.setRequestBody(body);
        assertThat(client.getPage(request).getWebResponse().getStatusCode())
                .as(path)
                .isLessThan(400);
    }

    private static int status(JenkinsRule.WebClient client, String path, HttpMethod method) throws Exception {
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse().getStatusCode();
    }
}

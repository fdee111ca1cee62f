package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.branch.MultiBranchProjectFactory;
import jenkins.branch.MultiBranchProjectFactoryDescriptor;
import jenkins.branch.OrganizationFolder;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMNavigatorDescriptor;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An organisation folder that asks for its projects' connections. */
@WithJenkins
class OrganizationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private JenkinsRule jenkins;
    private OrganizationFolder folder;

    @BeforeEach
    void organisation(JenkinsRule rule) throws Exception {
        jenkins = rule;
        bench = new ConnectedJenkins(rule, directory);
        Shelf.SOURCES.clear();
        folder = rule.createProject(OrganizationFolder.class, "acme");
        folder.getNavigators().add(new Shelf());
        folder.getProjectFactories().replaceBy(List.of(new Shelf.Everything()));
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
        Shelf.SOURCES.clear();
    }

    @Test
    void newRepositoriesJoinByThemselvesUnlessThePatternsLeaveThemOut() throws Exception {
        SandboxRepository hidden = bench.forge.createRepository("acme", "hidden", true);
        put("app", bench.sshUrl());
        put("hidden", bench.forge.sshUrl(hidden));
        ask("* !hidden");
        scan();
        awaitConnected("acme/app");

        SandboxRepository web = bench.forge.createRepository("acme", "web", true);
        put("web", bench.forge.sshUrl(web));
        scan();
        awaitConnected("acme/web");

        assertThat(web.deployKeys()).hasSize(1);
        assertThat(web.hooks()).hasSize(1);
        assertThat(hidden.deployKeys()).isEmpty();
        assertThat(stored("acme/hidden")).isNull();
        String page = page("job/acme/bellhop/").asNormalizedText();
        assertThat(page)
                .contains("Connected to acme/app with deploy key SHA256:")
                .contains("Not connected: the patterns for repositories leave out hidden.");
        assertThat(page("job/acme/").asNormalizedText()).contains("2 of 3 projects are connected.");
        assertThat(page("job/acme/job/app/").asNormalizedText()).contains("Deploy key");
    }

    @Test
    void pushIsToldToTheRepositorysProjectAndStatusesAreReported() throws Exception {
        bench.app.commit("main", Map.of("Jenkinsfile", "echo 'built'"), "A Jenkinsfile");
        put("app", bench.sshUrl());
        ask("");
        scan();
        awaitConnected("acme/app");
        put("app", bench.sshUrl());
        scan();
        WorkflowMultiBranchProject project = project("app");
        await().atMost(PATIENCE).until(() -> project.getItem("main") != null);
        jenkins.waitUntilNoActivity();

        String commit = bench.commit("main", "News");

        WorkflowJob main = project.getItem("main");
        await().atMost(PATIENCE).until(() -> main.getBuildByNumber(2) != null);
        jenkins.waitUntilNoActivity();
        awaitSentence("acme/app", "Told multibranch project acme/app: branch main changed.");
        bench.awaitState(commit, "success");
        assertThat(page("job/acme/job/app/bellhop/").asNormalizedText())
                .contains("Told multibranch project acme/app: branch main changed.");
        assertThat(page("job/acme/job/app/bellhop/deliveries/").asNormalizedText())
                .contains("branch main changed");
    }

    @Test
    void sourceOfAnotherPluginMakesItsProjectLookAtAll() throws Exception {
        Foreign source = new Foreign(bench.forge.webUrl().toString(), "acme", "app");
        Shelf.SOURCES.put("app", source);
        ask("");
        scan();
        awaitConnected("acme/app");
        jenkins.waitUntilNoActivity();
        int looked = Foreign.looked;

        bench.commit("main", "News");

        awaitSentence("acme/app", "Told multibranch project acme/app: branch main changed.");
        await().atMost(PATIENCE).until(() -> Foreign.looked > looked);
        int again = Foreign.looked;
        bench.proposeFromFork(Map.of("gift.txt", "1"));
        await().atMost(PATIENCE).until(() -> Foreign.looked > again);
    }

    @Test
    void projectThatGoesAndWishThatGoesLeaveTheConnectionToItsGrace() throws Exception {
        SandboxRepository web = bench.forge.createRepository("acme", "web", true);
        put("app", bench.sshUrl());
        put("web", bench.forge.sshUrl(web));
        ask("");
        scan();
        String app = awaitConnected("acme/app").id();
        String second = awaitConnected("acme/web").id();

        project("web").delete();
        folder.getProperties().remove(OrganizationConnection.class);

        await().atMost(PATIENCE).until(() -> byId(app).unwatchedSince().isPresent());
        await().atMost(PATIENCE).until(() -> byId(second).unwatchedSince().isPresent());
        assertThat(byId(app).items()).isEmpty();
        assertThat(bench.app.deployKeys()).hasSize(1);
        ask("");
        assertThat(awaitConnected("acme/app").id()).isEqualTo(app);
    }

    @Test
    void folderThatIsRenamedKeepsItsConnections() throws Exception {
        put("app", bench.sshUrl());
        ask("");
        scan();
        String id = awaitConnected("acme/app").id();

        folder.renameTo("org");

        assertThat(awaitConnected("org/app").id()).isEqualTo(id);
        assertThat(bench.app.deployKeys()).hasSize(1);
    }

    /** Mallory may configure the one project, as far as Jenkins lets her, and read the folder; Frank configures the folder. */
    @Test
    void whoMayConfigureAProjectAloneGainsNothing() throws Exception {
        put("app", bench.sshUrl());
        ask("");
        scan();
        StoredConnection before = awaitConnected("acme/app");
        WorkflowMultiBranchProject project = project("app");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("mallory", "frank")
                .grant(Item.CONFIGURE)
                .onItems(project)
                .to("mallory")
                .grant(Item.CONFIGURE)
                .onItems(folder)
                .to("frank"));

        for (String action :
                List.of("connect", "disconnect", "forget", "rotate", "revoke", "check", "repair", "testOnAgent")) {
            assertThat(post("mallory", "job/acme/job/app/bellhop/" + action))
                    .as(action)
                    .isEqualTo(403);
        }
        assertThat(post("mallory", "job/acme/bellhop/connect")).isEqualTo(403);
        assertThat(post("frank", "job/acme/job/app/bellhop/disconnect")).isEqualTo(400);
        assertThat(byId(before.id()).items()).containsExactly("acme/app");
        assertThat(post("frank", "job/acme/job/app/bellhop/rotate")).isLessThan(400);
        assertThat(byId(before.id()).connection().fingerprint())
                .isNotEqualTo(before.connection().fingerprint());
        try (ACLContext asMallory =
                ACL.as2(User.getOrCreateByIdOrFullName("mallory").impersonate2())) {
            OrganizationConnection.DescriptorImpl form =
                    jenkins.jenkins.getDescriptorByType(OrganizationConnection.DescriptorImpl.class);
            assertThat(form.doFillCredentialsIdItems(folder, ""))
                    .noneMatch(option -> option.value.equals(ConnectedJenkins.TOKEN_ID));
            assertThat(
                            CredentialsProvider.lookupCredentialsInItem(
                                            StandardCredentials.class, project, Jenkins.getAuthentication2())
                                    .stream()
                                    .map(StandardCredentials::getId))
                    .noneMatch(id -> id.startsWith("bellhop-"));
        }
    }

    /** The wish is the folder's, and so is what it gives: a project elsewhere asks for itself. */
    @Test
    void copyOfAProjectElsewhereIsConnectedToNothing() throws Exception {
        put("app", bench.sshUrl());
        ask("");
        scan();
        StoredConnection stored = awaitConnected("acme/app");

        TopLevelItem copy = jenkins.jenkins.copy((TopLevelItem) project("app"), "copy");
        jenkins.waitUntilNoActivity();

        assertThat(Wiring.get().connections().ofItem(copy.getFullName())).isEmpty();
        assertThat(byId(stored.id()).items()).containsExactly("acme/app");
    }

    @Test
    void propertySurvivesItsFormAndWrongPatternsAreRefused() throws Exception {
        ask("app-* !app-old");
        OrganizationConnection before = folder.getProperties().get(OrganizationConnection.class);

        jenkins.submit(jenkins.createWebClient().getPage(folder, "configure").getFormByName("config"));

        jenkins.assertEqualDataBoundBeans(before, folder.getProperties().get(OrganizationConnection.class));
        String tooMany = "a ".repeat(101);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> before.setRepositories(tooMany))
                .withMessageContaining("at most 100 patterns");
        assertThat(jenkins.jenkins
                        .getDescriptorByType(ProjectConnection.DescriptorImpl.class)
                        .isApplicable(OrganizationFolder.class))
                .isFalse();
    }

    private void ask(String repositories) throws Exception {
        OrganizationConnection property = new OrganizationConnection(ConnectedJenkins.TOKEN_ID);
        property.setRepositories(repositories);
        AbstractFolder<?> asking = folder;
        asking.addProperty(property);
    }

    /** With its connection's key, once there is one. */
    private void put(String name, String remote) {
        GitSCMSource source = new GitSCMSource(remote);
        source.setId("shelf::" + name);
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        StoredConnection stored = stored("acme/" + name);
        source.setCredentialsId(stored == null ? "" : "bellhop-" + stored.id());
        Shelf.SOURCES.put(name, source);
    }

    private void scan() throws Exception {
        folder.scheduleBuild2(0).getFuture().get();
    }

    private WorkflowMultiBranchProject project(String name) {
        return (WorkflowMultiBranchProject) (Item) folder.getItem(name);
    }

    private static StoredConnection stored(String item) {
        return Wiring.get().connections().ofItem(item).stream().findFirst().orElse(null);
    }

    private static StoredConnection byId(String id) {
        return Wiring.get().connections().byId(id).orElseThrow();
    }

    private static StoredConnection awaitConnected(String item) {
        await().atMost(PATIENCE)
                .until(() -> stored(item) != null && stored(item).connection().isReady());
        return stored(item);
    }

    private static void awaitSentence(String item, String sentence) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Wiring.get().decisions().of(stored(item).id(), item, 100).stream()
                                        .map(Dated::entry)
                                        .map(entry -> entry.sentence()))
                        .contains(sentence));
    }

    private HtmlPage page(String path) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).goTo(path);
    }

    private int post(String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user);
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    /** Jenkins looks for it in the test's own class. */
    @TestExtension
    public static final class ShelfDescriptor extends SCMNavigatorDescriptor {

        public ShelfDescriptor() {
            super(Shelf.class);
        }

        @Override
        public SCMNavigator newInstance(String name) {
            return null;
        }
    }

    /** Jenkins looks for it in the test's own class. */
    @TestExtension
    public static final class EverythingDescriptor extends MultiBranchProjectFactoryDescriptor {

        public EverythingDescriptor() {
            super(Shelf.Everything.class);
        }

        @Override
        public MultiBranchProjectFactory newInstance() {
            return null;
        }
    }

    /** Says as Bitbucket's source does which repository it reads. */
    public static final class Foreign extends SCMSource {

        static volatile int looked;

        private final String serverUrl;
        private final String repoOwner;
        private final String repository;

        Foreign(String serverUrl, String repoOwner, String repository) {
            this.serverUrl = serverUrl;
            this.repoOwner = repoOwner;
            this.repository = repository;
            setId("foreign");
        }

        public String getServerUrl() {
            return serverUrl;
        }

        public String getRepoOwner() {
            return repoOwner;
        }

        public String getRepository() {
            return repository;
        }

        @Override
        protected void retrieve(
                SCMSourceCriteria criteria, SCMHeadObserver observer, SCMHeadEvent<?> event, TaskListener listener) {
            looked++;
        }

        @Override
        public SCM build(SCMHead head, SCMRevision revision) {
            return new NullSCM();
        }

        /** Jenkins asks for it. */
        @TestExtension
        public static final class DescriptorImpl extends SCMSourceDescriptor {}
    }
}

package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.UserKey;
import io.jenkins.plugins.bellhop.jenkins.connection.Grants;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredUserKey;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.credentials.BuildKeys;
import io.jenkins.plugins.bellhop.jenkins.health.ConnectionMonitor;
import io.jenkins.plugins.bellhop.jenkins.health.Trouble;
import io.jenkins.plugins.bellhop.key.KeyRing;
import io.jenkins.plugins.bellhop.key.RingKey;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Keys of machine users, made on the administrators' page. */
@WithJenkins
class UserKeysTest {

    private static final String CREDENTIAL = "machine-user";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private RepositoryId repository;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
        ConnectedJenkins.addToken(
                CREDENTIAL, bench.forge.createToken("acme", Set.of("repo", "read:user", "admin:public_key")));
        FreeStyleProject job = bench.freestyle("app");
        repository = ConnectedJenkins.stored(job).connection().repository();
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private HtmlForm form(String action) throws Exception {
        HtmlPage page = bench.jenkins.createWebClient().goTo("manage/bellhop-user-keys/");
        return page.getForms().stream()
                .filter(found -> found.getActionAttribute().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private static StoredUserKey only() {
        assertThat(Wiring.get().userKeyFiles().all()).hasSize(1);
        return Wiring.get().userKeyFiles().all().get(0);
    }

    /** As Jenkins' own script posts it, once somebody has said yes. */
    private void confirm(String action) throws Exception {
        JenkinsRule.WebClient client = bench.jenkins.createWebClient();
        HtmlPage page = client.goTo("manage/bellhop-user-keys/");
        List<DomElement> links = page.getByXPath(
                "//a[contains(@class, 'confirmation-link')][starts-with(@data-url, '" + action + "?')]");
        assertThat(links).singleElement().satisfies(link -> {
            assertThat(link.getAttribute("data-post")).isEqualTo("true");
            assertThat(link.getAttribute("data-message")).isNotBlank();
        });
        ConnectedJenkins.post(client, "manage/bellhop-user-keys/" + links.get(0).getAttribute("data-url"));
    }

    private void create(String granted) throws Exception {
        HtmlForm create = form("create");
        create.getInputByName("host").setValue(repository.host());
        create.getInputByName("credentialsId").setValue(CREDENTIAL);
        create.getInputByName("account").setValue("acme");
        create.getTextAreaByName("granted").setText(granted);
        bench.jenkins.submit(create);
    }

    private void grant(String granted) throws Exception {
        HtmlForm grant = form("grant");
        grant.getTextAreaByName("granted").setText(granted);
        bench.jenkins.submit(grant);
    }

    private void awaitProven() {
        await().atMost(PATIENCE).until(() -> only().key().isProvenFor(repository));
    }

    private UserKeyFiles reread() throws Exception {
        return new UserKeyFiles(files());
    }

    private Path files() {
        return bench.jenkins.jenkins.getRootDir().toPath().resolve("bellhop/user-keys");
    }

    private List<String> usableIn(String item) {
        return Wiring.get().userKeyFiles().usableIn(item, repository).stream()
                .map(MachineKey::id)
                .toList();
    }

    @Test
    void aKeyIsMadeGrantedProvenKeptEncryptedRotatedAndRemoved() throws Exception {
        create("app");
        awaitProven();
        MachineKey made = only().key();

        assertThat(usableIn("app")).containsExactly(made.id());
        assertThat(reread().byId(made.id()).orElseThrow().key().proven()).isEqualTo(made.proven());
        assertThat(reread().usableIn("app", repository)).hasSize(1);
        assertThat(Files.readString(files().resolve(made.id() + ".xml"))).doesNotContain("PRIVATE KEY");

        bench.jenkins.submit(form("rotate"));
        assertThat(only().key().key().publicKey()).isNotEqualTo(made.key().publicKey());
        assertThat(reread().byId(made.id()).orElseThrow().key().retired()).hasSize(1);
        assertThat(usableIn("app")).containsExactly(made.id());

        confirm("remove");
        assertThat(Wiring.get().userKeyFiles().all()).isEmpty();
        assertThat(reread().all()).isEmpty();
    }

    @Test
    void buildsWaitWhileTheKeyIsRevokedAndGoOnWithTheNext() throws Exception {
        create("app");
        awaitProven();
        MachineKey leaked = only().key();
        bench.forge.failNext("POST", ".*/user/keys", 500, "{}");
        JenkinsRule.WebClient client = bench.jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        assertThat(client.goTo("manage/bellhop-user-keys/revoke?id=" + leaked.id(), null)
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(405);
        assertThatThrownBy(() -> confirm("revoke")).isInstanceOf(FailingHttpStatusCodeException.class);

        assertThat(only().isRevoked()).isTrue();
        assertThat(reread().byId(leaked.id()).orElseThrow().isRevoked()).isTrue();
        assertThat(usableIn("app")).isEmpty();
        assertThat(toldToAdministrators()).singleElement().asString().startsWith("The key is revoked, and builds");
        assertThat(Wiring.get()
                        .auditTrail()
                        .find(act -> act.detail().equals("asked to revoke user key " + leaked.id()), 0, 1))
                .hasSize(1);
        FreeStyleProject job = bench.jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
        Future<FreeStyleBuild> build = job.scheduleBuild2(0);
        await().atMost(PATIENCE)
                .until(() -> job.getQueueItem() != null
                        && job.getQueueItem().getWhy() != null
                        && job.getQueueItem()
                                .getWhy()
                                .startsWith("Waits for a new key of a machine user: the former one is revoked"));

        bench.jenkins.submit(form("rotate"));
        bench.jenkins.assertBuildStatusSuccess(build.get());
        assertThat(usableIn("app")).containsExactly(leaked.id());
        assertThat(only().key().key().publicKey()).isNotEqualTo(leaked.key().publicKey());
        assertThat(only().key().retired()).isEmpty();
        assertThat(toldToAdministrators()).isEmpty();
    }

    @Test
    void aLeakedKeyGoesToNobodyThoughItsCredentialIsGoneAndCanBeForgotten() throws Exception {
        create("app");
        awaitProven();
        String id = only().id();
        String fingerprint = only().key().key().publicKey().fingerprint().toString();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .removeIf(each -> each instanceof StandardCredentials named
                        && named.getId().equals(CREDENTIAL));
        assertThatThrownBy(() -> confirm("revoke")).isInstanceOf(FailingHttpStatusCodeException.class);

        assertThat(reread().byId(id).orElseThrow().isRevoked()).isTrue();
        assertThat(usableIn("app")).isEmpty();
        assertThat(toldToAdministrators())
                .singleElement()
                .asString()
                .contains("press Forget", "no credential " + CREDENTIAL);
        assertThatThrownBy(() -> confirm("remove")).isInstanceOf(FailingHttpStatusCodeException.class);
        FreeStyleProject job = bench.jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
        Future<FreeStyleBuild> build = job.scheduleBuild2(0);

        confirm("forget");
        bench.jenkins.assertBuildStatusSuccess(build.get());
        assertThat(reread().all()).isEmpty();
        assertThat(Wiring.get().auditTrail().find(act -> act.detail().contains("forgot user key " + id), 0, 1))
                .singleElement()
                .matches(act -> act.detail().contains(fingerprint));
    }

    @Test
    void onlyAdministratorsForgetAKeyAndNotByALink() throws Exception {
        create("app");
        Jenkins jenkins = bench.jenkins.jenkins;
        jenkins.setSecurityRealm(bench.jenkins.createDummySecurityRealm());
        jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("bob")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        JenkinsRule.WebClient client = bench.jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        String forget = "bellhop-user-keys/forget?id=" + only().id();
        client.login("bob");
        assertThat(ConnectedJenkins.post(client, forget).getWebResponse().getStatusCode())
                .isEqualTo(403);
        client.login("admin");
        assertThat(client.goTo(forget, null).getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(Wiring.get().userKeyFiles().all()).hasSize(1);
    }

    @Test
    void anAccountThatIsNotConfirmedByNameGetsNoKey() {
        assertThatThrownBy(() -> Wiring.get()
                        .userKeyCare()
                        .create(repository.host(), CREDENTIAL, "somebody", Grants.typed("app")))
                .hasMessageContaining("It belongs to acme")
                .hasMessageContaining("machine user");
        assertThatThrownBy(
                        () -> Wiring.get().userKeyCare().create(repository.host(), "none", "acme", Grants.typed("app")))
                .hasMessageContaining("no credential none");
        assertThatThrownBy(() ->
                        Wiring.get().userKeyCare().create(repository.host(), CREDENTIAL, "acme", Grants.typed("new")))
                .hasMessage("There is no item or folder new");
        assertThat(Wiring.get().userKeyFiles().all()).isEmpty();
    }

    /** What a build of a Pipeline job would do to get hold of the key: its checkout, its steps. */
    private WorkflowRun build(WorkflowJob job, String url) throws Exception {
        job.setDefinition(new CpsFlowDefinition("""
                node('%1$s') {
                  checkout scmGit(branches: [[name: '**']], extensions: [connectionKeys()], userRemoteConfigs: [[url: '%2$s']])
                  withRepositoryKeys {
                    sh 'git ls-remote %2$s && cat "$PWD@tmp"/bellhop-keys-*/*'
                  }
                }
                """.formatted(bench.agent.getNodeName(), url), true));
        return bench.jenkins.buildAndAssertSuccess(job);
    }

    private WorkflowJob connected(String name, String url, String credentialsId) throws Exception {
        WorkflowJob job = bench.jenkins.createProject(WorkflowJob.class, name);
        RepositoryConnection property = new RepositoryConnection(url);
        property.setCredentialsId(credentialsId);
        job.addProperty(property);
        bench.awaitConnected(job);
        return job;
    }

    /** In none of the ways in which a job gets keys. */
    private void assertHasNot(StoredUserKey key, WorkflowJob job, String url) throws Exception {
        WorkflowRun run = build(job, url);
        String log = JenkinsRule.getLog(run);
        assertThat(log).contains("deploy key of ").doesNotContain("user key of");
        // Between the line with which all keys begin and those of the comment.
        assertThat(key.key().key().privateText().lines().skip(2).limit(3))
                .hasSize(3)
                .noneMatch(log::contains);
        for (KeyRing ring :
                List.of(BuildKeys.forCheckout(run, TaskListener.NULL), BuildKeys.forSteps(run, TaskListener.NULL))) {
            assertThat(ring.keys()).isNotEmpty().noneMatch(offered -> offered.kind() == RingKey.Kind.USER);
        }
        assertThat(CredentialsProvider.lookupCredentialsInItem(SSHUserPrivateKey.class, job, ACL.SYSTEM2, List.of()))
                .isNotEmpty()
                .noneMatch(offered ->
                        offered.getPrivateKeys().contains(key.key().key().privateText()));
    }

    @Test
    void aJobThatNoAdministratorNamedNeverGetsTheKeyWhateverItIsConnectedTo() throws Exception {
        SandboxRepository hers = bench.forge.createRepository("mallory", "x", false);
        ConnectedJenkins.addToken("hers", bench.forge.createToken("mallory", Set.of("repo", "admin:repo_hook")));
        WorkflowJob mallorys = connected("mallory", bench.forge.sshUrl(hers), "hers");
        WorkflowJob joined = connected("joined", bench.sshUrl(), ConnectedJenkins.TOKEN_ID);
        WorkflowJob teams = connected("team", bench.sshUrl(), ConnectedJenkins.TOKEN_ID);
        create("team");
        awaitProven();

        assertThat(JenkinsRule.getLog(build(teams, bench.sshUrl())))
                .contains("Bellhop offers user key of acme")
                .contains("PRIVATE KEY");
        assertHasNot(only(), mallorys, bench.forge.sshUrl(hers));
        assertHasNot(only(), joined, bench.sshUrl());
        assertThat(only().key().proven()).containsOnlyKeys(repository.key());
    }

    @Test
    void nobodyGetsItForAPublicRepositoryThoughItIsNamed() throws Exception {
        SandboxRepository open = bench.forge.createRepository("acme", "open", false);
        WorkflowJob job = connected("open", bench.forge.sshUrl(open), ConnectedJenkins.TOKEN_ID);
        create("open\napp");
        awaitProven();

        assertHasNot(only(), job, bench.forge.sshUrl(open));
        assertThat(only().key().proven()).containsOnlyKeys(repository.key());
    }

    @Test
    void itIsTakenAwayAtOnceAndANameThatIsUsedAgainHasItNot() throws Exception {
        create("");
        assertThat(usableIn("app")).isEmpty();
        assertThat(only().key().proven()).isEmpty();
        grant("app");
        awaitProven();
        assertThat(usableIn("app")).hasSize(1);

        FreeStyleProject job = bench.jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
        job.renameTo("shop");
        assertThat(usableIn("app")).isEmpty();
        assertThat(usableIn("shop")).hasSize(1);
        assertThat(reread().usableIn("shop", repository)).hasSize(1);

        job.delete();
        assertThat(usableIn("shop")).isEmpty();
        assertThat(reread().usableIn("shop", repository)).isEmpty();
    }

    @Test
    void aKeyOfAnEarlierVersionIsNobodysUntilItIsGranted() throws Exception {
        create("app");
        awaitProven();
        Path file = files().resolve(only().id() + ".xml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("(?s)<granted>.*</granted>", "")
                        .replaceAll("<(failed|lost)/>", ""));

        assertThat(Files.readString(file)).contains("<proven>").doesNotContain("granted", "failed", "lost");
        StoredUserKey read = reread().byId(only().id()).orElseThrow();
        assertThat(read.grants()).hasToString("nobody");
        assertThat(read.key().proven()).isEmpty();
        assertThat(read.key().key().publicKey()).isEqualTo(only().key().key().publicKey());
        assertThat(reread().usableIn("app", repository)).isEmpty();
    }

    private static List<String> toldToAdministrators() {
        return ExtensionList.lookupSingleton(ConnectionMonitor.class).getTroubles().stream()
                .filter(trouble -> trouble.getPath().equals("manage/bellhop-user-keys/"))
                .map(Trouble::getSentence)
                .toList();
    }

    @Test
    void administratorsAreToldOfAKeyThatDoesNotOpenWhatItDidAndOfATokenThatDied() throws Exception {
        create("app");
        awaitProven();
        Wiring.get().userKeyCare().lookAtAll();
        assertThat(toldToAdministrators()).isEmpty();
        String token = bench.forge.createToken("acme", Set.of("admin:public_key"));
        ForgeApi.UserKeys atForge = Wiring.get()
                .forges()
                .of(repository.host())
                .orElseThrow()
                .api(io.jenkins.plugins.bellhop.delivery.Secret.of(token))
                .userKeys();
        for (UserKey key : atForge.list()) {
            atForge.remove(key.id());
        }

        Wiring.get().userKeyCare().lookAtAll();
        await().atMost(PATIENCE).until(() -> toldToAdministrators().size() == 2);
        assertThat(toldToAdministrators().get(0)).contains("isn't at the forge any more");
        assertThat(toldToAdministrators().get(1)).startsWith("acme/app: ");
        assertThat(usableIn("app")).isEmpty();
        assertThat(reread().all().get(0).troubles()).isEqualTo(toldToAdministrators());

        SystemCredentialsProvider.getInstance().getCredentials().removeIf(Objects::nonNull);
        Wiring.get().userKeyCare().lookAtAll();
        assertThat(toldToAdministrators().get(0)).contains("no credential " + CREDENTIAL);
    }

    @Test
    void theHealthCheckAdvisesAgainstKeysThatOpenMoreThanTheyShould() throws Exception {
        SandboxRepository secret = bench.forge.createRepository("acme", "secret", true);
        FreeStyleProject other = bench.jenkins.createFreeStyleProject("secret");
        RepositoryConnection property = new RepositoryConnection(bench.forge.sshUrl(secret));
        property.setCredentialsId(ConnectedJenkins.TOKEN_ID);
        other.addProperty(property);
        bench.awaitConnected(other);
        create("app\nsecret");
        awaitProven();
        assertThat(adviceOnApp()).extracting(Finding::kind).containsExactly(Kind.DEPLOY_KEY_WOULD_DO);

        Jenkins jenkins = bench.jenkins.jenkins;
        jenkins.setSecurityRealm(bench.jenkins.createDummySecurityRealm());
        jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Item.READ, Item.CONFIGURE)
                .onItems(jenkins.getItem("app"))
                .to("alice")
                .grant(Item.READ)
                .everywhere()
                .to("bob"));
        User.getById("alice", true);
        User.getById("bob", true);
        assertThat(adviceOnApp())
                .filteredOn(finding -> finding.kind() == Kind.KEY_REACHES_FURTHER)
                .singleElement()
                .matches(finding -> finding.sentence().contains("alice")
                        && finding.sentence().contains("acme/secret"));
        User.getById("acme", true);
        assertThat(adviceOnApp()).extracting(Finding::kind).contains(Kind.PERSONAL_ACCOUNT);
    }

    private static List<Finding> adviceOnApp() throws Exception {
        StoredConnection stored =
                Wiring.get().connections().ofItem("app").stream().findFirst().orElseThrow();
        return Wiring.get().healthRounds().lookNow(stored).findings();
    }
}

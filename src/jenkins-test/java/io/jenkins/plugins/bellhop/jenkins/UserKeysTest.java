package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredUserKey;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyFiles;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
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
        HtmlPage page = bench.jenkins.createWebClient().goTo("bellhop-user-keys/");
        return page.getForms().stream()
                .filter(found -> found.getActionAttribute().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private static StoredUserKey only() {
        assertThat(Wiring.get().userKeyFiles().all()).hasSize(1);
        return Wiring.get().userKeyFiles().all().get(0);
    }

    @Test
    void aKeyIsMadeProvenKeptEncryptedRotatedAndRemoved() throws Exception {
        HtmlForm create = form("create");
        create.getInputByName("host").setValue(repository.host());
        create.getInputByName("credentialsId").setValue(CREDENTIAL);
        create.getInputByName("account").setValue("acme");
        bench.jenkins.submit(create);
        MachineKey made = only().key();

        assertThat(Wiring.get().userKeyFiles().provenFor(repository).map(MachineKey::id))
                .contains(made.id());
        Path files = bench.jenkins.jenkins.getRootDir().toPath().resolve("bellhop/user-keys");
        assertThat(new UserKeyFiles(files).byId(made.id()).orElseThrow().key().proven())
                .isEqualTo(made.proven());
        assertThat(Files.readString(files.resolve(made.id() + ".xml"))).doesNotContain("PRIVATE KEY");

        bench.jenkins.submit(form("rotate"));
        assertThat(only().key().key().publicKey()).isNotEqualTo(made.key().publicKey());
        assertThat(new UserKeyFiles(files).byId(made.id()).orElseThrow().key().retired())
                .hasSize(1);

        bench.jenkins.submit(form("remove"));
        assertThat(Wiring.get().userKeyFiles().all()).isEmpty();
        assertThat(new UserKeyFiles(files).all()).isEmpty();
    }

    @Test
    void anAccountThatIsNotConfirmedByNameGetsNoKey() {
        assertThatThrownBy(() -> Wiring.get().userKeyCare().create(repository.host(), CREDENTIAL, "somebody"))
                .hasMessageContaining("It belongs to acme")
                .hasMessageContaining("machine user");
        assertThatThrownBy(() -> Wiring.get().userKeyCare().create(repository.host(), "none", "acme"))
                .hasMessageContaining("no credential none");
        assertThat(Wiring.get().userKeyFiles().all()).isEmpty();
    }

    @Test
    void theHealthCheckAdvisesAgainstKeysThatOpenMoreThanTheyShould() throws Exception {
        SandboxRepository secret = bench.forge.createRepository("acme", "secret", true);
        FreeStyleProject other = bench.jenkins.createFreeStyleProject("secret");
        RepositoryConnection property = new RepositoryConnection(bench.forge.sshUrl(secret));
        property.setCredentialsId(ConnectedJenkins.TOKEN_ID);
        other.addProperty(property);
        bench.awaitConnected(other);
        Wiring.get().userKeyCare().create(repository.host(), CREDENTIAL, "acme");
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

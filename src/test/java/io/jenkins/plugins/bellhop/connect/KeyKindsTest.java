package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers refuse of keys: Ed25519, for which RSA takes the place, and users' keys that a token may not change. */
class KeyKindsTest {

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final Site site = new Site(URI.create("https://ci.example.com/"));
    private final FakeStore store = new FakeStore(new Faults());
    private final Map<String, MachineKey> machineKeys = new HashMap<>();
    private SandboxForge sandbox;
    private SandboxRepository app;
    private KeyProof git;

    private void start(Stage stage) throws Exception {
        sandbox = SandboxForge.start(directory.resolve("forge"), stage.kind());
        app = stage.repository(sandbox);
        HostKeys hostKeys = HostKeys.pinned().restored(KnownHosts.parse(sandbox.knownHosts()));
        GitProof proof = new GitProof("git", () -> hostKeys, Files.createDirectory(directory.resolve("keys")));
        git = (url, key) -> proof.prove(url, key)
                .match(
                        proven -> Optional.empty(),
                        not -> Optional.of(not.failure().sentence()));
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    private ForgeApi api(Stage stage, String token) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        return stage.forge(sandbox, http).api(Secret.of(token));
    }

    private MachineKeys machineKeys() {
        return new MachineKeys(site, new KeptInMemory(), git, clock);
    }

    private Connection connect(ForgeApi api) throws ConnectFailure {
        return new Connector(site, store, git).connect(RepositoryName.parse(app.fullName()), api);
    }

    @Test
    void aServerThatRefusesEd25519IsConnectedWithRsaAndStaysSo() throws Exception {
        start(Stage.BITBUCKET_DC);
        sandbox.dataCenter().installation().ed25519(false);
        ForgeApi api = api(Stage.BITBUCKET_DC, Stage.BITBUCKET_DC.credential(sandbox));
        Connection connection = connect(api);

        assertThat(connection.publicKey().line()).startsWith("ssh-rsa ");
        assertThat(app.deployKeys()).hasSize(1);
        assertThat(app.hooks()).hasSize(1);
        assertThat(store.connections).containsOnlyKeys(connection.id());
        new Rotation(site, store, git, (id, time) -> false, clock).rotate(connection.id(), api);
        assertThat(store.connections.get(connection.id()).publicKey().line())
                .startsWith("ssh-rsa ")
                .isNotEqualTo(connection.publicKey().line());
    }

    @Test
    void aRotationGoesOverToRsaWhenTheServerHasBecomeStricter() throws Exception {
        start(Stage.BITBUCKET_DC);
        ForgeApi api = api(Stage.BITBUCKET_DC, Stage.BITBUCKET_DC.credential(sandbox));
        Connection connection = connect(api);
        assertThat(connection.publicKey().line()).startsWith("ssh-ed25519 ");
        sandbox.dataCenter().installation().ed25519(false);
        new Rotation(site, store, git, (id, time) -> false, clock).rotate(connection.id(), api);

        assertThat(store.connections.get(connection.id()).publicKey().line()).startsWith("ssh-rsa ");
        assertThat(store.turnovers.get(connection.id()).isUnfinished()).isFalse();
    }

    @Test
    void aUserKeyIsRsaToo() throws Exception {
        start(Stage.BITBUCKET_DC);
        sandbox.dataCenter().installation().ed25519(false);
        ForgeApi api = api(Stage.BITBUCKET_DC, Stage.BITBUCKET_DC.credential(sandbox));
        MachineKey made = machineKeys().create("host", "admin", api);

        assertThat(made.key().publicLine()).startsWith("ssh-rsa ");
        assertThat(machineKeys).containsValue(made);
        assertThat(git.failure(sandbox.sshUrl(app), made.key())).isEmpty();
    }

    @Test
    void aTokenThatMayReadUsersKeysButNotChangeThemIsToldBeforeAnythingIsMade() throws Exception {
        start(Stage.GITHUB);
        for (String scope : Set.of("read:public_key", "write:public_key")) {
            sandbox.forgetRequests();
            ForgeApi api = api(Stage.GITHUB, sandbox.createToken("acme", Set.of("repo", "read:user", scope)));

            assertThatThrownBy(() -> machineKeys().create("host", "acme", api))
                    .hasMessageContaining("lacks the scope \"admin:public_key\"")
                    .hasMessageContaining(scope)
                    .hasMessageContaining("https://");
            assertThat(sandbox.requests()).allMatch(request -> request.method().equals("GET"));
        }
        assertThat(machineKeys).isEmpty();
    }

    @Test
    void aFineGrainedTokenHasNoScopesToLookAt() throws Exception {
        start(Stage.GITHUB);
        ForgeApi api = api(
                Stage.GITHUB, sandbox.createFineGrainedToken("acme", Set.of("metadata:read", "git_ssh_keys:write")));

        assertThat(machineKeys().create("host", "acme", api).isReady()).isTrue();
    }

    @Test
    void anOrganisationThatForbidsDeployKeysIsExplainedWithALink() throws Exception {
        start(Stage.GITHUB);
        sandbox.createOrganization("strict");
        sandbox.addMember("strict", "acme", Role.ADMIN);
        app = sandbox.createRepository("strict", "app", true);
        sandbox.forbidDeployKeys("strict");
        ForgeApi api = api(Stage.GITHUB, Stage.GITHUB.credential(sandbox));

        assertThatThrownBy(() -> connect(api))
                .hasMessageContaining("forbids deploy keys")
                .hasMessageContaining("https://docs.github.com/organizations/");
        assertThat(app.deployKeys()).isEmpty();
        assertThat(store.connections).isEmpty();
    }

    /** User keys in memory. */
    private final class KeptInMemory implements MachineKeyStore {

        @Override
        public Optional<MachineKey> find(String id) {
            return Optional.ofNullable(machineKeys.get(id));
        }

        @Override
        public void save(MachineKey key) throws IOException {
            machineKeys.put(key.id(), key);
        }

        @Override
        public void remove(String id) {
            machineKeys.remove(id);
        }
    }
}

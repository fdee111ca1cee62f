package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shared keys over each Bitbucket's own API, tried by real git over real SSH. */
class SharedKeyOnForgesTest {

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final Map<String, SharedKey> stored = new ConcurrentHashMap<>();
    private SandboxForge sandbox;
    private ForgeApi api;
    private SandboxRepository app;
    private SandboxRepository lib;
    private KeyProof git;
    private SharedKeys keys;
    private SharedRotation rotation;

    private void start(Stage stage) throws Exception {
        sandbox = SandboxForge.start(directory.resolve("forge"), stage.kind());
        app = stage.repository(sandbox);
        lib = sandbox.createRepository(app.owner(), "app-lib", true);
        HttpClient http =
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        api = stage.forge(sandbox, http).api(Secret.of(stage.credential(sandbox)));
        HostKeys hostKeys = HostKeys.pinned().restored(KnownHosts.parse(sandbox.knownHosts()));
        GitProof proof = new GitProof("git", () -> hostKeys, Files.createDirectory(directory.resolve("keys")));
        git = (url, key) -> proof.prove(url, key)
                .match(
                        proven -> Optional.empty(),
                        not -> Optional.of(not.failure().sentence()));
        Site site = new Site(URI.create("https://ci.example.com/"));
        SharedKeyStore store = new Store();
        keys = new SharedKeys(site, store, git, clock);
        rotation = new SharedRotation(site, store, git, clock);
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    private static RepositoryName name(SandboxRepository repository) {
        return RepositoryName.parse(repository.fullName());
    }

    private SharedKey only() {
        assertThat(stored).hasSize(1);
        return stored.values().iterator().next();
    }

    private Optional<String> failure(SandboxRepository repository) {
        return git.failure(sandbox.sshUrl(repository), only().key());
    }

    @ParameterizedTest
    @EnumSource(names = {"BITBUCKET_CLOUD", "BITBUCKET_DC"})
    void oneKeyOpensTwoRepositoriesRotatesAndGoes(Stage stage) throws Exception {
        start(stage);
        String id = keys.create("host", "libraries", Optional.empty(), api).id();
        keys.attach(id, name(app), api);
        keys.attach(id, name(lib), api);
        assertThat(failure(app)).isEmpty();
        assertThat(failure(lib)).isEmpty();

        rotation.rotate(id, api);
        assertThat(failure(lib)).isEmpty();
        assertThat(lib.deployKeys()).hasSize(2).allMatch(key -> key.readOnly());
        clock.pass(SharedRotation.RETIREMENT);
        rotation.settle(id, api);
        assertThat(lib.deployKeys()).hasSize(1);

        keys.detach(id, api.repositories().read(name(app)).id(), api);
        assertThat(failure(app)).isPresent();
        assertThat(failure(lib)).isEmpty();
        keys.remove(id, api);
        assertThat(app.deployKeys()).isEmpty();
        assertThat(lib.deployKeys()).isEmpty();
        assertThat(stored).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BITBUCKET_CLOUD", "BITBUCKET_DC"})
    void aRevokedKeyOpensNothingAndAnotherOpensAll(Stage stage) throws Exception {
        start(stage);
        String id = keys.create("host", "libraries", Optional.empty(), api).id();
        keys.attach(id, name(app), api);
        keys.attach(id, name(lib), api);
        SshKeyPair leaked = only().key();
        rotation.withdraw(id);
        rotation.rotate(id, api);

        assertThat(git.failure(sandbox.sshUrl(app), leaked)).isPresent();
        assertThat(git.failure(sandbox.sshUrl(lib), leaked)).isPresent();
        assertThat(failure(app)).isEmpty();
        assertThat(failure(lib)).isEmpty();
        assertThat(lib.deployKeys()).hasSize(1).allMatch(key -> key.readOnly());
    }

    @ParameterizedTest
    @EnumSource(names = {"BITBUCKET_CLOUD", "BITBUCKET_DC"})
    void aProjectsKeyOpensEveryRepositoryInItAndRotates(Stage stage) throws Exception {
        start(stage);
        String project = stage == Stage.BITBUCKET_DC ? app.owner() : app.owner() + "/SAND";
        String id = keys.create("host", "all", Optional.of(project), api).id();
        keys.attach(id, name(app), api);
        keys.attach(id, name(lib), api);
        rotation.rotate(id, api);
        clock.pass(SharedRotation.RETIREMENT);
        rotation.settle(id, api);

        assertThat(failure(app)).isEmpty();
        assertThat(failure(lib)).isEmpty();
        assertThat(app.deployKeys()).isEmpty();
        assertThat(app.account().deployKeys()).hasSize(1).allMatch(key -> key.readOnly());
        keys.remove(id, api);
        assertThat(app.account().deployKeys()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BITBUCKET_CLOUD", "BITBUCKET_DC"})
    void aRepositoryThatIsGoneStandsInTheWayAndIsNamed(Stage stage) throws Exception {
        start(stage);
        String id = keys.create("host", "libraries", Optional.empty(), api).id();
        keys.attach(id, name(app), api);
        keys.attach(id, name(lib), api);
        lib.delete();

        assertThatThrownBy(() -> rotation.rotate(id, api))
                .hasMessageContaining("Not rotated")
                .hasMessageContaining(name(lib) + " (");
        assertThat(failure(app)).isEmpty();
        assertThat(app.deployKeys()).hasSize(1);
    }

    @Test
    void gitHubTakesAKeyForOneRepositoryAlone() throws Exception {
        start(Stage.GITHUB);
        String id = keys.create("host", "libraries", Optional.empty(), api).id();
        keys.attach(id, name(app), api);

        assertThatThrownBy(() -> keys.attach(id, name(lib), api))
                .hasMessageContaining("GitHub takes a key only once, for one repository");
        assertThat(failure(app)).isEmpty();
        assertThat(lib.deployKeys()).isEmpty();
        assertThat(only().attachments()).hasSize(1);
    }

    /** Shared keys in memory. */
    private final class Store implements SharedKeyStore {

        @Override
        public List<SharedKey> all() {
            return List.copyOf(stored.values());
        }

        @Override
        public void save(SharedKey key) throws IOException {
            stored.put(key.id(), key);
        }

        @Override
        public void remove(String id) {
            stored.remove(id);
        }
    }
}

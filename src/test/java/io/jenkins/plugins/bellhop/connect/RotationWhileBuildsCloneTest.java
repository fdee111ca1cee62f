package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.key.SshConfig;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real git over real SSH, on each forge: three repositories are cloned in a loop while all their keys rotate. Every build gets
 * its key before a rotation and uses it again after.
 */
class RotationWhileBuildsCloneTest {

    private static final int ROTATIONS = 3;
    private static final Duration GLANCE = Duration.ofMillis(2);

    @TempDir
    private Path directory;

    private final SharedStore store = new SharedStore();
    private final Map<String, Instant> runningSince = new ConcurrentHashMap<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger usedAfterRotation = new AtomicInteger();
    private final AtomicInteger cloned = new AtomicInteger();
    private final AtomicInteger builds = new AtomicInteger();
    private volatile boolean over;
    private HostKeys hostKeys;
    private Path keys;

    @ParameterizedTest
    @EnumSource
    void notOneCloneFails(Stage stage) throws Exception {
        keys = Files.createDirectory(directory.resolve("keys"));
        try (SandboxForge sandbox = SandboxForge.start(directory.resolve("forge"), stage.kind())) {
            hostKeys = HostKeys.pinned().restored(KnownHosts.parse(sandbox.knownHosts()));
            List<SandboxRepository> repositories = repositories(sandbox, stage);
            HttpClient http =
                    HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
            ForgeApi api = stage.forge(sandbox, http).api(Secret.of(stage.credential(sandbox)));
            rotateWhileBuildsClone(repositories, api);

            assertThat(failures).isEmpty();
            assertThat(usedAfterRotation).hasValueGreaterThanOrEqualTo(ROTATIONS * repositories.size());
            assertThat(repositories)
                    .allSatisfy(
                            repository -> assertThat(repository.deployKeys()).hasSize(1));
        }
    }

    private static List<SandboxRepository> repositories(SandboxForge sandbox, Stage stage) {
        SandboxRepository app = stage.repository(sandbox);
        String owner = app.fullName().substring(0, app.fullName().indexOf('/'));
        return List.of(
                app, sandbox.createRepository(owner, "app-lib", true), sandbox.createRepository(owner, "tools", true));
    }

    private void rotateWhileBuildsClone(List<SandboxRepository> repositories, ForgeApi api) throws Exception {
        Site site = new Site(URI.create("https://ci.example.com/"));
        GitProof git = new GitProof("git", () -> hostKeys, keys);
        KeyProof proof = (url, key) -> git.prove(url, key)
                .match(
                        proven -> Optional.empty(),
                        not -> Optional.of(not.failure().sentence()));
        KeyUse use = (id, time) ->
                runningSince.containsKey(id) && !runningSince.get(id).isAfter(time);
        Rotation rotation = new Rotation(site, store, proof, use, clock);
        Connector connector = new Connector(site, store, proof);
        List<String> ids = new ArrayList<>();
        List<Thread> builders = new ArrayList<>();
        for (SandboxRepository repository : repositories) {
            String id = connector
                    .connect(RepositoryName.parse(repository.fullName()), api)
                    .id();
            ids.add(id);
            builders.add(new Thread(() -> buildInALoop(id)));
        }
        builders.forEach(Thread::start);
        for (int round = 0; round < ROTATIONS; round++) {
            int rounds = round + 1;
            await(() -> cloned.get() >= rounds * ids.size() || !failures.isEmpty());
            for (String id : ids) {
                rotation.rotate(id, api);
                clock.pass(Rotation.SHORTEST_RETIREMENT);
                rotation.finish(id, api);
            }
        }
        await(() -> builds.get() >= ROTATIONS * ids.size() || !failures.isEmpty());
        over = true;
        for (Thread builder : builders) {
            builder.join();
        }
        for (String id : ids) {
            rotation.finish(id, api);
        }
    }

    private void buildInALoop(String id) {
        while (!over) {
            runningSince.put(id, clock.instant());
            try {
                build(id);
            } catch (IOException | InterruptedException | RuntimeException e) {
                failures.add(e.toString());
            }
            runningSince.remove(id);
            builds.incrementAndGet();
        }
    }

    /** Gets the key once, as an agent does, and uses it before a rotation and after. */
    private void build(String id) throws IOException, InterruptedException {
        Custody custody = store.byId.get(id);
        try (KeyDirectory held = KeyDirectory.create(keys)) {
            Path identity =
                    held.write("identity", custody.usableKey().orElseThrow().reveal());
            SshHost host = new SshHost("127.0.0.1", port(custody.connection().sshUrl()));
            Path known = held.write("known_hosts", hostKeys.fileFor(host));
            SshConfig config = SshConfig.of(identity.toString(), known.toString());
            Map<String, String> ssh = SshConfig.gitEnvironment(
                    held.write("ssh_config", config.text()).toString());
            Path workspace = held.path().resolve("workspace");
            git(ssh, "clone", "--quiet", custody.connection().sshUrl(), workspace.toString());
            cloned.incrementAndGet();
            await(() -> over || changed(id, custody));
            git(ssh, "-C", workspace.toString(), "fetch", "--quiet", "origin");
            usedAfterRotation.addAndGet(changed(id, custody) ? 1 : 0);
        }
    }

    private boolean changed(String id, Custody custody) {
        return !store.byId
                .get(id)
                .connection()
                .publicKey()
                .equals(custody.connection().publicKey());
    }

    private static int port(String sshUrl) {
        return URI.create(sshUrl).getPort();
    }

    private void git(Map<String, String> ssh, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(ssh);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            failures.add(arguments[0] + ": " + output);
        }
    }

    private static void await(BooleanSupplier condition) {
        Instant latest = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean() && Instant.now().isBefore(latest)) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** Connections that many threads see. */
    private static final class SharedStore implements ConnectionStore, CustodyStore {

        private final Map<String, Custody> byId = new ConcurrentHashMap<>();

        @Override
        public Optional<Connection> find(RepositoryId repository) {
            return byId.values().stream()
                    .map(Custody::connection)
                    .filter(connection -> connection.repository().equals(repository))
                    .findFirst();
        }

        @Override
        public void save(Connection connection, ConnectionSecrets secrets) {
            byId.put(connection.id(), new Custody(connection, secrets, Turnover.NONE));
        }

        @Override
        public void remove(String connectionId) {
            byId.remove(connectionId);
        }

        @Override
        public Optional<Custody> custody(String connectionId) {
            return Optional.ofNullable(byId.get(connectionId));
        }

        @Override
        public void change(String connectionId, UnaryOperator<Custody> change) {
            byId.computeIfPresent(connectionId, (id, custody) -> change.apply(custody));
        }
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.connect.Rotation;
import io.jenkins.plugins.bellhop.connect.Site;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is rotated without anybody at the page, and in which order. */
@WithJenkins
class RotationsTest {

    private static final Credentials MAKER = new Credentials("token", "app");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OF_MALLORY = "of-mallory";
    private static final String NO_WAY_IN = "no way in";

    @TempDir
    Path directory;

    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean interrupted;
    private volatile Optional<String> closed = Optional.empty();
    private Optional<Duration> longestAge = Optional.empty();

    private SandboxForge sandbox;
    private Forge forge;
    private ConnectionFiles files;
    private Site site;
    private Rotations rotations;
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        sandbox = SandboxForge.start(directory.resolve("forge"));
        forge = GitHubForge.enterprise(sandbox.apiUrl(), HttpClient.newHttpClient(), Clock.systemUTC());
        files = new ConnectionFiles(directory.resolve("connections"));
        site = new Site(URI.create("https://ci.example.com/"));
        rotations = new Rotations(
                files,
                new Apis(new Forges(() -> List.of(forge)), new TokenForAll()),
                this::rotation,
                () -> longestAge,
                oneAtATime,
                Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        gate.countDown();
        rotations.close();
        sandbox.close();
    }

    private Rotation rotation() {
        return new Rotation(
                site,
                files.custodies(Clock.systemUTC()),
                (sshUrl, key) -> {
                    tried.add(sshUrl);
                    passGate();
                    if (interrupted) {
                        throw new IllegalStateException("Jenkins goes down");
                    }
                    return closed;
                },
                (id, time) -> true,
                Clock.systemUTC());
    }

    private void passGate() {
        try {
            gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection connected(String name) throws Exception {
        sandbox.createRepository("acme", name, true);
        return new Connector(site, files.madeWith(MAKER, Instant.now()), (sshUrl, key) -> Optional.empty())
                .connect(new RepositoryName("acme", name), forge.api(Secret.of(newToken())));
    }

    private String newToken() {
        return sandbox.createToken("acme", Set.of("repo", "admin:repo_hook"));
    }

    private void revokedWithoutAnotherKey(String id) {
        closed = Optional.of(NO_WAY_IN);
        assertThat(catchThrowableOfType(ConnectFailure.class, () -> rotations.revokeNow(id)))
                .hasMessageContaining(NO_WAY_IN);
        closed = Optional.empty();
        tried.clear();
    }

    /** Of those that are worked off one after the other, a waiting revocation comes next. */
    @Test
    void aRevocationThatWaitsForItsNewKeyDoesNotWaitForARotationOfMany() throws Exception {
        Connection first = connected("first");
        Connection revoked = connected("revoked");
        Connection last = connected("last");
        revokedWithoutAnotherKey(revoked.id());
        gate = new CountDownLatch(1);
        rotations.rotateAll(List.of(first.id(), last.id()));
        await().atMost(PATIENCE).until(() -> tried.size() == 1);
        rotations.start();
        await().atMost(PATIENCE).until(oneAtATime::hasQueuedThreads);
        gate.countDown();
        await().atMost(PATIENCE).until(() -> tried.size() == 3);

        assertThat(tried).containsExactly(first.sshUrl(), revoked.sshUrl(), last.sshUrl());
    }

    @Test
    void inARoundRevokedOnesComeFirst() throws Exception {
        List<Connection> all = List.of(connected("a"), connected("b"), connected("c"), connected("d"));
        String last = files.all().get(all.size() - 1).id();
        interrupted = true;
        for (Connection connection : all) {
            catchThrowableOfType(IllegalStateException.class, () -> rotations.rotateNow(connection.id()));
        }
        interrupted = false;
        revokedWithoutAnotherKey(last);
        rotations.start();
        await().atMost(PATIENCE).until(() -> tried.size() == all.size());

        assertThat(tried.get(0))
                .isEqualTo(files.byId(last).orElseThrow().connection().sshUrl());
    }

    @Test
    void aKeyThatSomebodyRemovedIsBroughtBackNeitherByAgeNorWithMany() throws Exception {
        Connection removed = connected("removed");
        Connection old = connected("old");
        SandboxRepository repository = sandbox.repository("acme/removed").orElseThrow();
        repository.settings().removeDeployKey(repository.deployKeys().get(0).id());
        longestAge = Optional.of(Duration.ZERO);
        rotations.start();
        await().atMost(PATIENCE).until(() -> tried.contains(old.sshUrl()));
        rotations.rotateAll(List.of(removed.id(), old.id()));
        await().atMost(PATIENCE)
                .until(() -> rotations.bulk().orElseThrow().progress().isOver());

        assertThat(repository.deployKeys()).isEmpty();
        assertThat(rotations.bulk().orElseThrow().progress().failed())
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.connectionId()).isEqualTo(removed.id());
                    assertThat(failed.sentence()).contains("isn't at the forge any more", "choose Repair");
                });

        rotations.rotateNow(removed.id());
        assertThat(repository.deployKeys()).hasSize(1);
    }

    /** Her job joined when her token was still an administrator's. */
    @Test
    void whoMayNothingAtTheForgeAnyMoreBeginsNothingThatARoundFinishes() throws Exception {
        Connection connection = connected("app");
        String id = connection.id();
        files.permit(connection, "team", "token");
        FreeStyleProject hers = jenkins.createFreeStyleProject("hers");
        files.permit(connection, "hers", OF_MALLORY);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("mallory"));
        SandboxRepository repository = sandbox.repository("acme/app").orElseThrow();
        String before = repository.deployKeys().toString();
        try (ACLContext asMallory =
                ACL.as2(User.getOrCreateByIdOrFullName("mallory").impersonate2())) {
            assertThat(catchThrowableOfType(ConnectFailure.class, () -> rotations.revokeNow(id, hers)))
                    .isNotNull();
            assertThat(catchThrowableOfType(ConnectFailure.class, () -> rotations.rotateNow(id, hers)))
                    .isNotNull();
        }
        StoredConnection stored = files.byId(id).orElseThrow();
        assertThat(stored.isRevoked()).isFalse();
        assertThat(stored.custody().turnover().isNone()).isTrue();
        rotations.goOn();

        assertThat(repository.deployKeys()).hasToString(before);
        assertThat(files.byId(id).orElseThrow().connection()).isEqualTo(stored.connection());
    }

    @Test
    void afterJenkinsWentDownNothingIsBegun() throws Exception {
        Connection connection = connected("app");
        rotations.close();

        assertThat(rotations.rotateAll(List.of(connection.id()))).isFalse();
        assertThat(rotations.bulk()).isEmpty();
    }

    /** Every credential but Mallory's is an administrator's token. */
    private final class TokenForAll implements Jobs {
        @Override
        public Optional<Item> find(String fullName) {
            return Optional.empty();
        }

        @Override
        public List<Item> all() {
            return List.of();
        }

        @Override
        public List<Item> in(Item folder) {
            return List.of();
        }

        @Override
        public boolean isOnDisk(String fullName) {
            return false;
        }

        @Override
        public boolean isConnectedOnDisk(String fullName) {
            return false;
        }

        @Override
        public Optional<Secret> token(Credentials credentials) {
            String token =
                    credentials.id().equals(OF_MALLORY) ? sandbox.createToken("mallory", Set.of("repo")) : newToken();
            return Optional.of(Secret.of(token));
        }
    }
}

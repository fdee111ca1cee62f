package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.ConnectionStore;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.connect.KeyProof;
import io.jenkins.plugins.bellhop.connect.MachineKeys;
import io.jenkins.plugins.bellhop.connect.Rotation;
import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.connect.SharedKeys;
import io.jenkins.plugins.bellhop.connect.SharedRotation;
import io.jenkins.plugins.bellhop.connect.Site;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import io.jenkins.plugins.bellhop.sandbox.ForgeKind;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the rounds do as time goes by: keys that become too old are rotated, and what was cut short comes to an end. */
@WithJenkins
class KeysInTimeTest {

    private static final String CREDENTIAL = "token";
    private static final Duration AGE = Duration.ofDays(90);

    @TempDir
    Path directory;

    private final Lock oneAtATime = new ReentrantLock();
    private final KeyProof proof = (url, key) -> Optional.empty();
    private final Site site = new Site(URI.create("https://ci.example.com/"));
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private Optional<Duration> longestAge = Optional.of(AGE);
    private SandboxForge sandbox;
    private SandboxRepository app;
    private String host;
    private Forges forges;
    private ConnectionFiles files;
    private SharedKeyFiles sharedFiles;
    private UserKeyFiles userFiles;
    private Jobs jobs;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        sandbox = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_DC);
        sandbox.createOrganization("ACME");
        sandbox.addMember("ACME", "admin", Role.ADMIN);
        app = sandbox.createRepository("ACME", "app", true);
        HttpClient http = HttpClient.newHttpClient();
        forges = new Forges(() -> List.of(DataCenterForge.at(sandbox.webUrl(), http, clock)));
        host = sandbox.webUrl().getHost();
        files = new ConnectionFiles(directory.resolve("connections"));
        sharedFiles = new SharedKeyFiles(directory.resolve("shared-keys"));
        userFiles = new UserKeyFiles(directory.resolve("user-keys"));
        jobs = new OneToken(
                sandbox.createHttpAccessToken("admin", "REPO_ADMIN"), jenkins.createFreeStyleProject("app"));
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    private Connection connection() throws Exception {
        ConnectionStore store = files.madeWith(new Credentials(CREDENTIAL, ""), now);
        return new Connector(site, store, proof)
                .connect(new RepositoryName("ACME", "app"), new OwnApis(forges, jobs).of(host, CREDENTIAL));
    }

    private Rotations rotations() {
        return new Rotations(
                files,
                new Apis(forges, jobs),
                () -> new Rotation(site, files.custodies(clock), proof, (id, time) -> false, clock),
                () -> longestAge,
                oneAtATime,
                clock);
    }

    private SharedKeyCare sharedKeys(KeyProof tried) {
        return new SharedKeyCare(
                sharedFiles,
                files,
                new OwnApis(forges, jobs),
                store -> new SharedKeys(site, store, tried, clock),
                store -> new SharedRotation(site, store, tried, clock),
                () -> longestAge,
                oneAtATime,
                new DailyRound(directory.resolve("shared-keys.looked"), clock),
                clock);
    }

    private UserKeyCare userKeys() {
        return new UserKeyCare(
                userFiles,
                files,
                forges,
                jobs,
                store -> new MachineKeys(site, store, proof, clock),
                () -> longestAge,
                oneAtATime,
                new DailyRound(directory.resolve("looked"), clock),
                clock);
    }

    private static void round(Rotations rotations) {
        rotations.goOn();
        rotations.rotateOld();
    }

    @Test
    void aDeployKeyIsRotatedWhenItIsOldEnoughAndNotBefore() throws Exception {
        Connection made = connection();
        try (Rotations rotations = rotations()) {
            now = now.plus(AGE).minusMillis(1);
            round(rotations);
            assertThat(publicKey(made)).isEqualTo(made.publicKey().line());

            now = now.plusMillis(1);
            longestAge = Optional.empty();
            round(rotations);
            assertThat(publicKey(made))
                    .as("nobody asked for it")
                    .isEqualTo(made.publicKey().line());

            longestAge = Optional.of(AGE);
            round(rotations);
            String next = publicKey(made);
            assertThat(next).isNotEqualTo(made.publicKey().line());
            assertThat(app.deployKeys()).hasSize(2);

            now = now.plus(Rotation.LONGEST_RETIREMENT);
            round(rotations);
            assertThat(publicKey(made)).isEqualTo(next);
            assertThat(app.deployKeys()).hasSize(1);
        }
    }

    private String publicKey(Connection made) {
        return files.byId(made.id()).orElseThrow().connection().publicKey().line();
    }

    @Test
    void whatARotationLeftIsFinishedByTheFirstRoundAfterARestart() throws Exception {
        Connection made = connection();
        sandbox.failNext("PUT", ".*/webhooks/.*", 503, "");
        try (Rotations before = rotations()) {
            before.rotateNow(made.id());
        } catch (Exception interrupted) {
            assertThat(interrupted).hasMessageContaining("503");
        }
        files = new ConnectionFiles(directory.resolve("connections"));
        assertThat(files.byId(made.id()).orElseThrow().custody().turnover().isUnfinished())
                .isTrue();

        try (Rotations after = rotations()) {
            round(after);
        }
        assertThat(files.byId(made.id()).orElseThrow().custody().turnover().isUnfinished())
                .isFalse();
    }

    private SharedKey shared() {
        return sharedFiles.all().get(0).key();
    }

    @Test
    void aSharedKeyIsRotatedWhenItIsOldAndSettledAfterARestart() throws Exception {
        try (SharedKeyCare care = sharedKeys(proof)) {
            care.create(host, CREDENTIAL, "libraries", Optional.empty());
            care.attach(shared().id(), new RepositoryName("ACME", "app"));
            SharedKey made = shared();
            care.lookAtAll();
            assertThat(shared().key().publicLine()).isEqualTo(made.key().publicLine());

            now = now.plus(AGE);
            care.lookAtAll();
            assertThat(shared().key().publicLine()).isNotEqualTo(made.key().publicLine());
            now = now.plus(SharedRotation.RETIREMENT);
            care.lookAtAll();
            assertThat(app.deployKeys()).hasSize(1);
        }
    }

    @Test
    void aSharedKeyThatWasBeingAttachedDuringACrashIsTakenBackAfterIt() throws Exception {
        KeyProof crash = (url, key) -> {
            throw new IllegalStateException("the process ends here");
        };
        try (SharedKeyCare care = sharedKeys(crash)) {
            care.create(host, CREDENTIAL, "libraries", Optional.empty());
            care.attach(shared().id(), new RepositoryName("ACME", "app"));
        } catch (IllegalStateException crashed) {
            assertThat(app.deployKeys()).hasSize(1);
        }
        sharedFiles = new SharedKeyFiles(directory.resolve("shared-keys"));
        assertThat(shared().open()).isEmpty();
        try (SharedKeyCare care = sharedKeys(proof)) {
            care.lookAtAll();
        }

        assertThat(app.deployKeys()).isEmpty();
        assertThat(shared().attachments()).isEmpty();
    }

    @Test
    void aUserKeyIsRotatedWhenItIsOld() throws Exception {
        Connection made = connection();
        files.permit(made, "app", CREDENTIAL);
        try (UserKeyCare care = userKeys()) {
            care.create(host, CREDENTIAL, "admin", Grants.typed("app"));
            await().until(() -> userFiles.all().get(0).key().isProvenFor(made.repository()));
            String first = userFiles.all().get(0).key().key().publicLine();
            care.lookAtAll();
            assertThat(userFiles.all().get(0).key().key().publicLine()).isEqualTo(first);

            now = now.plus(AGE);
            care.lookAtAll();
            assertThat(userFiles.all().get(0).key().key().publicLine()).isNotEqualTo(first);
        }
    }

    /** One job, and one credential that everybody may use. */
    private record OneToken(String token, Item item) implements Jobs {

        @Override
        public Optional<Item> find(String fullName) {
            return Optional.of(item).filter(found -> found.getFullName().equals(fullName));
        }

        @Override
        public List<Item> all() {
            return List.of(item);
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
            return Optional.of(Secret.of(token));
        }
    }
}

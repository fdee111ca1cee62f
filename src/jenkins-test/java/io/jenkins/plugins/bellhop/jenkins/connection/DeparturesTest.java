package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.ConnectionSecrets;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.connect.Site;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** When watches and connections end, and when they don't. */
@WithJenkins
class DeparturesTest {

    private static final Credentials MAKER = new Credentials("token", "app");
    private static final RepositoryName NAME = new RepositoryName("acme", "app");
    private static final Instant LONG_AGO =
            Instant.now().minus(Departures.GRACE).minus(Duration.ofHours(1));

    @TempDir
    Path directory;

    private final Set<String> onDisk = new HashSet<>();
    private final List<Item> loaded = new ArrayList<>();
    private final List<Credentials> asked = new ArrayList<>();

    private JenkinsRule jenkins;
    private SandboxForge forge;
    private SandboxRepository app;
    private ConnectionFiles files;
    private Forges forges;
    private Departures departures;
    private Function<Credentials, Connector> connector;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        forge = SandboxForge.start(directory.resolve("forge"));
        app = forge.createRepository("acme", "app", true);
        files = new ConnectionFiles(directory.resolve("connections"));
        HttpClient http = HttpClient.newHttpClient();
        forges = new Forges(() -> List.of(GitHubForge.enterprise(forge.apiUrl(), http, Clock.systemUTC())));
        Site site = new Site(URI.create("https://ci.example.com/"));
        connector = maker -> new Connector(site, files.madeWith(maker, Instant.now()), (url, key) -> Optional.empty());
        departures = departures(Clock.systemUTC());
    }

    private Departures departures(Clock clock) {
        return departures(clock, new ReentrantLock());
    }

    private Departures departures(Clock clock, Lock lock) {
        return new Departures(
                files,
                new FakeJobs(),
                new Remotes(files, forges),
                new Apis(forges, new FakeJobs()),
                connector,
                lock,
                clock);
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void jobThatFailedToLoadKeepsItsWatch() throws Exception {
        Connection connection = connected();
        files.permit(connection, "app", "token");
        onDisk.add("app");
        departures.endUnwantedWatches();

        assertThat(files.ofItem("app")).hasSize(1);
        onDisk.clear();
        departures.endUnwantedWatches();
        assertThat(files.ofItem("app")).isEmpty();
        assertThat(files.byId(connection.id()).orElseThrow().unwatchedSince()).isPresent();
    }

    @Test
    void jobThatAsksForAnotherRepositoryLeaves() throws Exception {
        files.permit(connected(), "app", "token");
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.addProperty(new RepositoryConnection(forge.sshUrl(app)));
        loaded.add(job);
        departures.endUnwantedWatches();
        assertThat(files.ofItem("app")).hasSize(1);

        job.removeProperty(RepositoryConnection.class);
        job.addProperty(new RepositoryConnection(forge.sshUrl(app) + "-other"));
        departures.endUnwantedWatches();
        assertThat(files.ofItem("app")).isEmpty();
    }

    @Test
    void whatACrashLeftUnwatchedIsRemovedAfterTheTimeOfGraceWithItsMakersCredential() throws Exception {
        Connection connection = connected();
        departures.removeUnwatched();
        assertThat(files.byId(connection.id())).isPresent();

        departures(Clock.offset(Clock.systemUTC(), Departures.GRACE.plusHours(1)))
                .removeUnwatched();
        assertThat(files.all()).isEmpty();
        assertThat(app.deployKeys()).isEmpty();
        assertThat(app.hooks()).isEmpty();
        assertThat(asked).containsExactly(MAKER);
    }

    @Test
    void halfMadeConnectionIsRemovedWithItsMakersCredential() throws Exception {
        draft();
        departures.removeUnwatched();

        assertThat(files.all()).isEmpty();
        assertThat(asked).containsExactly(MAKER);
    }

    /** The next one may have its id. */
    @Test
    void whatIsRememberedByAConnectionsIdGoesWithItAndBeforeTheNextOneBegins() throws Exception {
        List<String> forgotten = new ArrayList<>();
        files.forgottenBy(id -> forgotten.add(id + (files.byId(id).isPresent() ? " while there" : "")));
        Connection first = connected();
        assertThat(forgotten).as("before it begins, once").containsExactly(first.id());
        files.permit(first, "app", "token");
        files.forbid(first.id(), "app", LONG_AGO);
        forgotten.clear();

        departures.removeUnwatched();
        assertThat(forgotten).containsExactly(first.id());
        assertThat(connected().id()).isEqualTo(first.id());
        assertThat(forgotten).containsExactly(first.id(), first.id());
    }

    /** Out of grace, and then somebody was quicker than the round: what it made under the same id stays. */
    @Test
    void departureThatComesLateLeavesTheNextConnectionAlone() throws Exception {
        Connection first = connected();
        files.permit(first, "app", "token");
        files.forbid(first.id(), "app", LONG_AGO);
        StoredConnection asSeen = stored(first);
        files.forget(first.id());
        Connection next = connected();
        assertThat(next.id()).isEqualTo(asSeen.id());

        departures.removeUnwatched();

        assertThat(stored(next).connection().publicKey()).isEqualTo(next.publicKey());
        assertThat(app.deployKeys()).hasSize(1);
        assertThat(app.hooks()).hasSize(1);
    }

    @Test
    void credentialsBelongToTheItemsThatBroughtThem() throws Exception {
        Connection connection = connected();
        files.permit(connection, "a", "of-a");
        files.permit(connection, "b", "of-b");
        assertThat(stored(connection).credentials()).containsExactly(of("a"), of("b"));
        assertThat(stored(connection).credentials("b")).containsExactly(of("b"), of("a"));
        assertThat(stored(connection).credentials("c")).containsExactly(of("a"), of("b"));

        files.forbid(connection.id(), "b", LONG_AGO);
        assertThat(stored(connection).credentials()).containsExactly(of("a"));
        assertThat(stored(connection).unwatchedSince()).isEmpty();
        files.forbid(connection.id(), "a", LONG_AGO);
        assertThat(stored(connection).credentials())
                .as("to remove key and hook with")
                .containsExactly(of("a"));
        assertThat(stored(connection).unwatchedSince()).contains(Instant.ofEpochMilli(LONG_AGO.toEpochMilli()));
    }

    @Test
    void sshHostOfItsOwnLeadsToTheConnectionToo() throws Exception {
        String ssh = "ssh://git@ssh.example.com:7999/ACME/app.git";
        RepositoryId repository = new RepositoryId(gitHub().host(), Long.toString(app.id()), NAME);
        save("draft", repository, ssh);
        Connection connection = files.byId("draft").orElseThrow().connection();
        Remotes remotes = new Remotes(files, forges);

        for (String url : List.of(ssh, "git@ssh.example.com:acme/app", forge.sshUrl(app))) {
            assertThat(remotes.leadTo(connection, RemoteUrl.parse(url))).as(url).isTrue();
        }
        for (String url : List.of("git@ssh.example.com:acme/other", "git@example.com:acme/app")) {
            assertThat(remotes.leadTo(connection, RemoteUrl.parse(url))).as(url).isFalse();
        }
    }

    @Test
    void formerNamesAreKeptOnDiskAndLeadHereUntilSomebodyElseHasThem() throws Exception {
        Connection connection = connected();
        RepositoryConnection old = new RepositoryConnection(forge.sshUrl(app));
        RepositoryId today = new RepositoryId(
                connection.repository().host(),
                connection.repository().stableId(),
                new RepositoryName("acme", "renamed"));
        files.change(connection.id(), stored -> stored.with(stored.connection().renamed(today, "git@x:acme/renamed")));
        ConnectionFiles reloaded = new ConnectionFiles(directory.resolve("connections"));
        Connection renamed = reloaded.byId(connection.id()).orElseThrow().connection();

        assertThat(new Remotes(files, forges).leadTo(renamed, old.remote())).isTrue();
        RepositoryId newcomer = new RepositoryId(
                connection.repository().host(), "4711", connection.repository().name());
        save("newcomer", newcomer);
        assertThat(new Remotes(files, forges).leadTo(renamed, old.remote())).isFalse();
    }

    @Test
    void faultOfAnAttemptIsToldAndTriedAgain() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "token", "", hudson.util.Secret.fromString(newToken())));
        try (Reconciler reconciler = new Reconciler(
                files,
                new PendingJobs(directory),
                forges,
                new Remotes(files, forges),
                maker -> {
                    throw new UncheckedIOException("no git here", new IOException());
                },
                new FakeJobs(),
                departures,
                new ReentrantLock())) {
            Attempt attempt = reconciler.connectNow(job, forge.sshUrl(app), "token");

            assertThat(attempt.mayPass()).isTrue();
            assertThat(attempt.sentence()).contains("no git here");
        }
    }

    /** That Bellhop is busy is no reason to leave key and hook at the forge. */
    @Test
    void whileOthersAreAtWorkNothingIsStuckAndPeopleAreTold() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        Connection connection = connected();
        files.permit(connection, "app", "token");
        try (Reconciler reconciler = reconciler(new Busy())) {
            assertThat(catchThrowableOfType(ConnectFailure.class, () -> reconciler.disconnectNow(job)))
                    .hasMessageContaining("busy");
            assertThat(reconciler.isStuck(job)).isFalse();
            assertThat(app.deployKeys()).hasSize(1);

            assertThat(reconciler.connectNow(job, forge.sshUrl(app), "token").sentence())
                    .contains("busy");
            assertThat(reconciler.lastAttempt(job)).as("nobody saved it so").isEmpty();
        }
        try (Reconciler reconciler = reconciler(new ReentrantLock())) {
            forge.close();
            assertThat(catchThrowableOfType(ConnectFailure.class, () -> reconciler.disconnectNow(job)))
                    .isNotNull();
            assertThat(reconciler.isStuck(job)).isTrue();
        }
    }

    @Test
    void whileOthersAreAtWorkNothingIsForgottenAndPeopleAreTold() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        Connection connection = connected();
        files.permit(connection, "app", "token");
        Departures busy = departures(Clock.systemUTC(), new Busy());

        assertThat(catchThrowableOfType(ConnectFailure.class, () -> busy.forgetNow(job)))
                .hasMessageContaining("busy");
        assertThat(catchThrowableOfType(ConnectFailure.class, () -> busy.forgetOrphan(connection.id())))
                .hasMessageContaining("busy");
        assertThat(files.ofItem("app")).hasSize(1);
        departures.forgetNow(job);
        assertThat(files.all()).isEmpty();
    }

    @Test
    void whatIsSavedWhileJenkinsGoesDownIsDoneAtTheNextStart() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.addProperty(new RepositoryConnection(forge.sshUrl(app)));
        Reconciler reconciler = reconciler(new ReentrantLock());
        reconciler.close();

        assertThatCode(() -> {
                    reconciler.jobLoaded(job);
                    reconciler.tryAgain();
                })
                .doesNotThrowAnyException();
        assertThat(new PendingJobs(directory).all()).containsExactly("app");
    }

    private Reconciler reconciler(Lock lock) throws Exception {
        return new Reconciler(
                files,
                new PendingJobs(directory),
                forges,
                new Remotes(files, forges),
                connector,
                new FakeJobs(),
                departures,
                lock);
    }

    /** Somebody else has it, for as long as anybody waits. */
    private static final class Busy extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean tryLock(long timeout, TimeUnit unit) {
            return false;
        }
    }

    private static Credentials of(String item) {
        return new Credentials("of-" + item, item);
    }

    private StoredConnection stored(Connection connection) {
        return files.byId(connection.id()).orElseThrow();
    }

    /** Made, and then the crash came. */
    private Connection connected() throws Exception {
        return connector.apply(MAKER).connect(NAME, gitHub().api(Secret.of(newToken())));
    }

    private void draft() throws Exception {
        save("draft", new RepositoryId(gitHub().host(), Long.toString(app.id()), NAME));
    }

    private Forge gitHub() {
        return forges.owning(RemoteUrl.parse(forge.sshUrl(app))).orElseThrow();
    }

    private String newToken() {
        return forge.createToken("acme", Set.of("repo", "admin:repo_hook"));
    }

    private void save(String id, RepositoryId repository) throws Exception {
        save(id, repository, forge.sshUrl(app));
    }

    private void save(String id, RepositoryId repository, String sshUrl) throws Exception {
        SshKeyPair key = SshKeyPair.ed25519("test");
        Connection draft = new Connection(
                id, repository, sshUrl, Optional.of("main"), key.publicKey(), Optional.empty(), Optional.empty());
        files.madeWith(MAKER, Instant.now())
                .save(draft, new ConnectionSecrets("path-" + id, Secret.random(), Secret.of(key.privateText())));
    }

    private final class FakeJobs implements Jobs {
        @Override
        public Optional<Item> find(String fullName) {
            return loaded.stream()
                    .filter(job -> job.getFullName().equals(fullName))
                    .findFirst();
        }

        @Override
        public List<Item> all() {
            return loaded;
        }

        @Override
        public List<Item> in(Item folder) {
            return List.of();
        }

        @Override
        public boolean isOnDisk(String fullName) {
            return onDisk.contains(fullName);
        }

        @Override
        public boolean isConnectedOnDisk(String fullName) {
            return false;
        }

        @Override
        public Optional<Secret> token(Credentials credentials) {
            asked.add(credentials);
            return Optional.of(Secret.of(newToken()));
        }
    }
}

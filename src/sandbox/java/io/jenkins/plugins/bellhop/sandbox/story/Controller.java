package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.connect.Custody;
import io.jenkins.plugins.bellhop.connect.Site;
import io.jenkins.plugins.bellhop.connect.Turnover;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.flow.Approvals;
import io.jenkins.plugins.bellhop.flow.Dispatcher;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Handler;
import io.jenkins.plugins.bellhop.flow.Memory;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.Repositories;
import io.jenkins.plugins.bellhop.flow.Source;
import io.jenkins.plugins.bellhop.flow.Sources;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.sandbox.SandboxAgent;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Stands for Jenkins: receives webhooks, has one job, and builds it on the sandbox's agent. */
final class Controller implements AutoCloseable, Sources, Repositories {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(2);

    private final Forge forge;
    private final ForgeApi api;
    private final MemoryStore store = new MemoryStore();
    private final List<Entry> log = new CopyOnWriteArrayList<>();
    private volatile Consumer<Entry> listener = entry -> {};
    private final Spool spool;
    private final Approvals approvals;
    private final Dispatcher dispatcher;
    private final HookServer server;
    private final Connector connector;
    private final SandboxJob job;

    /** @param directory of its own, empty */
    Controller(Forge forge, String credential, HostKeys hostKeys, Path directory) throws IOException, ForgeFailure {
        this.forge = forge;
        this.api = forge.api(Secret.of(credential));
        this.spool = new Spool(directory.resolve("spool"));
        Path keys = Files.createDirectories(directory.resolve("keys"));
        this.job = new SandboxJob(
                "app", new SandboxAgent(directory.resolve("agent")), new Checkout(hostKeys, keys), store, api);
        Memory memory = Memory.in(directory);
        this.approvals = memory.approvals();
        Handler handler = new Handler(this, connectionId -> List.of(job), this, memory, this::note, Clock.systemUTC());
        this.dispatcher = new Dispatcher(spool, handler, this, () -> false);
        this.server = new HookServer(new Receiver(this, spool, this::note, dispatcher::wake));
        GitProof proof = new GitProof("git", () -> hostKeys, keys);
        this.connector = new Connector(
                new Site(server.root()),
                store,
                (url, key) -> proof.prove(url, key)
                        .match(
                                proven -> Optional.empty(),
                                notProven -> Optional.of(notProven.failure().sentence())));
    }

    private void note(Entry entry) {
        log.add(entry);
        listener.accept(entry);
    }

    void printDecisionsTo(PrintStream out) {
        listener = entry -> out.println("  " + entry.event() + ": " + entry.sentence());
    }

    Connection connect(String repository) throws ConnectFailure {
        return connector.connect(RepositoryName.parse(repository), api);
    }

    void disconnect(Connection connection) throws ConnectFailure {
        MemoryStore.Kept kept = store.byId(connection.id()).orElseThrow();
        connector.disconnect(new Custody(kept.connection(), kept.secrets(), Turnover.NONE), api);
    }

    SandboxJob job() {
        return job;
    }

    void setWatch(Watch watch) {
        job.setWatch(watch);
    }

    /** Looks after the connection, as Jenkins does by itself every hour. */
    void catchUp(Connection connection) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        dispatcher.catchUp(find(secrets(connection).secrets().hookPath()).orElseThrow(), done::countDown);
        if (!done.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still catching up after " + LONGEST_WAIT);
        }
    }

    /** Lets the job build the newest commit that waits for that, as somebody would on its page. */
    void approve(Connection connection) throws Exception {
        List<Approvals.Waiting> waiting = approvals.waiting(connection.id(), job.name());
        CountDownLatch done = new CountDownLatch(1);
        dispatcher.approve(
                find(secrets(connection).secrets().hookPath()).orElseThrow(),
                waiting.get(waiting.size() - 1),
                Set.of(job.name()),
                "admin",
                done::countDown);
        if (!done.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still not decided after " + LONGEST_WAIT);
        }
    }

    /** Waits until everything that was received is handled. */
    void awaitQuiet() {
        Instant latest = Instant.now().plus(LONGEST_WAIT);
        while (!spool.waiting().isEmpty()) {
            if (Instant.now().isAfter(latest)) {
                throw new IllegalStateException("deliveries still wait after " + LONGEST_WAIT);
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** What was decided since the log had this many entries. */
    List<Entry> logSince(int size) {
        return List.copyOf(log.subList(size, log.size()));
    }

    int logSize() {
        return log.size();
    }

    URI hookUrl(Connection connection) {
        return server.root()
                .resolve("bellhop/hook/" + secrets(connection).secrets().hookPath());
    }

    String webhookSecret(Connection connection) {
        return secrets(connection).secrets().webhook().reveal();
    }

    private MemoryStore.Kept secrets(Connection connection) {
        return store.byId(connection.id()).orElseThrow();
    }

    @Override
    public Optional<Source> find(String hookPath) {
        return store.byHookPath(hookPath)
                .map(kept -> new Source(
                        kept.connection(), forge, List.of(kept.secrets().webhook())));
    }

    Forge forge() {
        return forge;
    }

    @Override
    public ForgeApi api(Connection connection) {
        return api;
    }

    @Override
    public void renamed(Connection connection, RepositoryId today) {
        MemoryStore.Kept kept = secrets(connection);
        store.save(connection.renamed(today, connection.sshUrl()), kept.secrets());
    }

    @Override
    public void close() {
        server.close();
        dispatcher.close();
    }
}

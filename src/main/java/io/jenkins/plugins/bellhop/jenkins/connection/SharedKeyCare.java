package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.GrowingPauses;
import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.connect.SharedKeyStore;
import io.jenkins.plugins.bellhop.connect.SharedKeys;
import io.jenkins.plugins.bellhop.connect.SharedRotation;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes, attaches, rotates and removes shared keys as administrators ask, and looks after them at the start, once a day, and
 * after builds that failed.
 */
public final class SharedKeyCare implements AutoCloseable {

    /** A failed build makes it look again, but not more often than this: a broken job may fail every minute. */
    static final Duration SHORTEST_PAUSE = Duration.ofMinutes(10);

    /** Builds wait while a key is revoked and no other works. */
    static final Duration UNTIL_NEXT_ATTEMPT = Duration.ofMinutes(10);

    private final SharedKeyFiles files;
    private final ConnectionFiles connections;
    private final OwnApis apis;
    private final Function<SharedKeyStore, SharedKeys> keys;
    private final Function<SharedKeyStore, SharedRotation> rotation;
    private final Supplier<Optional<Duration>> longestAge;
    private final Lock oneAtATime;
    private final DailyRound round;
    private final Clock clock;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop shared keys");
        named.setDaemon(true);
        return named;
    });
    private final Waiting<Coming> coming = new Waiting<>(thread, this::come);
    private final Waiting<String> afterFailures = new Waiting<>(thread, this::lookAfterFailure);
    private final Waiting<String> mended = new Waiting<>(thread, this::lookAgain);
    /** After trials of our own accord. */
    private final Pauses pauses = new Pauses(SHORTEST_PAUSE);
    /** To replace a revoked key. */
    private final GrowingPauses attempts = new GrowingPauses(UNTIL_NEXT_ATTEMPT);
    /** Why the last change of a key didn't come to its end, by its id. */
    private final Map<String, String> stuck = new ConcurrentHashMap<>();

    /** A repository that a project's key is tried on. */
    private record Coming(String keyId, RepositoryName repository) {}

    /**
     * @param longestAge after which a key is rotated; empty for never
     * @param oneAtATime held while a forge is changed
     */
    public SharedKeyCare(
            SharedKeyFiles files,
            ConnectionFiles connections,
            OwnApis apis,
            Function<SharedKeyStore, SharedKeys> keys,
            Function<SharedKeyStore, SharedRotation> rotation,
            Supplier<Optional<Duration>> longestAge,
            Lock oneAtATime,
            DailyRound round,
            Clock clock) {
        this.files = files;
        this.connections = connections;
        this.apis = apis;
        this.keys = keys;
        this.rotation = rotation;
        this.longestAge = longestAge;
        this.oneAtATime = oneAtATime;
        this.round = round;
        this.clock = clock;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What a crash cut short is seen to at once. */
    public void start() {
        thread.execute(this::settleAll);
        thread.scheduleWithFixedDelay(
                this::replaceRevoked,
                UNTIL_NEXT_ATTEMPT.toMillis(),
                UNTIL_NEXT_ATTEMPT.toMillis(),
                TimeUnit.MILLISECONDS);
        round.on(thread, this::lookAtAll);
    }

    private void settleAll() {
        files.all().forEach(this::settleQuietly);
    }

    void replaceRevoked() {
        files.all().stream()
                .filter(stored -> stored.isRevoked() && attempts.isOver(stored.id(), clock.instant()))
                .forEach(this::settleQuietly);
    }

    private void settleQuietly(StoredSharedKey stored) {
        quietly("settle the " + stored, () -> inTurn(() -> noting(stored.id(), () -> settle(stored))));
    }

    /** Whoever isn't there when it fails learns of it all the same. */
    private void noting(String id, Work change) throws ConnectFailure, ForgeFailure, IOException {
        boolean wasRevoked = isRevoked(id);
        try {
            change.run();
            stuck.remove(id);
            attempts.forget(id);
        } catch (ConnectFailure | ForgeFailure | IllegalArgumentException failure) {
            if (isRevoked(id)) {
                attempts.failed(id, clock.instant(), UserKeyCare.retryAt(failure));
            }
            if (!mayPass(failure) || isRevoked(id)) {
                stuck.put(id, String.valueOf(failure.getMessage()));
            } else if (wasRevoked) {
                stuck.remove(id);
            }
            throw failure;
        }
    }

    private boolean isRevoked(String id) {
        return files.byId(id).filter(StoredSharedKey::isRevoked).isPresent();
    }

    private static boolean mayPass(Exception failure) {
        return failure instanceof ConnectFailure change && change.mayPass()
                || failure instanceof ForgeFailure refusal && refusal.mayPass();
    }

    void lookAtAll() {
        settleAll();
        files.all().forEach(stored -> quietly("look after the " + stored, () -> look(stored.id())));
    }

    private void settle(StoredSharedKey stored) throws ConnectFailure, ForgeFailure {
        ForgeApi api = api(stored);
        keysOf(stored).settle(stored.id(), api);
        if (files.byId(stored.id()).isPresent()) {
            rotationOf(stored).settle(stored.id(), api);
        }
    }

    private void look(String id) throws ConnectFailure, ForgeFailure, IOException {
        Optional<StoredSharedKey> stored = files.byId(id);
        if (stored.isEmpty()) {
            return;
        }
        check(stored.get());
        Instant now = clock.instant();
        boolean old = longestAge
                .get()
                .filter(age -> !stored.get().key().since().plus(age).isAfter(now))
                .isPresent();
        if (old) {
            inTurn(() -> rotationOf(stored.get()).rotate(id, api(stored.get())));
        }
    }

    private void check(StoredSharedKey stored) throws ForgeFailure, IOException {
        pauses.begin(stored.id(), clock.instant());
        keysOf(stored).check(stored.id(), api(stored), oneAtATime);
    }

    /** A build of the item failed, perhaps for a key that doesn't open what it did: tries those that it may have. Returns at once. */
    public void buildFailed(Item item) {
        for (StoredConnection connection : connections.usedIn(item)) {
            files.all().stream()
                    .filter(stored ->
                            stored.isAttachedTo(connection.connection().repository()))
                    .filter(this::isWorthALook)
                    .forEach(stored -> afterFailures.add(stored.id()));
        }
    }

    private void lookAfterFailure(String id) {
        quietly("try the shared key " + id, () -> {
            Optional<StoredSharedKey> stored = files.byId(id).filter(this::isWorthALook);
            if (stored.isPresent()) {
                check(stored.get());
            }
        });
    }

    private boolean isWorthALook(StoredSharedKey stored) {
        return pauses.isOver(stored.id(), clock.instant());
    }

    /** What somebody has to mend, in sentences, by the key. What isn't on disk the next start finds again. */
    public Map<StoredSharedKey, List<String>> troubles() {
        Map<StoredSharedKey, List<String>> all = new LinkedHashMap<>();
        files.all()
                .forEach(stored -> all.put(
                        stored,
                        Stream.concat(Optional.ofNullable(stuck.get(stored.id())).stream(), stored.troubles().stream())
                                .toList()));
        return all;
    }

    /** Somebody has mended something. Returns at once. */
    public void tryAgain() {
        files.all().stream()
                .filter(stored -> !stored.troubles().isEmpty() || stuck.containsKey(stored.id()))
                .forEach(stored -> mended.add(stored.id()));
    }

    private void lookAgain(String id) {
        files.byId(id).ifPresent(this::settleQuietly);
        quietly("look after the shared key " + id, () -> look(id));
    }

    /**
     * Makes a key. One of a project is attached by and by to those connected repositories of its owner that it opens.
     *
     * @param project empty for a key that is attached to repositories one by one
     */
    public void create(String host, String credentialsId, String name, Optional<String> project)
            throws ConnectFailure, ForgeFailure, IOException {
        alone(() -> {
            ForgeApi api = apis.of(host, credentialsId);
            SharedKeys made = keys.apply(files.madeWith(credentialsId));
            SharedKey key = made.create(host, name, project, api);
            inside(host, project).forEach(repository -> coming.add(new Coming(key.id(), repository)));
        });
    }

    private void come(Coming one) {
        quietly(
                "attach the shared key " + one.keyId() + " to " + one.repository(),
                () -> inTurn(() -> attachNow(one.keyId(), one.repository())));
    }

    private void attachNow(String id, RepositoryName repository) throws ConnectFailure, ForgeFailure {
        StoredSharedKey stored = stored(id);
        keysOf(stored).attach(id, repository, api(stored));
    }

    private List<RepositoryName> inside(String host, Optional<String> project) {
        return project.map(named -> named.replaceAll("/.*", "")).stream()
                .flatMap(owner -> connections.all().stream()
                        .map(StoredConnection::connection)
                        .filter(Connection::isReady)
                        .map(Connection::repository)
                        .filter(repository -> repository.host().equals(host)
                                && repository.name().owner().equalsIgnoreCase(owner))
                        .map(repository -> repository.name()))
                .toList();
    }

    public void attach(String id, RepositoryName repository) throws ConnectFailure, ForgeFailure, IOException {
        alone(() -> attachNow(id, repository));
    }

    /** @param repository its stable id */
    public void detach(String id, String repository) throws ConnectFailure, ForgeFailure, IOException {
        alone(() -> {
            StoredSharedKey stored = stored(id);
            RepositoryId leaving = attachment(stored, repository);
            keysOf(stored).leave(id, leaving);
            keysOf(stored).detach(id, leaving, api(stored));
        });
    }

    /** Without asking the forge. */
    public void forget(String id, String repository) throws ConnectFailure, ForgeFailure, IOException {
        alone(() -> {
            StoredSharedKey stored = stored(id);
            keysOf(stored).forget(id, attachment(stored, repository));
        });
    }

    private static RepositoryId attachment(StoredSharedKey stored, String repository) {
        return stored.key().attachments().stream()
                .map(attachment -> attachment.repository())
                .filter(each -> each.stableId().equals(repository))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("The " + stored + " isn't attached to that repository any more"));
    }

    public void rotate(String id) throws ConnectFailure, ForgeFailure, IOException {
        alone(() -> {
            StoredSharedKey stored = stored(id);
            rotationOf(stored).rotate(id, api(stored));
            stuck.remove(id);
            attempts.forget(id);
        });
    }

    /**
     * For a key that leaked: from now on it goes to no build, whether or not its forge can be asked. It goes from the forge
     * next, and builds that had it wait until another one works.
     */
    public void revoke(String id) throws ConnectFailure, ForgeFailure, IOException {
        alone(() -> {
            StoredSharedKey stored = stored(id);
            rotationOf(stored).withdraw(id);
            noting(id, () -> rotationOf(stored).settle(id, api(stored)));
        });
    }

    public void remove(String id) throws ConnectFailure, ForgeFailure, IOException {
        alone(() -> {
            StoredSharedKey stored = stored(id);
            keysOf(stored).leaveAll(id);
            if (!keysOf(stored).removeIfNowhere(id)) {
                keysOf(stored).remove(id, api(stored));
            }
            stuck.remove(id);
            pauses.forget(id);
            attempts.forget(id);
        });
    }

    /** Somebody waits for the answer, and not for long. */
    private void alone(Work work) throws ConnectFailure, ForgeFailure, IOException {
        RequestLock.take(oneAtATime);
        try {
            work.run();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Nobody waits. */
    private void inTurn(Work work) throws ConnectFailure, ForgeFailure, IOException {
        oneAtATime.lock();
        try {
            work.run();
        } finally {
            oneAtATime.unlock();
        }
    }

    private StoredSharedKey stored(String id) {
        return files.byId(id).orElseThrow(() -> new IllegalArgumentException("The shared key " + id + " is gone"));
    }

    private SharedKeys keysOf(StoredSharedKey stored) {
        return keys.apply(files.madeWith(stored.credentialsId()));
    }

    private SharedRotation rotationOf(StoredSharedKey stored) {
        return rotation.apply(files.madeWith(stored.credentialsId()));
    }

    private ForgeApi api(StoredSharedKey stored) throws ForgeFailure {
        return apis.of(stored.key().host(), stored.credentialsId());
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.BulkRotation;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Rotation;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Changes keys when somebody asks for it or they are too old, and looks after what was begun: every few minutes interrupted
 * changes go on, and former keys are removed once nobody needs them.
 */
public final class Rotations implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Rotations.class.getName());
    private static final Duration ROUND = Rotation.SHORTEST_RETIREMENT;
    private static final Duration RETRY = Duration.ofDays(1);

    private final ConnectionFiles files;
    private final Apis apis;
    private final Supplier<Rotation> rotation;
    private final Supplier<Optional<Duration>> longestAge;
    private final Lock oneAtATime;
    private final Clock clock;
    /** When a key was last found too old, by its connection's id. */
    private final Map<String, Instant> tried = new ConcurrentHashMap<>();

    private volatile Optional<BulkRotation> bulk = Optional.empty();

    private final ScheduledThreadPoolExecutor thread = thread("Bellhop rotation");
    /** New keys for many may take hours, for which nobody's revocation may wait. */
    private final ScheduledThreadPoolExecutor threadOfMany = thread("Bellhop rotation of many");

    private static ScheduledThreadPoolExecutor thread(String name) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread named = new Thread(work, name);
            named.setDaemon(true);
            return named;
        });
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return thread;
    }

    /**
     * @param longestAge after which a key is changed by itself; empty for never
     * @param oneAtATime held while a forge is changed
     */
    public Rotations(
            ConnectionFiles files,
            Apis apis,
            Supplier<Rotation> rotation,
            Supplier<Optional<Duration>> longestAge,
            Lock oneAtATime,
            Clock clock) {
        this.files = files;
        this.apis = apis;
        this.rotation = rotation;
        this.longestAge = longestAge;
        this.oneAtATime = oneAtATime;
        this.clock = clock;
    }

    /** Goes on with what an earlier run left, and looks round every few minutes. */
    public void start() {
        thread.scheduleWithFixedDelay(
                () -> quietly("look after the keys", this::goOn), 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
        threadOfMany.scheduleWithFixedDelay(
                () -> quietly("rotate old keys", this::rotateOld), 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Revoked keys first: builds wait for the next ones. */
    void goOn() {
        files.all().stream()
                .filter(stored -> !stored.custody().turnover().isNone())
                .sorted(Comparator.comparing(stored -> !stored.isRevoked()))
                .forEach(stored -> quietly("go on with the keys of " + stored, () -> finishNow(stored.id())));
    }

    void rotateOld() {
        files.all().stream()
                .flatMap(stored -> files.byId(stored.id()).stream())
                .filter(stored -> stored.custody().turnover().isNone() && isTooOld(stored) && isTriedAgain(stored))
                .forEach(stored -> quietly("rotate the key of " + stored, () -> rotateUnlessRemoved(stored.id())));
    }

    private boolean isTooOld(StoredConnection stored) {
        return stored.connection().isReady()
                && longestAge
                        .get()
                        .filter(age -> stored.isKeyOlderThan(age, clock.instant()))
                        .isPresent();
    }

    /** What the forge refuses today it may allow tomorrow; a key that is old anyway needn't be tried all the time. */
    private boolean isTriedAgain(StoredConnection stored) {
        Instant now = clock.instant();
        Instant before = tried.getOrDefault(stored.id(), Instant.MIN);
        if (before.isAfter(now.minus(RETRY))) {
            return false;
        }
        tried.put(stored.id(), now);
        return true;
    }

    /** @throws ConnectFailure saying what failed; the key in use still works */
    public void rotateNow(String connectionId) throws ConnectFailure {
        changeNow(connectionId, apis::of, (changing, api) -> changing.rotate(connectionId, api));
    }

    /**
     * The same as somebody asks for it at an item, with the item's own API credential: what that may not do at the forge isn't
     * done with another job's.
     */
    public void rotateNow(String connectionId, Item item) throws ConnectFailure {
        askedNow(connectionId, item, (changing, api) -> changing.rotate(connectionId, api));
    }

    private void rotateUnlessRemoved(String connectionId) throws ConnectFailure {
        changeNow(connectionId, apis::of, (changing, api) -> changing.rotateUnlessRemoved(connectionId, api));
    }

    /** @throws ConnectFailure saying what failed; until the next round goes through, builds wait */
    public void revokeNow(String connectionId) throws ConnectFailure {
        changeNow(connectionId, apis::of, (changing, api) -> changing.revoke(connectionId, api));
    }

    /** The same as somebody asks for it at an item, with the item's own API credential. */
    public void revokeNow(String connectionId, Item item) throws ConnectFailure {
        askedNow(connectionId, item, (changing, api) -> changing.revoke(connectionId, api));
    }

    /** Somebody waits for the answer, and not for long. */
    private void askedNow(String connectionId, Item item, Change change) throws ConnectFailure {
        RequestLock.take(oneAtATime);
        try {
            if (Wiring.isAdministrator()) {
                changeNow(connectionId, apis::of, change);
            } else {
                changeNow(
                        connectionId,
                        stored -> apis.ofItemAlone(stored, item.getFullName()),
                        allowed(connectionId, change));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** The rounds finish with everybody's credentials what was begun with one: with that one it must not even begin. */
    private static Change allowed(String connectionId, Change change) {
        return (changing, api) -> {
            changing.mustBeAllowed(connectionId, api);
            change.run(changing, api);
        };
    }

    private void finishNow(String connectionId) throws ConnectFailure {
        changeNow(connectionId, apis::of, (changing, api) -> changing.finish(connectionId, api));
    }

    private void changeNow(String connectionId, Access access, Change change) throws ConnectFailure {
        oneAtATime.lock();
        try {
            StoredConnection stored = files.byId(connectionId)
                    .filter(found -> found.connection().isReady())
                    .orElseThrow(() -> new IllegalArgumentException("The connection " + connectionId + " is gone"));
            change.run(rotation.get(), access.to(stored));
        } catch (ForgeFailure failure) {
            throw ConnectFailure.of(failure);
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Rotates the keys of all these connections, unless that is being done for others. Those that somebody removed at the
     * forge aren't brought back. Returns at once.
     */
    public synchronized boolean rotateAll(List<String> connectionIds) {
        if (bulk.filter(running -> !running.progress().isOver()).isPresent()) {
            return false;
        }
        BulkRotation begun = new BulkRotation(connectionIds);
        bulk = Optional.of(begun);
        try {
            threadOfMany.execute(Asker.takenAlong(() -> begun.run(this::rotateUnlessRemoved)));
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; nothing is rotated");
            bulk = Optional.empty();
            return false;
        }
        return true;
    }

    /** The last rotation of many; empty when there was none since Jenkins started. */
    public Optional<BulkRotation> bulk() {
        return bulk;
    }

    @Override
    public void close() {
        bulk.ifPresent(BulkRotation::stop);
        threadOfMany.shutdown();
        thread.shutdown();
    }

    /** With which credentials a forge is called. */
    private interface Access {
        ForgeApi to(StoredConnection stored) throws ForgeFailure;
    }

    /** A change of one connection's key. */
    private interface Change {
        void run(Rotation rotation, ForgeApi api) throws ConnectFailure;
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import io.jenkins.plugins.bellhop.connect.BulkRotation;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Rotation;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Changes keys when somebody asks for it or they are too old, and looks after what was begun: every few minutes interrupted
 * changes go on, and former keys are removed once nobody needs them.
 */
public final class Rotations implements AutoCloseable {

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

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop rotation");
        named.setDaemon(true);
        return named;
    });

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
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Goes on with what an earlier run left, and looks round every few minutes. */
    public void start() {
        thread.scheduleWithFixedDelay(
                () -> quietly("look after the keys", this::round), 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        for (StoredConnection stored : files.all()) {
            if (!stored.custody().turnover().isNone()) {
                quietly("go on with the keys of " + stored, () -> finishNow(stored.id()));
            } else if (isTooOld(stored) && isTriedAgain(stored)) {
                quietly("rotate the key of " + stored, () -> rotateNow(stored.id()));
            }
        }
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
        changeNow(connectionId, (changing, api) -> changing.rotate(connectionId, api));
    }

    /** @throws ConnectFailure saying what failed; until the next round goes through, builds wait */
    public void revokeNow(String connectionId) throws ConnectFailure {
        changeNow(connectionId, (changing, api) -> changing.revoke(connectionId, api));
    }

    private void finishNow(String connectionId) throws ConnectFailure {
        changeNow(connectionId, (changing, api) -> changing.finish(connectionId, api));
    }

    private void changeNow(String connectionId, Change change) throws ConnectFailure {
        oneAtATime.lock();
        try {
            StoredConnection stored = files.byId(connectionId)
                    .filter(found -> found.connection().isReady())
                    .orElseThrow(() -> new IllegalArgumentException("The connection " + connectionId + " is gone"));
            change.run(rotation.get(), apis.of(stored));
        } catch (ForgeFailure failure) {
            throw ConnectFailure.of(failure);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Rotates the keys of all these connections, unless that is being done for others. Returns at once. */
    public synchronized boolean rotateAll(List<String> connectionIds) {
        if (bulk.filter(running -> !running.progress().isOver()).isPresent()) {
            return false;
        }
        BulkRotation begun = new BulkRotation(connectionIds);
        bulk = Optional.of(begun);
        thread.execute(Asker.takenAlong(() -> begun.run(this::rotateNow)));
        return true;
    }

    /** The last rotation of many; empty when there was none since Jenkins started. */
    public Optional<BulkRotation> bulk() {
        return bulk;
    }

    @Override
    public void close() {
        bulk.ifPresent(BulkRotation::stop);
        thread.shutdown();
    }

    /** A change of one connection's key. */
    private interface Change {
        void run(Rotation rotation, ForgeApi api) throws ConnectFailure;
    }
}

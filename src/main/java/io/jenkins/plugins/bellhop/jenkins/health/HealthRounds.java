package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.connect.HealthCheck;
import io.jenkins.plugins.bellhop.connect.Repair;
import io.jenkins.plugins.bellhop.flow.RateLimits;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Apis;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Pauses;
import io.jenkins.plugins.bellhop.jenkins.connection.RequestLock;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks after every connection once a day, and after one whose build failed. Remembers what it found until it looks again,
 * over restarts too.
 */
public final class HealthRounds implements AutoCloseable {

    /** A failed build makes it look again, but not more often than this: a broken job may fail every minute. */
    static final Duration SHORTEST_PAUSE = Duration.ofMinutes(10);

    private static final Logger LOGGER = Logger.getLogger(HealthRounds.class.getName());
    private final ConnectionFiles files;
    private final Apis apis;
    private final Supplier<HealthCheck> check;
    private final Supplier<Repair> repair;
    private final WideKeyAdvice advice;
    private final Lock oneAtATime;
    private final RateLimits limits;
    private final HealthFiles kept;
    private final Clock clock;
    private final Map<String, Health> found;
    /** After looks of our own accord; the forge may not have answered. */
    private final Pauses pauses = new Pauses(SHORTEST_PAUSE);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop health");
        named.setDaemon(true);
        return named;
    });
    private final Waiting<String> afterFailures = new Waiting<>(thread, this::lookAfterFailure);

    /**
     * @param oneAtATime held while a forge is changed
     * @param limits of the forges, as everybody heard of them
     * @param directory where what was found is kept
     */
    public HealthRounds(
            ConnectionFiles files,
            Apis apis,
            Supplier<HealthCheck> check,
            Supplier<Repair> repair,
            WideKeyAdvice advice,
            Lock oneAtATime,
            RateLimits limits,
            Path directory,
            Clock clock)
            throws IOException {
        this.files = files;
        this.apis = apis;
        this.check = check;
        this.repair = repair;
        this.advice = advice;
        this.oneAtATime = oneAtATime;
        this.limits = limits;
        this.kept = new HealthFiles(directory);
        this.clock = clock;
        this.found = new ConcurrentHashMap<>(kept.all());
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The first round is some minutes after Jenkins' start, which has other things to do. */
    public void start() {
        thread.scheduleWithFixedDelay(
                this::round, HealthPlan.ROUND.toMillis(), HealthPlan.ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        found.keySet().stream().filter(id -> files.byId(id).isEmpty()).forEach(this::forget);
        Map<String, Instant> looks = new HashMap<>();
        files.all().stream()
                .filter(HealthRounds::isInUse)
                .forEach(stored -> looks.put(
                        stored.id(), latest(stored.id()).map(Health::at).orElse(Instant.MIN)));
        HealthPlan.due(looks, clock.instant()).forEach(id -> files.byId(id).ifPresent(this::look));
    }

    /** The connection is gone, or another one begins that may have its id. */
    public void forget(String id) {
        found.remove(id);
        pauses.forget(id);
        kept.forget(id);
    }

    private static boolean isInUse(StoredConnection stored) {
        return stored.connection().isReady() && !stored.items().isEmpty();
    }

    /** A build of the job failed, maybe for the connection's sake. Returns at once. */
    public void buildFailed(Job<?, ?> job) {
        files.usedIn(job).stream().filter(this::isWorthALook).forEach(stored -> afterFailures.add(stored.id()));
    }

    /** Somebody may have looked since the build failed. */
    private void lookAfterFailure(String id) {
        files.byId(id).filter(this::isWorthALook).ifPresent(this::look);
    }

    private boolean isWorthALook(StoredConnection stored) {
        Instant now = clock.instant();
        return isInUse(stored)
                && pauses.isOver(stored.id(), now)
                && latest(stored.id())
                        .filter(health -> health.at().plus(SHORTEST_PAUSE).isAfter(now))
                        .isEmpty();
    }

    private void look(StoredConnection stored) {
        String host = stored.connection().repository().host();
        if (!limits.pause(host).isZero()) {
            return;
        }
        pauses.begin(stored.id(), clock.instant());
        try {
            lookNow(stored);
        } catch (ForgeFailure failure) {
            limits.heard(host, failure);
            LOGGER.log(Level.INFO, "Nothing can be said of {0}: {1}", new Object[] {stored, failure.getMessage()});
        } catch (RuntimeException fault) {
            LOGGER.log(Level.WARNING, "Could not look after " + stored, fault);
        }
    }

    /** @throws ForgeFailure when the forge can't be asked at the moment; what was found before still counts */
    public Health lookNow(StoredConnection stored) throws ForgeFailure {
        Health looked = check.get().check(stored.custody(), stored.keySince(), apis.of(stored));
        Health health = looked.with(advice.on(stored, looked));
        found.put(stored.id(), health);
        kept.keep(stored.id(), health);
        if (!isStillThere(stored)) {
            forget(stored.id());
        }
        return health;
    }

    /** One that was made anew meanwhile has the same id, and another address for its hook. */
    private boolean isStillThere(StoredConnection stored) {
        String hookPath = stored.secrets().hookPath();
        return files.byId(stored.id())
                .filter(today -> today.secrets().hookPath().equals(hookPath))
                .isPresent();
    }

    /**
     * Mends what can be mended, as somebody asked at an item, and looks again. It is done with that item's API credential alone,
     * unless an administrator asks: what that may not do at the forge isn't done with another job's.
     */
    public Health repairNow(StoredConnection stored, Item item) throws ConnectFailure, ForgeFailure {
        RequestLock.take(oneAtATime);
        try {
            StoredConnection today = today(stored.id());
            ForgeApi api = Wiring.isAdministrator() ? apis.of(today) : apis.ofItemAlone(today, item.getFullName());
            repair.get().repair(today.id(), lookNow(today), api);
        } finally {
            oneAtATime.unlock();
        }
        return lookNow(today(stored.id()));
    }

    /** What waited for the lock may have been changed meanwhile, and mended. */
    private StoredConnection today(String id) {
        return files.byId(id)
                .filter(found -> found.connection().isReady())
                .orElseThrow(() -> new IllegalArgumentException("The connection " + id + " is gone"));
    }

    /** What was found last; empty before the first look at the connection with the key that it has now. */
    public Optional<Health> latest(String connectionId) {
        return Optional.ofNullable(found.get(connectionId)).filter(health -> !isOfFormerKey(connectionId, health));
    }

    private boolean isOfFormerKey(String connectionId, Health health) {
        return files.byId(connectionId)
                .flatMap(StoredConnection::keySince)
                .filter(since -> health.at().isBefore(since))
                .isPresent();
    }

    /** Connections of items, with something that doesn't work. */
    public List<StoredConnection> unwell() {
        return files.all().stream()
                .filter(HealthRounds::isInUse)
                .filter(stored ->
                        latest(stored.id()).filter(health -> !health.isWell()).isPresent())
                .toList();
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

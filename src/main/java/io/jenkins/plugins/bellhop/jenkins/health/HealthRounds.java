package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.connect.HealthCheck;
import io.jenkins.plugins.bellhop.connect.Repair;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.Apis;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks after every connection once a day, and after one whose build failed. Remembers what it found until it looks again. */
public final class HealthRounds implements AutoCloseable {

    /** How long what was found counts. */
    static final Duration FRESH = Duration.ofDays(1);

    /** A failed build makes it look again, but not more often than this: a broken job may fail every minute. */
    static final Duration SHORTEST_PAUSE = Duration.ofMinutes(10);

    private static final Logger LOGGER = Logger.getLogger(HealthRounds.class.getName());
    private static final Duration ROUND = Duration.ofHours(1);

    private final ConnectionFiles files;
    private final Apis apis;
    private final Supplier<HealthCheck> check;
    private final Supplier<Repair> repair;
    private final WideKeyAdvice advice;
    private final Lock oneAtATime;
    private final Clock clock;
    private final Map<String, Health> found = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop health");
        named.setDaemon(true);
        return named;
    });

    /** @param oneAtATime held while a forge is changed */
    public HealthRounds(
            ConnectionFiles files,
            Apis apis,
            Supplier<HealthCheck> check,
            Supplier<Repair> repair,
            WideKeyAdvice advice,
            Lock oneAtATime,
            Clock clock) {
        this.files = files;
        this.apis = apis;
        this.check = check;
        this.repair = repair;
        this.advice = advice;
        this.oneAtATime = oneAtATime;
        this.clock = clock;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The first round is an hour after Jenkins' start, which has other things to do. */
    public void start() {
        thread.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        found.keySet().removeIf(id -> files.byId(id).isEmpty());
        files.all().stream().filter(stored -> isOlderThan(FRESH, stored)).forEach(this::look);
    }

    private boolean isOlderThan(Duration time, StoredConnection stored) {
        Instant now = clock.instant();
        return stored.connection().isReady()
                && !stored.items().isEmpty()
                && latest(stored.id())
                        .filter(health -> health.at().plus(time).isAfter(now))
                        .isEmpty();
    }

    /** A build of the job failed, maybe for the connection's sake. Returns at once. */
    public void buildFailed(Job<?, ?> job) {
        for (StoredConnection stored : files.usedIn(job)) {
            if (isOlderThan(SHORTEST_PAUSE, stored)) {
                execute(() -> look(stored));
            }
        }
    }

    private void execute(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already");
        }
    }

    private void look(StoredConnection stored) {
        try {
            lookNow(stored);
        } catch (ForgeFailure failure) {
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
        return health;
    }

    /** Mends what can be mended, as somebody asked, and looks again. */
    public Health repairNow(StoredConnection stored) throws ConnectFailure, ForgeFailure {
        oneAtATime.lock();
        try {
            repair.get().repair(stored.id(), lookNow(stored), apis.of(stored));
        } finally {
            oneAtATime.unlock();
        }
        return lookNow(files.byId(stored.id()).orElse(stored));
    }

    /** What was found last; empty before the first look. */
    public Optional<Health> latest(String connectionId) {
        return Optional.ofNullable(found.get(connectionId));
    }

    /** Connections with something that doesn't work. */
    public List<StoredConnection> unwell() {
        return files.all().stream()
                .filter(stored ->
                        latest(stored.id()).filter(health -> !health.isWell()).isPresent())
                .toList();
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

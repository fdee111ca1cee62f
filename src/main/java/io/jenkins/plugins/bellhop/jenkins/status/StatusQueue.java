package io.jenkins.plugins.bellhop.jenkins.status;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.Apis;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Posts statuses one after another, so that a commit's states arrive in their order; tries again what may pass. */
public final class StatusQueue implements AutoCloseable {

    /** Statuses that wait; more are dropped, with a line in the log. */
    static final int MOST_WAITING = 10_000;
    /** Statuses that wait when pending ones are dropped: without a final one a commit would look pending for ever. */
    static final int MANY_WAITING = 5_000;
    /** Tries for one status; after that nobody waits for it any more. */
    static final int MOST_TRIES = 5;

    private static final Logger LOGGER = Logger.getLogger(StatusQueue.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

    private final ConnectionFiles files;
    private final Apis apis;
    /** What each commit is to show in the end, so that a retried state never overwrites a later one. */
    private final Map<Place, CommitStatus> latest = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop statuses");
        named.setDaemon(true);
        return named;
    });

    public StatusQueue(ConnectionFiles files, Apis apis) {
        this.files = files;
        this.apis = apis;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Returns at once. */
    public void post(String connectionId, String job, CommitId commit, CommitStatus status) {
        if (!takes(status.state(), thread.getQueue().size())) {
            LOGGER.warning("Too many commit statuses wait; dropped one for " + commit);
            return;
        }
        Place place = new Place(connectionId, job, commit);
        latest.put(place, status);
        try {
            thread.execute(() -> tryPost(place, status, 1));
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; the status of " + commit + " is not posted");
        }
    }

    static boolean takes(State state, int waiting) {
        return waiting < (state == State.PENDING ? MANY_WAITING : MOST_WAITING);
    }

    private void tryPost(Place place, CommitStatus status, int tried) {
        Optional<StoredConnection> stored = files.byId(place.connectionId());
        if (stored.isEmpty() || latest.get(place) != status) {
            return;
        }
        try {
            apis.of(stored.get(), place.job())
                    .statuses()
                    .post(stored.get().connection().repository(), place.commit(), status);
        } catch (ForgeFailure failure) {
            if (failure.mayPass() && tried < MOST_TRIES && !thread.isShutdown()) {
                thread.schedule(
                        () -> tryPost(place, status, tried + 1), pause(failure).toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            LOGGER.warning(failure.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Could not post a commit status", e);
        }
        latest.remove(place, status);
    }

    /** As long as the forge asks for, when it limits its rate. */
    private static Duration pause(ForgeFailure failure) {
        Duration asked =
                failure.retryAt().map(at -> Duration.between(Instant.now(), at)).orElse(PAUSE);
        return asked.compareTo(PAUSE) > 0 ? asked : PAUSE;
    }

    private record Place(String connectionId, String job, CommitId commit) {}

    /** Gives what waits a moment to go out. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_AT_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warning("Some commit statuses were not posted before the shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

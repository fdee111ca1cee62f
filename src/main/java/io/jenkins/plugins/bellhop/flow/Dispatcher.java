package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Handles what the spool holds, oldest first, on one thread of its own. A delivery that failed is tried again after a
 * growing pause, without holding up the others.
 */
public final class Dispatcher implements AutoCloseable {

    /** Pauses before the second, third … try; the last one repeats. */
    public static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));
    /** Tries before a delivery is given up; with the pauses above, after more than a day. */
    public static final int MOST_TRIES = 30;

    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final Spool spool;
    private final Handler handler;
    private final List<Duration> pauses;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop deliveries");
        named.setDaemon(true);
        return named;
    });
    private final Map<String, Integer> tries = new HashMap<>();
    /** Whether a look into the spool is on its way; one serves for all that was stored before it begins. */
    private final AtomicBoolean woken = new AtomicBoolean();

    public Dispatcher(Spool spool, Handler handler) {
        this(spool, handler, PAUSES);
    }

    Dispatcher(Spool spool, Handler handler, List<Duration> pauses) {
        this.spool = spool;
        this.handler = handler;
        this.pauses = List.copyOf(pauses);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Something may wait in the spool. Returns at once. */
    public void wake() {
        if (!woken.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.execute(this::handleAllThatWait);
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; what came in stays in the spool until the next start");
        }
    }

    /**
     * Asks the forge for a connection's heads, which may take minutes, on the caller's thread; what differs is handled in turn
     * with deliveries, so that neither builds what the other does.
     *
     * @param done called when it is through, whatever came of it
     * @return whether the forge could be reached
     */
    public boolean catchUp(Source source, Runnable done) {
        String arrival = spool.arrival();
        try {
            HeadComparison now = handler.look(source);
            thread.execute(() -> catchUpNow(source, now, arrival, done));
            return true;
        } catch (ForgeFailure failure) {
            handler.couldNotLook(source, failure, arrival);
            done.run();
            return failure.kind() != Kind.UNREACHABLE;
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; it is caught up with after the next start");
            return true;
        }
    }

    private void catchUpNow(Source source, HeadComparison now, String arrival, Runnable done) {
        try {
            handler.catchUp(source, now, arrival);
            handler.rest();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "Could not catch up; it is tried again within the hour", e);
        } finally {
            done.run();
        }
    }

    /** Handles a kept delivery once more, in turn with those that wait. Returns at once; the log tells what came of it. */
    public void replay(VerifiedDelivery delivery) {
        String arrival = spool.arrival();
        try {
            thread.execute(() -> replayNow(delivery, arrival));
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; nothing is replayed");
        }
    }

    private void replayNow(VerifiedDelivery delivery, String arrival) {
        try {
            handler.replay(delivery, arrival);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "Could not replay a delivery", e);
        }
    }

    /**
     * Lets jobs build a commit of a pull request from a fork, and decides about it anew, in turn with deliveries. Asks the
     * forge on the caller's thread whether that commit is still the one that the pull request asks to merge.
     *
     * @param jobs full names of those that the approver may speak for
     * @param approver for the sentence of the build
     * @param done called when it is decided, whatever came of it
     * @throws ForgeFailure when the forge can't be asked, or shows another commit now: then nothing is approved
     * @throws IOException when the approval can't be written down: then nothing is approved either
     */
    public void approve(Source source, Approvals.Waiting what, Set<String> jobs, String approver, Runnable done)
            throws ForgeFailure, IOException {
        String arrival = spool.arrival();
        PullRequest request = handler.shown(source, what);
        handler.approvals().approve(source.connection().id(), jobs, what, approver);
        try {
            thread.execute(() -> approveNow(source, request, jobs, arrival, done));
        } catch (RejectedExecutionException e) {
            throw new IOException("Approved, but Jenkins is going down. Approve it again after the restart", e);
        }
    }

    private void approveNow(Source source, PullRequest request, Set<String> jobs, String arrival, Runnable done) {
        try {
            handler.approved(source, request, jobs, arrival);
            handler.rest();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "Could not decide after an approval; catching up tries it again", e);
        } finally {
            done.run();
        }
    }

    private void handleAllThatWait() {
        woken.set(false);
        for (String name : spool.waiting()) {
            if (!tries.containsKey(name)) {
                tryOnce(name);
            }
        }
        handler.rest();
    }

    private void tryOnce(String name) {
        if (thread.isShutdown()) {
            return;
        }
        Result result = result(name);
        int made = tries.merge(name, 1, Integer::sum);
        if (result == Result.FAILED && made < MOST_TRIES) {
            later(pauses.get(Math.min(made, pauses.size()) - 1), () -> tryOnce(name));
            return;
        }
        if (result == Result.FAILED) {
            LOGGER.log(Level.WARNING, "Gave up a delivery after {0} tries: {1}", new Object[] {made, name});
        }
        finish(name, result);
    }

    private Result result(String name) {
        try {
            return handler.handle(spool.read(name), name);
        } catch (IOException | RuntimeException | Error e) {
            // Errors too, a missing class for one: otherwise this delivery would hold up all that wait behind it.
            LOGGER.log(Level.WARNING, "Could not handle a delivery; it stays in the spool and is tried again", e);
            return Result.FAILED;
        }
    }

    private void finish(String name, Result result) {
        if (tries.size() > 1) {
            // Others wait to be tried again: what overtook them has to outlive a crash.
            handler.rest();
        }
        try {
            spool.done(name, result == Result.BUILT);
            tries.remove(name);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not remove a handled delivery from the spool; it is tried again", e);
            later(lastPause(), () -> finish(name, result));
        }
    }

    private Duration lastPause() {
        return pauses.get(pauses.size() - 1);
    }

    private void later(Duration pause, Runnable work) {
        if (!thread.isShutdown()) {
            thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Lets the delivery at work finish; the others stay in the spool. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_AT_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warning("A delivery is still being handled; it stays in the spool");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

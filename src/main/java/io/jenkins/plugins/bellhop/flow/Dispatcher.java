package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.Spool.Waiting;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.flow.Turns.Lane;
import io.jenkins.plugins.bellhop.flow.Turns.Turn;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Handles what the spool holds on a few threads of its own: of each connection oldest first and one at a time, the connections
 * in turn. A delivery that failed is tried again after a growing pause, without holding up the others.
 */
public final class Dispatcher implements AutoCloseable {

    /** Deliveries that are handled at once; most of the time they wait for a forge or for the disk. */
    public static final int THREADS = 4;
    /** Of these, those that may be busy with one host: a forge that doesn't answer costs 30 seconds for each question. */
    public static final int MOST_ON_ONE_HOST = 3;
    /** Pauses before the second, third … try; the last one repeats. */
    public static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));
    /** Tries before a delivery is given up; with the pauses above, after more than a day. */
    public static final int MOST_TRIES = 30;
    /** Deliveries after which the heads that were seen are written down although more wait. */
    static final int REST_AFTER = 1_000;

    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);
    /** Between two looks whether deliveries may be handled again. */
    private static final Duration HOLD = Duration.ofSeconds(2);

    private final Spool spool;
    private final Handler handler;
    private final Sources sources;
    private final BooleanSupplier onHold;
    private final List<Duration> pauses;
    private final Duration hold;
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, work -> {
        Thread named = new Thread(work, "Bellhop deliveries");
        named.setDaemon(true);
        return named;
    });
    private final Turns turns = new Turns(THREADS, MOST_ON_ONE_HOST);
    /** By name, for those that failed. */
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    /** How many of each lane wait to be tried again. */
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();
    /** Whether a look into the spool is on its way; one serves for all that was stored before it begins. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private final AtomicBoolean holding = new AtomicBoolean();
    private final AtomicInteger sinceRest = new AtomicInteger();
    /** The name of the last delivery that got in line. */
    private String last = "";

    /** @param onHold whether deliveries are to wait in the spool just now */
    public Dispatcher(Spool spool, Handler handler, Sources sources, BooleanSupplier onHold) {
        this(spool, handler, sources, onHold, PAUSES, HOLD);
    }

    Dispatcher(
            Spool spool,
            Handler handler,
            Sources sources,
            BooleanSupplier onHold,
            List<Duration> pauses,
            Duration hold) {
        this.spool = spool;
        this.handler = handler;
        this.sources = sources;
        this.onHold = onHold;
        this.pauses = List.copyOf(pauses);
        this.hold = hold;
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Something may wait in the spool. Returns at once. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            execute(this::lineUpAllThatWait);
        }
    }

    private void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; what waits stays in the spool until the next start");
        }
    }

    private synchronized void lineUpAllThatWait() {
        woken.set(false);
        for (Waiting waiting : spool.waitingAfter(last)) {
            lineUp(waiting);
            last = waiting.name();
        }
        startAllWhoseTurnItIs();
    }

    private void lineUp(Waiting waiting) {
        Lane lane = lane(waiting.hookId());
        turns.add(lane, () -> tryOnce(waiting.name(), lane));
    }

    /** Asks no forge for one that nobody knows. */
    private Lane lane(String hookId) {
        return sources.find(hookId).map(Dispatcher::lane).orElse(new Lane(hookId, hookId));
    }

    private static Lane lane(Source source) {
        return new Lane(source.connection().id(), source.forge().host());
    }

    private void startAllWhoseTurnItIs() {
        if (onHold.getAsBoolean()) {
            if (holding.compareAndSet(false, true)) {
                later(hold, this::holdOver);
            }
            return;
        }
        for (Optional<Turn> turn = next(); turn.isPresent(); turn = next()) {
            Turn begun = turn.get();
            execute(() -> take(begun));
        }
    }

    private void holdOver() {
        holding.set(false);
        startAllWhoseTurnItIs();
    }

    private Optional<Turn> next() {
        return threads.isShutdown() ? Optional.empty() : turns.next();
    }

    private void take(Turn turn) {
        try {
            if (!threads.isShutdown()) {
                turn.work().run();
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "A fault in Bellhop; other deliveries are handled all the same", e);
        } finally {
            turns.over(turn);
            startAllWhoseTurnItIs();
        }
        if (turns.isIdle() || sinceRest.incrementAndGet() >= REST_AFTER) {
            sinceRest.set(0);
            handler.rest();
        }
    }

    /**
     * Asks the forge for a connection's heads, which may take minutes, on the caller's thread; what differs is handled in turn
     * with deliveries, so that neither builds what the other does.
     *
     * @param done called when it is through, whatever came of it
     * @return how long to leave the forge's host alone; zero when it answered and everything goes its way
     */
    public Duration catchUp(Source source, Runnable done) {
        if (onHold.getAsBoolean()) {
            // What was found would only pile up, and be old by then.
            done.run();
            return hold;
        }
        String arrival = spool.arrival();
        try {
            HeadComparison now = handler.lookout().look(source);
            turns.add(lane(source), () -> catchUpNow(source, now, arrival, done));
            startAllWhoseTurnItIs();
            return Duration.ZERO;
        } catch (ForgeFailure failure) {
            done.run();
            return handler.lookout().failed(source, failure, arrival);
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
        turns.add(lane(delivery.hookId()), () -> replayNow(delivery, arrival));
        startAllWhoseTurnItIs();
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
        PullRequest request = handler.lookout().shown(source, what);
        handler.approve(source, what, jobs, approver);
        if (threads.isShutdown()) {
            throw new IOException("Approved, but Jenkins is going down. Approve it again after the restart");
        }
        turns.add(lane(source), () -> approveNow(source, request, jobs, arrival, done));
        startAllWhoseTurnItIs();
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

    private void tryOnce(String name, Lane lane) {
        Result result = result(name);
        int made = tries.merge(name, 1, Integer::sum);
        if (made == 1 && result == Result.FAILED) {
            failed.merge(lane.id(), 1, Integer::sum);
        }
        if (result == Result.FAILED && made < MOST_TRIES) {
            later(pauseAfter(made, lane), () -> {
                turns.add(lane, () -> tryOnce(name, lane));
                startAllWhoseTurnItIs();
            });
            return;
        }
        if (result == Result.FAILED) {
            LOGGER.log(Level.WARNING, "Gave up a delivery after {0} tries: {1}", new Object[] {made, name});
        }
        if (made > 1 || result == Result.FAILED) {
            failed.computeIfPresent(lane.id(), (id, count) -> count > 1 ? count - 1 : null);
        }
        finish(name, lane, result);
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

    /** A forge that limits its rate says how long. */
    private Duration pauseAfter(int made, Lane lane) {
        Duration ours = pauses.get(Math.min(made, pauses.size()) - 1);
        Duration theirs = handler.lookout().limits().pause(lane.host());
        return theirs.compareTo(ours) > 0 ? theirs : ours;
    }

    private void finish(String name, Lane lane, Result result) {
        if (failed.containsKey(lane.id())) {
            // Others wait to be tried again: what overtook them has to outlive a crash.
            handler.rest();
        }
        try {
            spool.done(name, result == Result.BUILT);
            tries.remove(name);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not note that a delivery is handled; that is tried again", e);
            later(pauses.get(pauses.size() - 1), () -> finish(name, lane, result));
        }
    }

    private void later(Duration pause, Runnable work) {
        try {
            threads.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; what waits stays in the spool until the next start");
        }
    }

    /** Lets the deliveries at work finish; the others stay in the spool. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_AT_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warning("A delivery is still being handled; it stays in the spool");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.jenkins.plugins.bellhop.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Works through many things one after the other. One that fails stops none of the others. Started by one thread, watched and
 * stopped by others.
 */
public final class OneByOne {

    private final List<String> names;
    private final List<Duration> pauses;
    private final List<Ended> ended = new ArrayList<>();
    private Optional<String> current = Optional.empty();
    private Optional<String> obstacle = Optional.empty();
    /** How many pauses there were since the last one that went well. */
    private int paused;

    private boolean stopped;

    /** @param names each once */
    public OneByOne(List<String> names) {
        this(names, List.of());
    }

    /**
     * @param pauses one after the other, each before another attempt at what failed and may pass. When all are over, what fails
     *     is left, and there is no pause any more until something goes well
     */
    public OneByOne(List<String> names, List<Duration> pauses) {
        this.names = List.copyOf(names);
        this.pauses = List.copyOf(pauses);
    }

    /** Returns when all are done, or the one at hand after somebody stopped it. */
    public void run(Step step) {
        try {
            for (String name : names) {
                if (!begun(name)) {
                    return;
                }
                ended(end(name, step));
            }
        } finally {
            over();
        }
    }

    private Ended end(String name, Step step) {
        while (true) {
            try {
                return new Ended(name, true, step.run(name));
            } catch (ConnectFailure failure) {
                if (!failure.mayPass() || !pause(failure.getMessage())) {
                    return new Ended(name, false, failure.getMessage());
                }
            } catch (RuntimeException | LinkageError | AssertionError fault) {
                // Foreign code is called for some, and whatever is wrong with it says nothing of the next one.
                return new Ended(name, false, "Not done: " + fault.getMessage() + ".");
            }
        }
    }

    /** Whether to try again; returns after the pause, or as soon as somebody stops it. */
    private synchronized boolean pause(String sentence) {
        if (paused == pauses.size()) {
            return false;
        }
        long end = System.nanoTime() + pauses.get(paused++).toNanos();
        obstacle = Optional.of(sentence);
        try {
            for (long left = end - System.nanoTime(); left > 0 && !stopped; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        obstacle = Optional.empty();
        return !stopped;
    }

    private synchronized boolean begun(String name) {
        current = Optional.of(name).filter(some -> !stopped);
        return current.isPresent();
    }

    private synchronized void ended(Ended one) {
        ended.add(one);
        current = Optional.empty();
        paused = one.done() ? 0 : paused;
    }

    /** Whatever ended it: nobody waits for it any more. */
    private synchronized void over() {
        current.ifPresent(name -> ended(new Ended(name, false, "Not done: see the log of Jenkins.")));
        stopped |= ended.size() < names.size();
    }

    /** The one that is worked on is finished first. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    public synchronized Progress progress() {
        return new Progress(names.size(), current, obstacle, ended, stopped);
    }

    /** Does what is to be done with one of them, and says what came of it. */
    public interface Step {
        String run(String name) throws ConnectFailure;
    }

    /** One that is done or failed, and what came of it. */
    public record Ended(String name, boolean done, String sentence) {}

    /**
     * How far it has come.
     *
     * @param current the one that is worked on
     * @param obstacle why that one is tried again after a pause
     * @param ended in their order
     */
    public record Progress(
            int total, Optional<String> current, Optional<String> obstacle, List<Ended> ended, boolean stopped) {

        public Progress {
            ended = List.copyOf(ended);
        }

        public List<Ended> failed() {
            return ended.stream().filter(one -> !one.done()).toList();
        }

        /** Whether nothing more will happen. */
        public boolean isOver() {
            return ended.size() == total || stopped && current.isEmpty();
        }
    }
}

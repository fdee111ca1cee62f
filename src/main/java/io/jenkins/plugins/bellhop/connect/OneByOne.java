package io.jenkins.plugins.bellhop.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works through many things one after the other. One that fails stops none of the others. Started by one thread, watched and
 * stopped by others.
 */
public final class OneByOne {

    private final List<String> names;
    private final List<Ended> ended = new ArrayList<>();
    private Optional<String> current = Optional.empty();
    private boolean stopped;

    /** @param names each once */
    public OneByOne(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Returns when all are done, or the one at hand after somebody stopped it. */
    public void run(Step step) {
        for (String name : names) {
            if (!begun(name)) {
                return;
            }
            ended(end(name, step));
        }
    }

    private static Ended end(String name, Step step) {
        try {
            return new Ended(name, true, step.run(name));
        } catch (ConnectFailure failure) {
            return new Ended(name, false, failure.getMessage());
        } catch (RuntimeException fault) {
            return new Ended(name, false, "Not done: " + fault.getMessage() + ".");
        }
    }

    private synchronized boolean begun(String name) {
        current = Optional.of(name).filter(some -> !stopped);
        return current.isPresent();
    }

    private synchronized void ended(Ended one) {
        ended.add(one);
        current = Optional.empty();
    }

    /** The one that is worked on is finished first. */
    public synchronized void stop() {
        stopped = true;
    }

    public synchronized Progress progress() {
        return new Progress(names.size(), current, ended, stopped);
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
     * @param ended in their order
     */
    public record Progress(int total, Optional<String> current, List<Ended> ended, boolean stopped) {

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

package io.jenkins.plugins.bellhop.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rotates the keys of many connections one after the other. One that fails stops none of the others. Started by one thread,
 * watched and stopped by others.
 */
public final class BulkRotation {

    private final List<String> connectionIds;
    private final List<Failed> failed = new ArrayList<>();
    private int done;
    private Optional<String> current = Optional.empty();
    private boolean stopped;

    /** @param connectionIds each once */
    public BulkRotation(List<String> connectionIds) {
        this.connectionIds = List.copyOf(connectionIds);
    }

    /** Returns when all are done, or the one at hand after somebody stopped it. */
    public void run(Step step) {
        for (String id : connectionIds) {
            if (!begun(id)) {
                return;
            }
            Optional<String> problem = problem(id, step);
            ended(id, problem);
        }
    }

    private static Optional<String> problem(String id, Step step) {
        try {
            step.rotate(id);
            return Optional.empty();
        } catch (ConnectFailure failure) {
            return Optional.of(failure.getMessage());
        } catch (RuntimeException fault) {
            return Optional.of("Not rotated: " + fault.getMessage() + ".");
        }
    }

    private synchronized boolean begun(String id) {
        current = Optional.of(id).filter(some -> !stopped);
        return current.isPresent();
    }

    private synchronized void ended(String id, Optional<String> problem) {
        problem.ifPresent(sentence -> failed.add(new Failed(id, sentence)));
        current = Optional.empty();
        done++;
    }

    /** The connection that is worked on is finished first. */
    public synchronized void stop() {
        stopped = true;
    }

    public synchronized Progress progress() {
        return new Progress(connectionIds.size(), done, current, failed, stopped);
    }

    /** Rotates one connection's key. */
    public interface Step {
        void rotate(String connectionId) throws ConnectFailure;
    }

    /** One that wasn't rotated, and why. */
    public record Failed(String connectionId, String sentence) {}

    /**
     * How far it has come.
     *
     * @param done rotated or failed
     * @param current the one that is worked on
     */
    public record Progress(int total, int done, Optional<String> current, List<Failed> failed, boolean stopped) {

        public Progress {
            failed = List.copyOf(failed);
        }

        /** Whether nothing more will happen. */
        public boolean isOver() {
            return done == total || stopped && current.isEmpty();
        }
    }
}

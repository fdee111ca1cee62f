package io.jenkins.plugins.bellhop.connect;

import java.util.List;
import java.util.Optional;

/**
 * Rotates the keys of many connections one after the other. One that fails stops none of the others. Started by one thread,
 * watched and stopped by others.
 */
public final class BulkRotation {

    private final OneByOne connections;

    /** @param connectionIds each once */
    public BulkRotation(List<String> connectionIds) {
        this.connections = new OneByOne(connectionIds);
    }

    /** Returns when all are done, or the one at hand after somebody stopped it. */
    public void run(Step step) {
        connections.run(id -> rotated(id, step));
    }

    private static String rotated(String id, Step step) throws ConnectFailure {
        try {
            step.rotate(id);
            return "";
        } catch (RuntimeException fault) {
            throw new ConnectFailure("Not rotated: " + fault.getMessage() + ".", false, List.of());
        }
    }

    /** The connection that is worked on is finished first. */
    public void stop() {
        connections.stop();
    }

    public Progress progress() {
        OneByOne.Progress now = connections.progress();
        List<Failed> failed = now.failed().stream()
                .map(one -> new Failed(one.name(), one.sentence()))
                .toList();
        return new Progress(now.total(), now.ended().size(), now.current(), failed, now.stopped());
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

package io.jenkins.plugins.bellhop.jenkins.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Between two looks at one connection there is a pause, whether or not the forge answered. */
final class Pauses {

    private final Duration shortest;
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();

    Pauses(Duration shortest) {
        this.shortest = shortest;
    }

    void begin(String connectionId, Instant now) {
        begun.put(connectionId, now);
    }

    boolean isOver(String connectionId, Instant now) {
        Instant since = begun.get(connectionId);
        return since == null || !since.plus(shortest).isAfter(now);
    }

    void forget(String connectionId) {
        begun.remove(connectionId);
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Between two looks at one connection or key there is a pause, whether or not the forge answered. */
public final class Pauses {

    private final Duration shortest;
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();

    public Pauses(Duration shortest) {
        this.shortest = shortest;
    }

    public void begin(String id, Instant now) {
        begun.put(id, now);
    }

    public boolean isOver(String id, Instant now) {
        Instant since = begun.get(id);
        return since == null || !since.plus(shortest).isAfter(now);
    }

    public void forget(String id) {
        begun.remove(id);
    }
}

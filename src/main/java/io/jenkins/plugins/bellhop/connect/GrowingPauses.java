package io.jenkins.plugins.bellhop.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Between attempts that fail. Each pause is twice the one before, and no shorter than the forge asks for. Safe for use by
 * several threads; kept in memory.
 */
public final class GrowingPauses {

    /** People wait for what is tried, and whoever mends something can press a button. */
    public static final Duration LONGEST = Duration.ofHours(4);

    private final Duration first;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    private record Pause(Duration length, Instant end) {}

    /** @param first the pause after the first failure */
    public GrowingPauses(Duration first) {
        this.first = first;
    }

    /** @param retryAt when the forge wants to be asked again; empty when it didn't say */
    public void failed(String id, Instant now, Optional<Instant> retryAt) {
        pauses.compute(id, (same, before) -> {
            Duration length = before == null ? first : shorter(before.length().multipliedBy(2), LONGEST);
            Instant end = now.plus(length);
            return new Pause(length, retryAt.filter(end::isBefore).orElse(end));
        });
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    public boolean isOver(String id, Instant now) {
        Pause pause = pauses.get(id);
        return pause == null || !pause.end().isAfter(now);
    }

    /** It went through, or is gone. */
    public void forget(String id) {
        pauses.remove(id);
    }
}

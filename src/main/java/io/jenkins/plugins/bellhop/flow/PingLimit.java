package io.jenkins.plugins.bellhop.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many unsigned tests of an address are answered as such; whoever sends more isn't an administrator trying a hook. */
final class PingLimit {

    /** Tests in a minute, over all hooks. */
    static final int MOST = 30;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deque<Instant> answered = new ArrayDeque<>();

    PingLimit(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean mayAnswer() {
        Instant now = clock.instant();
        while (!answered.isEmpty() && !answered.peekFirst().plus(WINDOW).isAfter(now)) {
            answered.removeFirst();
        }
        if (answered.size() >= MOST) {
            return false;
        }
        answered.addLast(now);
        return true;
    }
}

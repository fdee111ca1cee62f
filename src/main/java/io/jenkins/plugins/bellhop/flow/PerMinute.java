package io.jenkins.plugins.bellhop.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many through within any minute, and no more. */
final class PerMinute {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int most;
    private final Clock clock;
    private final Deque<Instant> passed = new ArrayDeque<>();

    PerMinute(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    synchronized boolean mayPass() {
        Instant now = clock.instant();
        while (!passed.isEmpty() && !passed.peekFirst().plus(WINDOW).isAfter(now)) {
            passed.removeFirst();
        }
        if (passed.size() >= most) {
            return false;
        }
        passed.addLast(now);
        return true;
    }
}

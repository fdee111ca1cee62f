package io.jenkins.plugins.bellhop.sandbox.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the allowance of requests is used up, and until when. */
public final class Quota {

    private volatile Instant exhaustedUntil = Instant.MIN;

    public void exhaust(Duration time) {
        exhaustedUntil = Instant.now().plus(time);
    }

    /** How long there are no requests left; empty while there are. */
    public Optional<Duration> exhaustedFor() {
        Instant now = Instant.now();
        return now.isBefore(exhaustedUntil) ? Optional.of(Duration.between(now, exhaustedUntil)) : Optional.empty();
    }
}

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Until when forges asked to be left alone. One entry for each forge that ever did. */
public final class RateLimits {

    private final Clock clock;
    private final Map<String, Instant> untilByHost = new ConcurrentHashMap<>();

    public RateLimits(Clock clock) {
        this.clock = clock;
    }

    public void heard(String host, ForgeFailure failure) {
        failure.retryAt().ifPresent(until -> untilByHost.put(host, until));
    }

    /** Zero when it may be asked. */
    public Duration pause(String host) {
        Instant until = untilByHost.getOrDefault(host, Instant.MIN);
        Instant now = clock.instant();
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }
}

package io.jenkins.plugins.bellhop.forge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to ask again after "too many requests". */
public final class RetryAfter {

    /** What GitHub asks for when it doesn't say how long; good manners elsewhere. */
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);
    /** Limits are renewed within the hour; what lies further ahead is a clock that is wrong. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private RetryAfter() {}

    /** From {@code Retry-After} in seconds, then from a header with the second of renewal since 1970, if it has such. */
    public static Instant of(Answer answer, String renewalHeader, Clock clock) {
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST_PAUSE);
        Instant asked = seconds(answer, "retry-after")
                .map(now::plusSeconds)
                .or(() -> seconds(answer, renewalHeader).map(Instant::ofEpochSecond))
                .orElse(now.plus(DEFAULT_PAUSE));
        return asked.isAfter(latest) ? latest : asked;
    }

    private static Optional<Long> seconds(Answer answer, String header) {
        return answer.header(header).filter(value -> value.matches("\\d{1,12}")).map(Long::valueOf);
    }
}

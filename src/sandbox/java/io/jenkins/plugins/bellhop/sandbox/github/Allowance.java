package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import java.time.Duration;
import java.time.Instant;

/** The rate limit: how many requests a token has an hour, and whether they are used up. */
final class Allowance {

    private static final int PER_HOUR = 5000;

    private final Instant start = Instant.now();
    private volatile Instant exhaustedUntil = Instant.MIN;

    /** Uses up everybody's allowance until it is renewed after this time. */
    void exhaust(Duration time) {
        exhaustedUntil = Instant.now().plus(time);
    }

    boolean exhausted() {
        return Instant.now().isBefore(exhaustedUntil);
    }

    /** Counts the request, unless its answer said nothing new, and tells what is left. */
    Answer announce(Answer answer, AccessToken token) {
        int counted = answer.status() == 304 ? token.counted() : token.count();
        int used = exhausted() ? PER_HOUR : Math.min(PER_HOUR, counted);
        Instant reset = exhausted() ? exhaustedUntil.plusMillis(999) : start.plus(Duration.ofHours(1));
        return answer.with("X-RateLimit-Limit", Integer.toString(PER_HOUR))
                .with("X-RateLimit-Remaining", Integer.toString(PER_HOUR - used))
                .with("X-RateLimit-Used", Integer.toString(used))
                .with("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()))
                .with("X-RateLimit-Resource", "core");
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Skips a hook after several failures in a row, at first for ten seconds and then for longer and longer. */
final class CircuitBreaker {

    private static final int TOLERATED = 5;
    private static final Duration LONGEST = Duration.ofHours(10);

    private final Installation installation;

    CircuitBreaker(Installation installation) {
        this.installation = installation;
    }

    boolean admits(List<SentDelivery> answers) {
        int failures = failuresAtTheEnd(answers);
        if (failures < TOLERATED) {
            return true;
        }
        SentDelivery last = answers.get(answers.size() - 1);
        Duration pause = installation.circuitBreak();
        for (int i = TOLERATED; i < failures && pause.compareTo(LONGEST) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return !Instant.now().isBefore(last.sentAt().plus(last.duration()).plus(pause));
    }

    private static int failuresAtTheEnd(List<SentDelivery> answers) {
        int failures = 0;
        for (SentDelivery answer : answers) {
            failures = answer.accepted() ? 0 : failures + 1;
        }
        return failures;
    }
}

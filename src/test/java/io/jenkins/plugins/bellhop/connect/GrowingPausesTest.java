package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrowingPausesTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final String KEY = "key";

    private final GrowingPauses pauses = new GrowingPauses(FIRST);

    private void assertPauseIs(Duration length) {
        assertThat(pauses.isOver(KEY, START.plus(length).minusMillis(1))).isFalse();
        assertThat(pauses.isOver(KEY, START.plus(length))).isTrue();
    }

    @Test
    void eachPauseIsTwiceTheOneBeforeUpToTheLongest() {
        assertThat(pauses.isOver(KEY, START)).isTrue();
        for (Duration length = FIRST; length.compareTo(GrowingPauses.LONGEST) < 0; length = length.multipliedBy(2)) {
            pauses.failed(KEY, START, Optional.empty());
            assertPauseIs(length);
        }
        pauses.failed(KEY, START, Optional.empty());
        assertPauseIs(GrowingPauses.LONGEST);
        pauses.failed(KEY, START, Optional.empty());
        assertPauseIs(GrowingPauses.LONGEST);
    }

    @Test
    void whatWentThroughBeginsAnew() {
        pauses.failed(KEY, START, Optional.empty());
        pauses.failed(KEY, START, Optional.empty());
        pauses.forget(KEY);
        assertThat(pauses.isOver(KEY, START)).isTrue();

        pauses.failed(KEY, START, Optional.empty());
        assertPauseIs(FIRST);
    }

    @Test
    void aForgeThatLimitsItsRateIsNotAskedSoonerThanItSays() {
        pauses.failed(KEY, START, Optional.of(START.plus(Duration.ofHours(1))));
        assertPauseIs(Duration.ofHours(1));

        pauses.failed(KEY, START, Optional.of(START.plus(Duration.ofMinutes(1))));
        assertPauseIs(FIRST.multipliedBy(2));
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.support.Quiet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyRoundTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path home;

    private final AtomicInteger done = new AtomicInteger();

    /** As after a restart: nothing is known but what lies on disk. */
    private void look(Instant now) {
        round(now).runIfDue(done::incrementAndGet);
    }

    private DailyRound round(Instant now) {
        return new DailyRound(home.resolve("round"), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void aDayPassesFromOneToTheNextHoweverOftenJenkinsIsRestarted() {
        look(NOON);
        look(NOON.plusSeconds(1));
        look(NOON.plus(DailyRound.ROUND).minusSeconds(1));
        assertThat(done).hasValue(1);

        look(NOON.plus(DailyRound.ROUND));
        assertThat(done).hasValue(2);
    }

    @Test
    void aClockThatWasWrongHoldsNothingUp() {
        look(NOON.plus(Duration.ofDays(365)));
        look(NOON);
        look(NOON);
        assertThat(done).hasValue(2);
    }

    @Test
    void oneThatFailedWaitsForTheNextDayToo() {
        try (Quiet log = Quiet.logger(DailyRound.class)) {
            round(NOON).runIfDue(() -> {
                throw new IllegalStateException("broken");
            });
            assertThat(log.messages()).hasSize(1);
        }
        look(NOON.plusSeconds(600));
        assertThat(done).hasValue(0);
    }

    @Test
    void whatCannotBeWrittenDownIsRememberedWhileJenkinsRuns() {
        DailyRound nowhere = new DailyRound(home.resolve("absent/round"), Clock.fixed(NOON, ZoneOffset.UTC));
        try (Quiet log = Quiet.logger(DailyRound.class)) {
            nowhere.runIfDue(done::incrementAndGet);
            nowhere.runIfDue(done::incrementAndGet);
            assertThat(log.messages()).hasSize(1);
        }
        assertThat(done).hasValue(1);
    }
}

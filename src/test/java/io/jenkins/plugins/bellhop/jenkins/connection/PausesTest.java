package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Pauses pauses = new Pauses(Duration.ofMinutes(10));

    @Test
    void onePauseHoldsUpOneConnectionUntilItIsOver() {
        assertThat(pauses.isOver("app", NOON)).isTrue();
        pauses.begin("app", NOON);

        assertThat(pauses.isOver("app", NOON.plusSeconds(599))).isFalse();
        assertThat(pauses.isOver("app", NOON.plusSeconds(600))).isTrue();
        assertThat(pauses.isOver("lib", NOON)).isTrue();
    }

    @Test
    void aConnectionThatIsGoneLeavesNothing() {
        pauses.begin("app", NOON);
        pauses.forget("app");

        assertThat(pauses.isOver("app", NOON)).isTrue();
    }
}

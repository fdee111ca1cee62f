package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class UnknownHooksTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final UnknownHooks hooks = new UnknownHooks(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void countsWhatComesToOneAddress() {
        hooks.add("forgotten-hook-of-long-ago");
        now = now.plusSeconds(5);
        hooks.add("forgotten-hook-of-long-ago");

        assertThat(hooks.all())
                .containsExactly(new UnknownHooks.Knock("\"forgotten-ho\"", now.minusSeconds(5), now, 2));
    }

    @Test
    void keepsNoMoreThanItMayAndAForgottenHookAmongStrangers() {
        knock("forgotten");
        knock("forgotten");
        for (int i = 0; i < UnknownHooks.MOST; i++) {
            knock("stranger " + i);
        }

        assertThat(hooks.all())
                .hasSize(UnknownHooks.MOST)
                .extracting(UnknownHooks.Knock::address)
                .contains("\"forgotten\"", "\"stranger 1\"")
                .doesNotContain("\"stranger 0\"");
    }

    @Test
    void looksAtSoManyInAMinuteAndCountsTheRest() {
        for (int i = 0; i <= UnknownHooks.MOST_PER_MINUTE; i++) {
            hooks.add("stranger " + i);
        }

        assertThat(hooks.all()).hasSize(UnknownHooks.MOST_PER_MINUTE);
        assertThat(hooks.requests()).isEqualTo(UnknownHooks.MOST_PER_MINUTE + 1);
    }

    @Test
    void whatCantBeShownIsQuoted() {
        hooks.add("a\nb<script>");

        assertThat(hooks.all().get(0).address()).doesNotContain("\n");
    }

    private void knock(String path) {
        now = now.plus(Duration.ofMinutes(1));
        hooks.add(path);
    }
}

package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PerMinuteTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final PerMinute limit = new PerMinute(Receiver.MOST_PINGS, new Clock() {
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
    void letsThroughAsManyAsItMayAndNotOneMoreWithinTheMinute() {
        for (int i = 0; i < Receiver.MOST_PINGS; i++) {
            assertThat(limit.mayPass()).isTrue();
        }
        assertThat(limit.mayPass()).isFalse();

        now = now.plusSeconds(59);
        assertThat(limit.mayPass()).isFalse();

        now = now.plusSeconds(1);
        assertThat(limit.mayPass()).isTrue();
    }
}

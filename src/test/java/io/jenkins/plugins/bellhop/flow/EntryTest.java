package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryTest {

    @Test
    void onlyWhatAForgeSentIsDelivered() {
        assertThat(entry(Occasion.of(Payloads.push("main").verified(), "1")).isDelivered())
                .isTrue();
        assertThat(entry(Occasion.catchUp("2")).isDelivered()).isFalse();
        assertThat(entry(Occasion.approval("3")).isDelivered()).isFalse();
        assertThat(entry(Occasion.replay(Payloads.push("main").verified(), "4")).isDelivered())
                .isFalse();
        assertThat(entry(Optional.empty()).isDelivered()).isFalse();
    }

    private static Entry entry(Occasion occasion) {
        return entry(Optional.of(occasion.id().text()));
    }

    private static Entry entry(Optional<String> deliveryId) {
        return new Entry("c1", deliveryId, Optional.of("app"), "push of main", Outcome.BUILT, "Built.");
    }
}

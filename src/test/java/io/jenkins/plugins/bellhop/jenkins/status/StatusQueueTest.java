package io.jenkins.plugins.bellhop.jenkins.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusQueueTest {

    @Test
    void dropsPendingStatesFirst() {
        assertThat(StatusQueue.takes(State.PENDING, StatusQueue.MANY_WAITING - 1))
                .isTrue();
        assertThat(StatusQueue.takes(State.PENDING, StatusQueue.MANY_WAITING)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PENDING")
    void takesFinalStatesUpToTheLimit(State state) {
        assertThat(StatusQueue.takes(state, StatusQueue.MANY_WAITING)).isTrue();
        assertThat(StatusQueue.takes(state, StatusQueue.MOST_WAITING - 1)).isTrue();
        assertThat(StatusQueue.takes(state, StatusQueue.MOST_WAITING)).isFalse();
    }
}

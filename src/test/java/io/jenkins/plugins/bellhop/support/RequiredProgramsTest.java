package io.jenkins.plugins.bellhop.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RequiredProgramsTest {

    @Test
    void skipsTheTestWhenAProgramIsMissing() {
        assertThatThrownBy(() -> RequiredPrograms.find("no-such-program-anywhere"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-program-anywhere isn't installed here");
    }

    @Test
    void failsTheTestWhenTheMissingProgramIsRequired() {
        assertThatThrownBy(() -> RequiredPrograms.missing("sshd", true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dbellhop.require asks for it");
    }

    @Test
    void findsWhatIsThere() {
        assertThat(RequiredPrograms.find("sh")).isAbsolute().isExecutable();
    }
}

package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "false, false, false, EVERY_KEY",
        "false, true, false, EVERY_KEY",
        "true, false, false, NO_KEY",
        "true, true, false, DEPLOY_KEYS",
        "true, false, true, EVERY_KEY",
        "true, true, true, EVERY_KEY",
    })
    void strangersGetWhatSomebodyDecided(boolean strangers, boolean checkout, boolean handed, KeyPolicy policy) {
        assertThat(KeyPolicy.of(strangers, checkout, handed)).isEqualTo(policy);
    }
}

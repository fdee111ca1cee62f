package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"72d3162e-cc78-11e3-81ab-4c9367dc0958", "1", "A_b-3"})
    void takesUuidsAndCounters(String text) {
        assertThat(new DeliveryId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "../a", "a/b", "ä", "a;b"})
    void refusesEverythingElseWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> new DeliveryId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a delivery id of 1 to 100 letters, digits, - and _, found another text");
    }

    @Test
    void takesTextsUpToTheLongestAndNoLonger() {
        String longest = "a".repeat(DeliveryId.LONGEST);

        assertThat(new DeliveryId(longest).text()).isEqualTo(longest);
        assertThatThrownBy(() -> new DeliveryId(longest + "a")).isInstanceOf(IllegalArgumentException.class);
    }
}

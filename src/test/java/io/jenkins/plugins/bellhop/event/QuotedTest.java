package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "main", "grün 日本", "a\"b", "\ud83d\ude00"})
    void showsPlainTextAsItIs(String text) {
        assertThat(Quoted.text(text)).isEqualTo("\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\u0000", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e", "\u200b", "\ufeff",
                "\ud83d"
            })
    void replacesWhatForgesLinesOrTurnsText(String character) {
        assertThat(Quoted.text("a" + character + "b")).isEqualTo("\"a\uFFFDb\"");
    }

    @Test
    void cutsAfterTheLongest() {
        String longest = "x".repeat(Quoted.LONGEST);

        assertThat(Quoted.text(longest)).isEqualTo("\"" + longest + "\"");
        assertThat(Quoted.text(longest + "y")).isEqualTo("\"" + longest + "…\"");
    }

    @Test
    void showsNoHalfCharacterWhereItCuts() {
        String cutInAPair = "x".repeat(Quoted.LONGEST - 1) + "\ud83d\ude00";

        assertThat(Quoted.text(cutInAPair)).isEqualTo("\"" + "x".repeat(Quoted.LONGEST - 1) + "\uFFFD…\"");
    }
}

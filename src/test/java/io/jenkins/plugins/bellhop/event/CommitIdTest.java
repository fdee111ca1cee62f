package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitIdTest {

    @ParameterizedTest
    @CsvSource({"7, true", "12, true", "39, true", "40, false", "64, false"})
    void readsWholeHashesAndAbbreviations(int digits, boolean abbreviated) {
        CommitId commit = new CommitId("0123456789abcdef".repeat(4).substring(0, digits));

        assertThat(commit.isAbbreviated()).isEqualTo(abbreviated);
        assertThat(commit.hex()).hasSize(digits);
        assertThat(commit.shortHex()).isEqualTo("0123456");
        assertThat(commit).hasToString(commit.hex());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 41, 63, 65})
    void refusesOtherLengths(int digits) {
        assertThatThrownBy(() -> new CommitId("a".repeat(digits)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a commit hash of 40 or 64 hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "abcdefg", "0123456 ", "0123456\n", "-123456", "HEAD~12", "０１２３４５６７"})
    void refusesWhatIsNotHexadecimal(String text) {
        assertThatThrownBy(() -> new CommitId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ignoresCase() {
        assertThat(new CommitId("ABCDEF0123")).isEqualTo(new CommitId("abcdef0123"));
    }

    @Test
    void onlyZerosMeanNoCommit() {
        assertThat(CommitId.isNone("0".repeat(40))).isTrue();
        assertThat(CommitId.isNone("0".repeat(64))).isTrue();
        assertThat(CommitId.isNone("0".repeat(39) + "1")).isFalse();
        assertThat(CommitId.isNone("")).isFalse();
    }
}

package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildKeyTest {

    @Test
    void aContextThatFitsIsTheKey() {
        assertThat(BuildKey.of("jenkins/app", 40)).isEqualTo("jenkins/app");
        assertThat(BuildKey.of("x".repeat(40), 40)).isEqualTo("x".repeat(40));
    }

    @Test
    void oneThatDoesNotIsHashedAlwaysTheSameWay() {
        String one = BuildKey.of("x".repeat(41), 40);

        assertThat(one).hasSize(40).isEqualTo(BuildKey.of("x".repeat(41), 40));
        assertThat(one).isNotEqualTo(BuildKey.of("x".repeat(42), 40));
    }

    @Test
    void aShortenedTextNeverEndsInHalfACharacter() {
        assertThat(Shortened.to(5, "abcde")).isEqualTo("abcde");
        assertThat(Shortened.to(5, "abcdef")).isEqualTo("abcd…");
        assertThat(Shortened.to(5, "abc👋👋")).isEqualTo("abc…");
        assertThat(Shortened.to(6, "abc👋👋")).isEqualTo("abc👋…");
    }
}

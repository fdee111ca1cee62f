package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenKindTest {

    @ParameterizedTest
    @CsvSource({
        "ghp_x, GITHUB",
        "github_pat_x, GITHUB",
        "ghs_12345_eyJhbGciOi.very.long, GITHUB",
        "ATATT3xFfGF0, CLOUD_API",
        "ATCTT3xFfGN0, CLOUD_ACCESS",
        "ATBBabcdef, CLOUD_APP_PASSWORD",
        "BBDC-Mz, DATA_CENTER"
    })
    void isKnownByItsFirstCharacters(String token, TokenKind kind) {
        assertThat(TokenKind.of(token)).contains(kind);
    }

    @Test
    void mayBearNoMark() {
        assertThat(TokenKind.of("0123456789abcdef")).isEmpty();
        assertThat(TokenKind.of("")).isEmpty();
    }
}

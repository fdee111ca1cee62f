package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    /** github.com's withdrawn key, of which both fingerprints have been published. */
    private static final OpenSshPublicKey KEY = PinnedForge.withdrawnKeys().get(0);

    private static final String SHA_256 = "nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";
    private static final String MD5 = "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48";

    @ParameterizedTest
    @ValueSource(strings = {SHA_256, "SHA256:" + SHA_256, "sha256:" + SHA_256 + "=", " " + SHA_256 + "= "})
    void readsEverySpellingOfSha256(String text) {
        Fingerprint read = Fingerprint.parse(text);

        assertThat(read).isEqualTo(KEY.fingerprint()).hasToString("SHA256:" + SHA_256);
        assertThat(read.matches(KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MD5,
                "MD5:" + MD5,
                "md5:16:27:AC:A5:76:28:2D:36:63:1B:56:4D:EB:DF:A6:48",
                "1627aca576282d36631b564debdfa648"
            })
    void readsEverySpellingOfMd5(String text) {
        Fingerprint read = Fingerprint.parse(text);

        assertThat(read).isEqualTo(Fingerprint.md5(KEY)).hasSameHashCodeAs(Fingerprint.md5(KEY));
        assertThat(read).hasToString("MD5:" + MD5);
        assertThat(read.matches(KEY)).isTrue();
    }

    @Test
    void matchesItsOwnKeyOnly() {
        OpenSshPublicKey other = PinnedForge.withdrawnKeys().get(1);

        assertThat(KEY.fingerprint().matches(other)).isFalse();
        assertThat(Fingerprint.md5(KEY).matches(other)).isFalse();
        assertThat(KEY.fingerprint()).isNotEqualTo(Fingerprint.md5(KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SHA256:",
                "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY",
                "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY9",
                "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8==",
                "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5S-8",
                "SHA256:" + MD5,
                "MD5:" + SHA_256,
                "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6",
                "16:27:ac:a5:7628:2d:36:63:1b:56:4d:eb:df:a6:48",
                "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:4g",
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Fingerprint.parse(text))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageStartingWith("expected a fingerprint such as SHA256:")
                .hasMessageContaining("found \"" + text + "\"");
    }

    @Test
    void doesNotRepeatWhatCouldBeAPrivateKey() {
        String shown = "f".repeat(Fingerprint.LONGEST_SHOWN);

        assertThatThrownBy(() -> Fingerprint.parse(shown)).hasMessageContaining(shown);
        assertThatThrownBy(() -> Fingerprint.parse(shown + "f"))
                .hasMessageEndingWith("found 65 characters")
                .hasMessageNotContaining(shown);
        assertThatThrownBy(() -> Fingerprint.parse("-----BEGIN KEY")).hasMessageEndingWith("found 14 characters");
    }

    @Test
    void damagedTextsGiveNothingButTheParsersOwnError() {
        Random random = new Random(20261121);
        for (int i = 0; i < 5_000; i++) {
            String text = OpenSshPublicKeyTest.damaged(i % 2 == 0 ? "SHA256:" + SHA_256 : MD5, random);
            try {
                String canonical = Fingerprint.parse(text).toString();
                assertThat(canonical.toLowerCase(Locale.ROOT)).containsAnyOf("sha256:", "md5:");
            } catch (KeyFormatException e) {
                assertThat(e.getMessage()).startsWith("expected ");
            }
        }
    }
}

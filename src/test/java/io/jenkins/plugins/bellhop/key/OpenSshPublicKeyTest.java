package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSshPublicKeyTest {

    private static final OpenSshPublicKey KEY = SshKeyPair.ed25519("deploy").publicKey();

    @Test
    void readsWhatItWrites() {
        OpenSshPublicKey read = OpenSshPublicKey.parse(KEY.line());

        assertThat(read.type()).isEqualTo("ssh-ed25519");
        assertThat(read.comment()).isEqualTo("deploy");
        assertThat(read.blob()).isEqualTo(KEY.blob());
        assertThat(read.line()).isEqualTo(KEY.line()).isEqualTo(KEY.typeAndData() + " deploy");
    }

    @Test
    void aCommentMayBeAbsentOrHaveBlanks() {
        assertThat(OpenSshPublicKey.parse(KEY.typeAndData()).line()).isEqualTo(KEY.typeAndData());
        assertThat(OpenSshPublicKey.parse("  " + KEY.typeAndData() + "\t two  words \n")
                        .comment())
                .isEqualTo("two  words");
    }

    @Test
    void theSameKeyIsEqualWhateverItsComment() {
        OpenSshPublicKey renamed = OpenSshPublicKey.parse(KEY.typeAndData() + " other");

        assertThat(renamed.sameKeyAs(KEY)).isTrue();
        assertThat(renamed).isEqualTo(KEY).hasSameHashCodeAs(KEY);
        assertThat(SshKeyPair.ed25519("deploy").publicKey()).isNotEqualTo(KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|found nothing",
                "ssh-ed25519|found the type alone",
                "ssh-ed448 AAAA|found another word of 9 characters",
                "command=\"id\" ssh-ed25519 AAAA|found another word of 12 characters",
                "ssh-ed25519 AAA|found 3 characters that aren't Base64",
                "ssh-ed25519 AAA*|found 4 characters that aren't Base64",
                "ssh-ed25519 AAAB|found data that is cut off or damaged",
                "ssh-ed25519 AAAAAA==|expected the key data to say ssh-ed25519",
            })
    void saysWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> OpenSshPublicKey.parse(line))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theTypeMustBeTheDatasType() {
        assertThatThrownBy(() -> OpenSshPublicKey.parse("ssh-rsa " + KEY.base64()))
                .isInstanceOf(KeyFormatException.class)
                .hasMessage(
                        "expected the key data to say ssh-rsa like the word before it, found that it is ssh-ed25519");
    }

    @Test
    void theDataMustHaveThePartsOfTheirType() {
        byte[] tooMany = new WireWriter().raw(KEY.blob()).string("more").toBytes();
        byte[] tooShort =
                new WireWriter().string("ssh-ed25519").string(new byte[31]).toBytes();
        byte[] otherCurve = new WireWriter()
                .string("ecdsa-sha2-nistp256")
                .string("nistp384")
                .string("point")
                .toBytes();

        assertThatThrownBy(() -> OpenSshPublicKey.parse("ssh-ed25519 " + base64(tooMany)))
                .hasMessageContaining("expected the data of an ssh-ed25519 key (parts: 1), found parts: 2");
        assertThatThrownBy(() -> OpenSshPublicKey.parse("ssh-ed25519 " + base64(tooShort)))
                .hasMessageContaining("parts that don't fit");
        assertThatThrownBy(() -> OpenSshPublicKey.parse("ecdsa-sha2-nistp256 " + base64(otherCurve)))
                .hasMessageContaining("parts that don't fit");
    }

    @Test
    void readsTheDataThatAServerShows() {
        assertThat(OpenSshPublicKey.ofBlob(KEY.blob()).line()).isEqualTo(KEY.typeAndData());
        assertThatThrownBy(() -> OpenSshPublicKey.ofBlob(new byte[0]))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageStartingWith("expected key data that begin with a key type");
        assertThatThrownBy(() -> OpenSshPublicKey.ofBlob(
                        new WireWriter().string("rsa-sha2-512").toBytes()))
                .isInstanceOf(KeyFormatException.class);
    }

    @Test
    void theDataAreBounded() {
        assertThatThrownBy(() -> OpenSshPublicKey.ofBlob(new byte[OpenSshPublicKey.LARGEST_BLOB]))
                .hasMessageNotContaining("at most");
        assertThatThrownBy(() -> OpenSshPublicKey.ofBlob(new byte[OpenSshPublicKey.LARGEST_BLOB + 1]))
                .hasMessage("expected key data of at most 12288 bytes, found 12289");
    }

    @Test
    void refusesAPrivateKeyWithoutRepeatingIt() {
        String secret = SshKeyPair.ed25519("").privateText();
        String body = secret.lines().skip(2).findFirst().orElseThrow();

        assertThatThrownBy(() -> OpenSshPublicKey.parse(secret))
                .hasMessageContaining("found a PEM block, which may be the private half")
                .hasMessageNotContaining(body);
        assertThatThrownBy(() -> OpenSshPublicKey.parse(body)).hasMessageNotContaining(body.substring(0, 20));
        assertThatThrownBy(() -> OpenSshPublicKey.parse("ssh-ed25519 " + body))
                .hasMessageNotContaining(body.substring(0, 20));
    }

    @Test
    void refusesASecondLineAndControlCharacters() {
        assertThatThrownBy(() -> OpenSshPublicKey.parse(KEY.line() + "\n" + KEY.line()))
                .hasMessageContaining("found a control character or a second line");
        assertThatThrownBy(() -> OpenSshPublicKey.parse(KEY.line() + " \u001b[31m"))
                .hasMessageContaining("found a control character or a second line");
    }

    @Test
    void linesAndCommentsAreBounded() {
        String comment = "c".repeat(OpenSshPublicKey.LONGEST_COMMENT);
        String line = KEY.typeAndData()
                + " ".repeat(OpenSshPublicKey.LONGEST_LINE - KEY.typeAndData().length());

        assertThat(OpenSshPublicKey.parse(KEY.typeAndData() + " " + comment).comment())
                .isEqualTo(comment);
        assertThatThrownBy(() -> OpenSshPublicKey.parse(KEY.typeAndData() + " " + comment + "c"))
                .hasMessageContaining("at most 255 characters, found 256");
        assertThat(OpenSshPublicKey.parse(line)).isEqualTo(KEY);
        assertThatThrownBy(() -> OpenSshPublicKey.parse(line + " "))
                .hasMessageContaining("at most 16384 characters, found 16385");
    }

    @Test
    void damagedLinesGiveNothingButTheParsersOwnError() {
        Random random = new Random(20261121);
        for (int i = 0; i < 5_000; i++) {
            String line = damaged(KEY.line(), random);
            try {
                assertThat(OpenSshPublicKey.parse(line).line()).isNotEmpty();
            } catch (KeyFormatException e) {
                assertThat(e.getMessage()).startsWith("expected ");
            }
        }
    }

    static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, (char) random.nextInt(256));
                default -> damaged.setCharAt(at, (char) random.nextInt(128));
            }
        }
        return damaged.toString();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

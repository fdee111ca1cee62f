package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write, read by ssh-keygen. {@code -Dbellhop.keys=1000} makes more keys than the ordinary run. */
class SshKeyPairTest {

    private static final int KEYS = Integer.getInteger("bellhop.keys", 40);

    /** An RSA key takes a good part of a second. */
    private static final int ONE_RSA_KEY_IN = 20;

    @Test
    void sshKeygenAgreesOnFingerprintsAndOnThePublicHalf(@TempDir Path temporary) throws IOException {
        Program program = Program.in(temporary);
        for (SshKeyPair pair : (Iterable<SshKeyPair>) pairs()::iterator) {
            try (KeyDirectory directory = KeyDirectory.create(temporary)) {
                String key = directory.write("key", pair.privateText()).toString();
                String pub =
                        directory.write("line.pub", pair.publicLine() + "\n").toString();
                OpenSshPublicKey publicKey = pair.publicKey();

                assertThat(program.output("ssh-keygen", "-y", "-f", key).strip())
                        .isEqualTo(pair.publicLine());
                assertThat(program.output("ssh-keygen", "-lf", pub))
                        .contains(" " + publicKey.fingerprint() + " " + publicKey.comment());
                assertThat(program.output("ssh-keygen", "-l", "-E", "md5", "-f", pub))
                        .contains(" " + Fingerprint.md5(publicKey) + " ");
            }
        }
    }

    private static Stream<SshKeyPair> pairs() {
        // Comments of every length modulo eight, so that every padding occurs.
        return IntStream.range(0, KEYS)
                .mapToObj(i -> i % ONE_RSA_KEY_IN == 1
                        ? SshKeyPair.rsa3072("c" + i)
                        : SshKeyPair.ed25519("c".repeat(i % 9 + 1)));
    }

    @Test
    void sshKeygenSignsWithThePrivateHalfAndVerifiesWithThePublicOne(@TempDir Path temporary) throws IOException {
        for (SshKeyPair pair : new SshKeyPair[] {SshKeyPair.ed25519("signer"), SshKeyPair.rsa3072("signer")}) {
            try (KeyDirectory directory = KeyDirectory.create(temporary)) {
                Program program = Program.in(directory.path());
                Path message = directory.write("message", "text to sign");
                directory.write("key", pair.privateText());
                directory.write("allowed", "signer " + pair.publicLine() + "\n");

                program.output("ssh-keygen", "-Y", "sign", "-q", "-n", "test", "-f", "key", "message");
                assertThat(program.reading(message)
                                .output(
                                        "ssh-keygen",
                                        "-Y",
                                        "verify",
                                        "-n",
                                        "test",
                                        "-I",
                                        "signer",
                                        "-f",
                                        "allowed",
                                        "-s",
                                        "message.sig"))
                        .contains("Good \"test\" signature for signer");
            }
        }
    }

    @Test
    void theRsaKeyHas3072Bits(@TempDir Path temporary) throws IOException {
        SshKeyPair pair = SshKeyPair.rsa3072("");
        try (KeyDirectory directory = KeyDirectory.create(temporary)) {
            String pub = directory.write("line.pub", pair.publicLine()).toString();

            assertThat(Program.in(temporary).output("ssh-keygen", "-lf", pub)).startsWith("3072 SHA256:");
            assertThat(pair.publicLine())
                    .startsWith("ssh-rsa AAAA")
                    .isEqualTo(pair.publicKey().typeAndData());
        }
    }

    @Test
    void theRsaNumbersBelongTogether() {
        ByteBuffer key = decoded(SshKeyPair.rsa3072("comment").privateText());
        key.position("openssh-key-v1\0".length());
        assertThat(text(key) + text(key) + text(key)).isEqualTo("nonenone");
        assertThat(key.getInt()).isOne();
        string(key);
        ByteBuffer secret = ByteBuffer.wrap(string(key));

        assertThat(key.hasRemaining()).isFalse();
        assertThat(secret.remaining() % 8).isZero();
        assertThat(secret.getInt()).isEqualTo(secret.getInt());
        assertThat(text(secret)).isEqualTo("ssh-rsa");
        BigInteger n = number(secret);
        BigInteger e = number(secret);
        BigInteger d = number(secret);
        BigInteger inverse = number(secret);
        BigInteger p = number(secret);
        BigInteger q = number(secret);
        assertThat(p.multiply(q)).isEqualTo(n);
        assertThat(inverse).isEqualTo(q.modInverse(p));
        assertThat(BigInteger.TWO.modPow(e.multiply(d), n)).isEqualTo(BigInteger.TWO);
        assertThat(text(secret)).isEqualTo("comment");
        for (int pad = 1; secret.hasRemaining(); pad++) {
            assertThat(secret.get()).isEqualTo((byte) pad);
        }
    }

    private static ByteBuffer decoded(String privateText) {
        String base64 =
                privateText.lines().filter(line -> !line.startsWith("-")).collect(Collectors.joining());
        return ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    }

    private static byte[] string(ByteBuffer from) {
        byte[] string = new byte[from.getInt()];
        from.get(string);
        return string;
    }

    private static String text(ByteBuffer from) {
        return new String(string(from), StandardCharsets.US_ASCII);
    }

    private static BigInteger number(ByteBuffer from) {
        return new BigInteger(string(from));
    }

    @Test
    void thePrivateTextHasTheLinesOfOpenSsh() {
        String text = SshKeyPair.ed25519("deploy").privateText();

        assertThat(text)
                .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
                .endsWith("\n-----END OPENSSH PRIVATE KEY-----\n")
                .doesNotContain("\r", "\n\n");
        assertThat(text.lines().toList()).hasSize(7).allMatch(line -> line.length() <= 70);
        assertThat(text.lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).hasSize(70));
    }

    @Test
    void everyKeyIsAnother() {
        assertThat(SshKeyPair.ed25519("").publicKey())
                .isNotEqualTo(SshKeyPair.ed25519("").publicKey());
    }

    @Test
    void isShownByTypeAndFingerprintOnly() {
        SshKeyPair pair = SshKeyPair.ed25519("deploy");

        assertThat(pair).hasToString("ssh-ed25519 " + pair.publicKey().fingerprint());
    }

    @Test
    void aCommentThatWouldBreakTheLineIsRefused() {
        assertThatThrownBy(() -> SshKeyPair.ed25519("a\nb")).isInstanceOf(KeyFormatException.class);
        assertThatThrownBy(() -> SshKeyPair.ed25519("c".repeat(OpenSshPublicKey.LONGEST_COMMENT + 1)))
                .isInstanceOf(KeyFormatException.class);
    }
}

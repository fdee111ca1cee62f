package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as ssh-keygen writes them, read by us, and read again by ssh-keygen. */
class PrivateKeyReaderTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "-t ed25519,",
        "-t ed25519, correct horse",
        "-t ed25519 -Z aes256-cbc, correct horse",
        "-t ed25519 -Z aes128-ctr, correct horse",
        "-t ed25519 -Z aes256-gcm@openssh.com, correct horse",
        "-t rsa -b 2048,",
        "-t rsa -b 2048, pässword",
        "-t ecdsa -b 384, correct horse",
        "-t rsa -b 2048 -m PEM,",
        "-t rsa -b 2048 -m PEM, correct horse",
        "-t ecdsa -b 256 -m PEM, correct horse",
        "-t rsa -b 2048 -m PKCS8,",
    })
    void keyIsReadWhateverItsFormat(String options, String passphrase) throws IOException {
        String secret = passphrase == null ? "" : passphrase;
        String text = generated(options, secret).replace("\n", "\r\n").stripTrailing();

        SshKeyPair pair = SshKeyPair.read("\n" + text, secret);

        assertThat(reread(pair.privateText())).isEqualTo(pair.publicKey().typeAndData());
        assertThat(Files.readString(temporary.resolve("key.pub")))
                .startsWith(pair.publicKey().typeAndData());
        assertThat(pair.privateText()).endsWith("-----\n").doesNotContain("\r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ed25519 -Z aes256-gcm@openssh.com", "-t rsa -b 2048 -m PEM"})
    void anotherPassphraseOrNoneIsRefusedWithoutTellingTheKey(String options) throws IOException {
        String text = generated(options, "correct horse");

        for (String passphrase : new String[] {"", "battery staple"}) {
            assertThatThrownBy(() -> SshKeyPair.read(text, passphrase))
                    .isInstanceOf(KeyFormatException.class)
                    .hasNoCause()
                    .hasMessageContaining("passphrase")
                    .message()
                    .doesNotContain("horse", "staple", keyLine(text));
        }
    }

    @Test
    void unknownCipherIsNamedAsSuch() throws IOException {
        String text = generated("-t ed25519 -Z chacha20-poly1305@openssh.com", "secret");

        assertThatThrownBy(() -> SshKeyPair.read(text, "secret")).hasMessageContaining("encrypted with AES");
    }

    @Test
    void roundsAreBounded() throws IOException {
        String allowed = generated("-t ed25519 -a 30", "secret");
        assertThat(SshKeyPair.read(allowed, "secret").publicKey().type()).isEqualTo("ssh-ed25519");

        String base64 = allowed.replaceAll("-----[^-]*-----", "").replace("\n", "");
        byte[] data = java.util.Base64.getDecoder().decode(base64);
        // magic, cipher, kdf, and within its options the salt stand before the rounds.
        int roundsAt = 15 + (4 + 10) + (4 + 6) + 4 + (4 + 16);
        assertThat(data[roundsAt + 3]).isEqualTo((byte) 30);
        data[roundsAt + 2] = (byte) ((OpenSshPrivateKey.MOST_ROUNDS + 1) >> 8);
        data[roundsAt + 3] = (byte) (OpenSshPrivateKey.MOST_ROUNDS + 1);

        assertThatThrownBy(() -> OpenSshPrivateKey.parse(data).section("secret"))
                .hasMessage("expected at most 1024 rounds of key derivation, found 1025");
    }

    @Test
    void damagedKeysAreRefusedAndNothingElseComesOut() throws IOException {
        String text = generated("-t ed25519", "");
        for (int cut = 0; cut < text.length(); cut += 7) {
            String damaged = text.substring(0, cut);
            assertThatThrownBy(() -> SshKeyPair.read(damaged, "")).isInstanceOf(KeyFormatException.class);
        }
        assertThatThrownBy(() -> SshKeyPair.read("ssh-ed25519 AAAA", "")).hasMessageContaining("found another text");
        assertThatThrownBy(() -> SshKeyPair.read("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n", ""))
                .isInstanceOf(KeyFormatException.class);
    }

    @Test
    void textIsBounded() {
        assertThatThrownBy(() -> SshKeyPair.read("x".repeat(PrivateKeyReader.LONGEST_TEXT + 1), ""))
                .hasMessage("expected a private key of at most 32768 characters, found 32769 characters");
    }

    private static String keyLine(String text) {
        return text.lines()
                .filter(line -> line.matches("[A-Za-z0-9+/]{60,}"))
                .findFirst()
                .orElseThrow();
    }

    private String generated(String options, String passphrase) throws IOException {
        Path key = temporary.resolve("key");
        Files.deleteIfExists(key);
        Files.deleteIfExists(temporary.resolve("key.pub"));
        String[] arguments = (options + " -q -C test -f " + key + " -N").split(" ");
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = passphrase;
        Program.in(temporary).output("ssh-keygen", all);
        return Files.readString(key);
    }

    /** What ssh-keygen makes of our text. */
    private String reread(String privateText) throws IOException {
        try (KeyDirectory directory = KeyDirectory.create(temporary)) {
            Path file = directory.write("key", privateText);
            String line = Program.in(temporary).output("ssh-keygen", "-y", "-P", "", "-f", file.toString());
            return OpenSshPublicKey.parse(line.strip()).typeAndData();
        }
    }
}

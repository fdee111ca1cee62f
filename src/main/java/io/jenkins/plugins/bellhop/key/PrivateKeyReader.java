package io.jenkins.plugins.bellhop.key;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Iterator;
import java.util.stream.Collectors;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads private keys as people keep them, and gives them without encryption in a form that OpenSSH reads. */
final class PrivateKeyReader {

    /** Characters; an RSA key of 16,384 bits has some 13,000. */
    static final int LONGEST_TEXT = 32_768;

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final String EXPECTED =
            "expected a private key as ssh-keygen writes it (-----BEGIN … PRIVATE KEY-----)";

    private PrivateKeyReader() {}

    static SshKeyPair read(String text, String passphrase) {
        if (text.length() > LONGEST_TEXT) {
            throw new KeyFormatException("expected a private key of at most " + LONGEST_TEXT + " characters, found "
                    + text.length() + " characters");
        }
        String lines = text.strip().lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
        if (!lines.startsWith("-----BEGIN ")) {
            throw new KeyFormatException(EXPECTED + ", found another text");
        }
        return lines.startsWith(BEGIN) ? openSsh(lines, passphrase) : pem(lines, passphrase);
    }

    private static SshKeyPair openSsh(String lines, String passphrase) {
        int end = lines.indexOf(END);
        if (end < 0) {
            throw new KeyFormatException(EXPECTED + ", found one whose end is missing");
        }
        String base64 = lines.substring(BEGIN.length(), end).replace("\n", "");
        byte[] data;
        try {
            data = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new KeyFormatException(EXPECTED + ", found damaged Base64");
        }
        OpenSshPrivateKey key = OpenSshPrivateKey.parse(data);
        return SshKeyPair.stored(key.publicKey(), PrivateKeyText.ofSection(key.publicKey(), key.section(passphrase)));
    }

    private static SshKeyPair pem(String lines, String passphrase) {
        boolean encrypted = lines.contains("ENCRYPTED");
        if (encrypted && passphrase.isEmpty()) {
            throw new KeyFormatException("expected the passphrase of an encrypted private key, found none");
        }
        try {
            KeyPair pair = only(SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("key"),
                    new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                    FilePasswordProvider.of(passphrase)));
            OpenSshPublicKey publicKey = OpenSshPublicKey.parse(PublicKeyEntry.toString(pair.getPublic()));
            return SshKeyPair.stored(publicKey, encrypted ? rewritten(pair) : lines);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: what it says may be of the key.
            throw new KeyFormatException(
                    encrypted
                            ? "expected a private key and its passphrase, found another passphrase or a kind of key that"
                                    + " Bellhop can't decrypt; ssh-keygen -p writes it anew in OpenSSH's format"
                            : EXPECTED + ", found one that is damaged or of an unknown kind");
        }
    }

    private static KeyPair only(Iterable<KeyPair> pairs) {
        Iterator<KeyPair> found = pairs == null ? null : pairs.iterator();
        if (found == null || !found.hasNext()) {
            throw new IllegalArgumentException("no key");
        }
        return found.next();
    }

    private static String rewritten(KeyPair pair) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "", null, out);
        String text = out.toString(StandardCharsets.US_ASCII);
        return text.strip() + "\n";
    }
}

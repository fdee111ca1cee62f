package io.jenkins.plugins.bellhop.sandbox.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A public key in the one-line form of {@code authorized_keys}, without its comment: forges store it that way. */
public record SshPublicKey(String type, String base64) {

    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ssh-dss",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    /** Empty unless the text is a type known to forges, followed by a blob that names the same type. */
    public static Optional<SshPublicKey> parse(String text) {
        String[] words = text.strip().split("[ \t]+", 3);
        if (words.length < 2 || text.strip().contains("\n") || !TYPES.contains(words[0])) {
            return Optional.empty();
        }
        return decode(words[1])
                .filter(blob -> words[0].equals(typeIn(blob)))
                .map(blob -> new SshPublicKey(words[0], words[1]));
    }

    /** The SHA-256 fingerprint as {@code ssh-keygen -l} prints it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String text() {
        return type + " " + base64;
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The blob opens with the type as a length-prefixed string (RFC 4253, section 6.6). */
    private static String typeIn(byte[] blob) {
        if (blob.length < Integer.BYTES) {
            return "";
        }
        int length = ByteBuffer.wrap(blob).getInt();
        if (length <= 0 || length >= blob.length - Integer.BYTES) {
            return "";
        }
        return new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }
}

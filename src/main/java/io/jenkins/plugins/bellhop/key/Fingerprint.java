package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.Quoted;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The fingerprint of a public key, SHA-256 or MD5 over its blob, in OpenSSH's canonical spelling: {@code SHA256:} and
 * Base64 without padding, or {@code MD5:} and lower-case hexadecimal pairs with colons. Two fingerprints of different
 * algorithms are never equal, even when they are of one key: use {@link #matches}.
 */
public final class Fingerprint {

    /** Characters that a message repeats: a mistyped fingerprint fits, a private key pasted by mistake doesn't. */
    static final int LONGEST_SHOWN = 64;

    private static final String SHA_256 = "SHA256:";
    private static final String MD5 = "MD5:";
    private static final int SHA_256_BYTES = 32;

    private static final Pattern SHA_256_SHAPE = Pattern.compile("(?i:SHA256:)?([A-Za-z0-9+/]{43})=?");
    private static final Pattern MD5_SHAPE =
            Pattern.compile("(?i:MD5:)?([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){15}|[0-9A-Fa-f]{32})");

    private final String canonical;

    private Fingerprint(String canonical) {
        this.canonical = canonical;
    }

    public static Fingerprint sha256(OpenSshPublicKey key) {
        return ofSha256(digest("SHA-256", key));
    }

    public static Fingerprint md5(OpenSshPublicKey key) {
        return ofMd5(HexFormat.of().formatHex(digest("MD5", key)));
    }

    /**
     * Reads what forges and ssh-keygen show: SHA-256 with or without {@code SHA256:} and {@code =}; MD5 with or without
     * {@code MD5:} and colons, in either case.
     *
     * @throws KeyFormatException saying what was expected and what was found
     */
    public static Fingerprint parse(String text) {
        String stripped = text.strip();
        var sha256 = SHA_256_SHAPE.matcher(stripped);
        if (sha256.matches()) {
            return CanonicalBase64.decoded(sha256.group(1) + "=")
                    .filter(bytes -> bytes.length == SHA_256_BYTES)
                    .map(Fingerprint::ofSha256)
                    .orElseThrow(() -> unreadable(stripped));
        }
        var md5 = MD5_SHAPE.matcher(stripped);
        if (md5.matches()) {
            return ofMd5(md5.group(1).replace(":", "").toLowerCase(Locale.ROOT));
        }
        throw unreadable(stripped);
    }

    private static KeyFormatException unreadable(String text) {
        boolean shown = text.length() <= LONGEST_SHOWN && !text.contains("-----");
        return new KeyFormatException(
                "expected a fingerprint such as SHA256:… (43 characters) or MD5:aa:bb:… (16 pairs)," + " found "
                        + (shown ? Quoted.text(text) : text.length() + " characters"));
    }

    private static Fingerprint ofSha256(byte[] digest) {
        return new Fingerprint(SHA_256 + Base64.getEncoder().withoutPadding().encodeToString(digest));
    }

    private static Fingerprint ofMd5(String hex) {
        return new Fingerprint(MD5 + hex.replaceAll("..(?!$)", "$0:"));
    }

    private static byte[] digest(String algorithm, OpenSshPublicKey key) {
        try {
            return MessageDigest.getInstance(algorithm).digest(key.blob());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java doesn't offer " + algorithm, e);
        }
    }

    public boolean matches(OpenSshPublicKey key) {
        return equals(canonical.startsWith(MD5) ? md5(key) : sha256(key));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** The canonical spelling. */
    @Override
    public String toString() {
        return canonical;
    }
}

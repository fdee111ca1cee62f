package io.jenkins.plugins.bellhop.key;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A public key as one line of OpenSSH: {@code type base64 comment}. The same shape serves deploy keys, user keys and
 * host keys. Two are equal when type and data are; the comment is only a name.
 */
public final class OpenSshPublicKey {

    /** Characters of one line; OpenSSH reads no longer ones either (its SSH_MAX_PUBKEY_BYTES). */
    public static final int LONGEST_LINE = 16_384;

    /** Characters of a comment; GitHub's and Bitbucket's titles, which it may become, hold 255. */
    public static final int LONGEST_COMMENT = 255;

    /** Bytes of the data: what a line of {@link #LONGEST_LINE} can hold. */
    public static final int LARGEST_BLOB = LONGEST_LINE / 4 * 3;

    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    private final KeyType type;
    private final byte[] blob;
    private final String comment;

    private OpenSshPublicKey(KeyType type, byte[] blob, String comment) {
        type.check(blob);
        this.type = type;
        this.blob = blob;
        this.comment = comment;
    }

    /** @throws KeyFormatException when blob or comment isn't well-formed */
    static OpenSshPublicKey of(KeyType type, byte[] blob, String comment) {
        return new OpenSshPublicKey(type, blob.clone(), checkedComment(comment));
    }

    /**
     * Reads one line, strictly: a known type, then canonical Base64 whose data is of that type, then perhaps a comment.
     * The options of an authorized_keys file aren't accepted.
     *
     * @throws KeyFormatException saying what was expected and what was found
     */
    public static OpenSshPublicKey parse(String line) {
        if (line.length() > LONGEST_LINE) {
            throw new KeyFormatException("expected a public key of at most " + LONGEST_LINE + " characters, found "
                    + line.length() + " characters");
        }
        if (line.contains("-----BEGIN")) {
            throw new KeyFormatException("expected the public half of a key (type base64 comment),"
                    + " found a PEM block, which may be the private half");
        }
        String[] words = BLANKS.split(line.strip(), 3);
        KeyType type = KeyType.named(words[0]).orElseThrow(() -> unknownType(words[0]));
        if (words.length < 2) {
            throw new KeyFormatException(
                    "expected " + type.wireName() + " and the key in Base64, found the type alone");
        }
        return new OpenSshPublicKey(type, decoded(words[1]), checkedComment(words.length < 3 ? "" : words[2]));
    }

    /**
     * A key as a server shows it while connecting: the data alone. Its type is the one within, since the algorithm that was
     * negotiated may have another name ({@code rsa-sha2-512} is a way to use an {@code ssh-rsa} key).
     *
     * @throws KeyFormatException when the data aren't a key's
     */
    public static OpenSshPublicKey ofBlob(byte[] blob) {
        if (blob.length > LARGEST_BLOB) {
            throw new KeyFormatException(
                    "expected key data of at most " + LARGEST_BLOB + " bytes, found " + blob.length);
        }
        return new OpenSshPublicKey(KeyType.of(blob), blob.clone(), "");
    }

    /** Doesn't repeat the word: it may be a part of a private key that was pasted into the wrong field. */
    private static KeyFormatException unknownType(String word) {
        String found = word.isEmpty() ? "nothing" : "another word of " + word.length() + " characters";
        return new KeyFormatException("expected a key type (" + KeyType.names() + "), found " + found);
    }

    private static byte[] decoded(String base64) {
        Optional<byte[]> canonical = CanonicalBase64.decoded(base64);
        return canonical.orElseThrow(() -> new KeyFormatException(
                "expected the key in Base64 on one line, found " + base64.length() + " characters that aren't Base64"));
    }

    private static String checkedComment(String comment) {
        String stripped = comment.strip();
        if (stripped.length() > LONGEST_COMMENT) {
            throw new KeyFormatException(
                    "expected a comment of at most " + LONGEST_COMMENT + " characters, found " + stripped.length());
        }
        if (stripped.chars().anyMatch(Character::isISOControl)) {
            throw new KeyFormatException("expected a key on one line, found a control character or a second line");
        }
        return stripped;
    }

    /** For example {@code ssh-ed25519}. */
    public String type() {
        return type.wireName();
    }

    /** The key data as SSH transports them (RFC 4253, section 6.6), which start with the type. */
    public byte[] blob() {
        return blob.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(blob);
    }

    /** Empty when there is none. */
    public String comment() {
        return comment;
    }

    /** {@code type base64 comment}, or {@code type base64}. */
    public String line() {
        return comment.isEmpty() ? typeAndData() : typeAndData() + " " + comment;
    }

    /** {@code type base64}: what forges compare. */
    public String typeAndData() {
        return type() + " " + base64();
    }

    /** The SHA-256 one. */
    public Fingerprint fingerprint() {
        return Fingerprint.sha256(this);
    }

    public boolean sameKeyAs(OpenSshPublicKey other) {
        return Arrays.equals(blob, other.blob);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenSshPublicKey that && sameKeyAs(that);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return line();
    }
}

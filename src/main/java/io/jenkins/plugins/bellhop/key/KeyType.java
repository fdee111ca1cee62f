package io.jenkins.plugins.bellhop.key;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kinds of public keys that may be read, and the shape of their blobs: how many strings follow the type. Sources:
 * RFC 4253 section 6.6 (ssh-rsa, ssh-dss), RFC 5656 section 3.1 (ecdsa), RFC 8709 section 4 (ssh-ed25519), OpenSSH's
 * PROTOCOL.u2f (sk-…).
 */
enum KeyType {
    ED25519("ssh-ed25519", 1),
    RSA("ssh-rsa", 2),
    ECDSA_256("ecdsa-sha2-nistp256", 2),
    ECDSA_384("ecdsa-sha2-nistp384", 2),
    ECDSA_521("ecdsa-sha2-nistp521", 2),
    SK_ED25519("sk-ssh-ed25519@openssh.com", 2),
    SK_ECDSA_256("sk-ecdsa-sha2-nistp256@openssh.com", 3),
    DSA("ssh-dss", 4);

    private static final int ED25519_BYTES = 32;

    private final String wireName;
    private final int fields;

    KeyType(String wireName, int fields) {
        this.wireName = wireName;
        this.fields = fields;
    }

    String wireName() {
        return wireName;
    }

    static Optional<KeyType> named(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    /** @throws KeyFormatException when the blob doesn't begin with a known type */
    static KeyType of(byte[] blob) {
        return named(text(strings(blob).stream().findFirst().orElse(new byte[0])))
                .orElseThrow(() -> new KeyFormatException(
                        "expected key data that begin with a key type (" + names() + "), found others"));
    }

    static String names() {
        return Arrays.stream(values()).map(KeyType::wireName).collect(Collectors.joining(", "));
    }

    /** @throws KeyFormatException when the blob isn't a well-formed key of this type */
    void check(byte[] blob) {
        List<byte[]> strings = strings(blob);
        String inner = strings.isEmpty() ? "" : text(strings.get(0));
        if (!inner.equals(wireName)) {
            String found =
                    named(inner).map(type -> "that it is " + type.wireName).orElse("another text");
            throw new KeyFormatException(
                    "expected the key data to say " + wireName + " like the word before it, found " + found);
        }
        if (strings.size() != fields + 1) {
            throw new KeyFormatException("expected the data of an " + wireName + " key (parts: " + fields
                    + "), found parts: " + (strings.size() - 1));
        }
        if (!hasPlausibleParts(strings)) {
            throw new KeyFormatException("expected the data of an " + wireName + " key, found parts that don't fit it");
        }
    }

    private boolean hasPlausibleParts(List<byte[]> strings) {
        boolean noneEmpty = strings.stream().noneMatch(part -> part.length == 0);
        byte[] first = strings.get(1);
        return switch (this) {
            case ED25519, SK_ED25519 -> noneEmpty && first.length == ED25519_BYTES;
            case ECDSA_256, ECDSA_384, ECDSA_521 -> noneEmpty && wireName.endsWith("-" + text(first));
            case SK_ECDSA_256 -> noneEmpty && text(first).equals("nistp256");
            case RSA, DSA -> noneEmpty;
        };
    }

    private static List<byte[]> strings(byte[] blob) {
        List<byte[]> strings = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(blob);
        try {
            while (rest.hasRemaining()) {
                int length = rest.getInt();
                if (length < 0 || length > rest.remaining()) {
                    throw new BufferUnderflowException();
                }
                byte[] string = new byte[length];
                rest.get(string);
                strings.add(string);
            }
        } catch (BufferUnderflowException e) {
            throw new KeyFormatException("expected complete key data, found data that is cut off or damaged");
        }
        return strings;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

package io.jenkins.plugins.bellhop.key;

import java.util.Base64;
import java.util.Optional;

/** Base64 in the one spelling that an encoder would give, so that equal bytes are equal texts. */
final class CanonicalBase64 {

    private CanonicalBase64() {}

    /** The bytes of padded standard Base64; empty for any other text. */
    static Optional<byte[]> decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            boolean canonical = Base64.getEncoder().encodeToString(bytes).equals(text);
            return canonical ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

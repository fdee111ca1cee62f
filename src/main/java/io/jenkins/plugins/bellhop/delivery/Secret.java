package io.jenkins.plugins.bellhop.delivery;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret shared with the forge. Its text leaves only through {@link #reveal()}; it can't be printed by accident. */
public final class Secret {

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for an empty secret: it would let everybody sign */
    public static Secret of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected a secret, found an empty text");
        }
        return new Secret(text);
    }

    /** A fresh one of 256 bits, fit for URLs and forms. */
    public static Secret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public String reveal() {
        return text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "secret";
    }
}

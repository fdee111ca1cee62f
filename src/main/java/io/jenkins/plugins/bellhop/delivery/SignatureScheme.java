package io.jenkins.plugins.bellhop.delivery;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Where one kind of forge puts signature, delivery id and event name. The signature is always {@code sha256=} and 64
 * hexadecimal digits: the sender never chooses the algorithm.
 */
public record SignatureScheme(String signatureHeader, String deliveryIdHeader, String eventHeader) {

    private static final String PREFIX = "sha256=";

    /** The signature's bytes; absent when the header is missing, doubled, of another algorithm or cut short. */
    Optional<byte[]> signature(Headers headers) {
        return headers.only(signatureHeader)
                .filter(value -> value.startsWith(PREFIX))
                .flatMap(value -> decoded(value.substring(PREFIX.length())));
    }

    private static Optional<byte[]> decoded(String hex) {
        if (hex.length() != 2 * Hmac.LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

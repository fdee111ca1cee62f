package io.jenkins.plugins.bellhop.forge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A build's key on forges that bound its length: the context, or a hash of it where it is too long. */
public final class BuildKey {

    private BuildKey() {}

    /** @param longest characters, at least 40 */
    public static String of(String context, int longest) {
        return context.length() <= longest ? context : hash(context);
    }

    /** The first 40 digits of SHA-256, the same for the same context. */
    private static String hash(String context) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(context.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

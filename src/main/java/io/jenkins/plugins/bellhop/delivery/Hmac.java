package io.jenkins.plugins.bellhop.delivery;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), the one algorithm that all forges offer and the only one accepted. */
public final class Hmac {

    /** Bytes of a signature. */
    public static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    public static byte[] sha256(Secret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Compares in a time that doesn't depend on where the first difference is. */
    static boolean isSignedWith(Secret secret, byte[] body, byte[] signature) {
        return MessageDigest.isEqual(sha256(secret, body), signature);
    }
}

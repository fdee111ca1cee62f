package io.jenkins.plugins.bellhop.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Writes a private key as OpenSSH stores it, unencrypted. Source: PROTOCOL.key of OpenSSH; lines of 70 characters as
 * ssh-keygen writes them, ended by LF alone, since CRLF or a missing last line end make OpenSSH say "error in libcrypto".
 */
final class PrivateKeyText {

    static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    static final String UNENCRYPTED = "none";
    private static final int BLOCK_BYTES = 8;
    private static final int LINE_CHARACTERS = 70;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PrivateKeyText() {}

    /** @param privateParts type and numbers of the key, public ones included, without comment */
    static String of(OpenSshPublicKey publicKey, byte[] privateParts) {
        return ofSection(publicKey, padded(publicKey, privateParts));
    }

    /** @param section what stands in the file encrypted otherwise: check numbers, private parts, comment and padding */
    static String ofSection(OpenSshPublicKey publicKey, byte[] section) {
        byte[] key = new WireWriter()
                .raw(MAGIC)
                .string(UNENCRYPTED)
                .string(UNENCRYPTED)
                .string("")
                .uint32(1)
                .string(publicKey.blob())
                .string(section)
                .toBytes();
        String base64 = Base64.getEncoder().encodeToString(key);
        String lines = base64.replaceAll(".{1," + LINE_CHARACTERS + "}", "$0\n");
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + lines + "-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static byte[] padded(OpenSshPublicKey publicKey, byte[] privateParts) {
        // Twice the same number: how a reader of an encrypted key sees that the passphrase was right.
        int check = RANDOM.nextInt();
        WireWriter writer =
                new WireWriter().uint32(check).uint32(check).raw(privateParts).string(publicKey.comment());
        for (byte pad = 1; writer.length() % BLOCK_BYTES != 0; pad++) {
            writer.raw(pad);
        }
        return writer.toBytes();
    }
}

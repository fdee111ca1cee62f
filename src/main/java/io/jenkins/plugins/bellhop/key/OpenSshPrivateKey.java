package io.jenkins.plugins.bellhop.key;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.config.keys.loader.openssh.kdf.BCrypt;

/**
 * A private key in OpenSSH's own format, encrypted or not; source: PROTOCOL.key of OpenSSH. Its public half stands in it in
 * clear, so that the kind of key doesn't matter here.
 */
final class OpenSshPrivateKey {

    /** ssh-keygen makes 16 to 24; each takes milliseconds, and a file could ask for billions. */
    static final int MOST_ROUNDS = 1024;

    private static final int GCM_TAG_BYTES = 16;
    private static final String EXPECTED = "expected a private key in OpenSSH's format";

    private final String cipher;
    private final byte[] derivation;
    private final OpenSshPublicKey publicKey;
    private final byte[] section;

    private OpenSshPrivateKey(String cipher, byte[] derivation, OpenSshPublicKey publicKey, byte[] section) {
        this.cipher = cipher;
        this.derivation = derivation;
        this.publicKey = publicKey;
        this.section = section;
    }

    /** @throws KeyFormatException when the data aren't one key of this format */
    static OpenSshPrivateKey parse(byte[] data) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(data);
            byte[] magic = new byte[PrivateKeyText.MAGIC.length];
            rest.get(magic);
            String cipher = text(rest);
            String derivationName = text(rest);
            byte[] derivation = string(rest);
            boolean readable = Arrays.equals(magic, PrivateKeyText.MAGIC)
                    && derivationName.equals(cipher.equals(PrivateKeyText.UNENCRYPTED) ? "none" : "bcrypt");
            if (!readable || rest.getInt() != 1) {
                throw new KeyFormatException(EXPECTED + " with one key, found another");
            }
            OpenSshPublicKey publicKey = OpenSshPublicKey.ofBlob(string(rest));
            byte[] section = string(rest);
            // A tag of authenticated encryption stands behind.
            byte[] tag = new byte[rest.remaining()];
            rest.get(tag);
            byte[] withTag = new WireWriter().raw(section).raw(tag).toBytes();
            return new OpenSshPrivateKey(cipher, derivation, publicKey, withTag);
        } catch (BufferUnderflowException e) {
            throw new KeyFormatException(EXPECTED + ", found one that is cut off or damaged");
        }
    }

    OpenSshPublicKey publicKey() {
        return publicKey;
    }

    /**
     * The private parts, decrypted.
     *
     * @throws KeyFormatException when the passphrase is another, or the cipher an unknown one
     */
    byte[] section(String passphrase) {
        byte[] clear = isEncrypted() ? decrypted(passphrase) : section.clone();
        ByteBuffer rest = ByteBuffer.wrap(clear);
        // Twice the same number shows that the passphrase was right.
        if (clear.length < 2 * Integer.BYTES || rest.getInt() != rest.getInt()) {
            throw isEncrypted() ? otherPassphrase() : new KeyFormatException(EXPECTED + ", found a damaged one");
        }
        return clear;
    }

    private boolean isEncrypted() {
        return !cipher.equals(PrivateKeyText.UNENCRYPTED);
    }

    private byte[] decrypted(String passphrase) {
        if (passphrase.isEmpty()) {
            throw new KeyFormatException("expected the passphrase of an encrypted private key, found none");
        }
        boolean authenticated = cipher.endsWith("-gcm@openssh.com");
        String transformation =
                switch (cipher.replaceFirst("^aes(128|192|256)", "")) {
                    case "-ctr" -> "AES/CTR/NoPadding";
                    case "-cbc" -> "AES/CBC/NoPadding";
                    case "-gcm@openssh.com" -> "AES/GCM/NoPadding";
                    default ->
                        throw new KeyFormatException(
                                "expected a private key encrypted with AES, found another cipher; ssh-keygen -p writes it anew");
                };
        if (!cipher.matches("aes(128|192|256)-.+")) {
            throw new KeyFormatException(EXPECTED + ", found a damaged one");
        }
        int keyBytes = Integer.parseInt(cipher.substring(3, 6)) / Byte.SIZE;
        byte[] derived = derived(passphrase, keyBytes + (authenticated ? 12 : 16));
        try {
            Cipher decryption = Cipher.getInstance(transformation);
            byte[] start = Arrays.copyOfRange(derived, keyBytes, derived.length);
            AlgorithmParameterSpec parameters =
                    authenticated ? new GCMParameterSpec(GCM_TAG_BYTES * Byte.SIZE, start) : new IvParameterSpec(start);
            decryption.init(Cipher.DECRYPT_MODE, new SecretKeySpec(derived, 0, keyBytes, "AES"), parameters);
            return decryption.doFinal(section);
        } catch (GeneralSecurityException e) {
            throw otherPassphrase();
        }
    }

    private byte[] derived(String passphrase, int bytes) {
        ByteBuffer options = ByteBuffer.wrap(derivation);
        byte[] salt;
        int rounds;
        try {
            salt = string(options);
            rounds = options.getInt();
        } catch (BufferUnderflowException e) {
            throw new KeyFormatException(EXPECTED + ", found one that is cut off or damaged");
        }
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new KeyFormatException(
                    "expected at most " + MOST_ROUNDS + " rounds of key derivation, found " + rounds);
        }
        byte[] derived = new byte[bytes];
        new BCrypt().pbkdf(passphrase.getBytes(StandardCharsets.UTF_8), salt, rounds, derived);
        return derived;
    }

    private static KeyFormatException otherPassphrase() {
        return new KeyFormatException("expected the passphrase of this private key, found another one");
    }

    private static byte[] string(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] string = new byte[length];
        from.get(string);
        return string;
    }

    private static String text(ByteBuffer from) {
        return new String(string(from), StandardCharsets.US_ASCII);
    }
}

package io.jenkins.plugins.bellhop.key;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/**
 * An SSH key pair, both halves in OpenSSH's formats. The private half leaves only through {@link #privateText()}:
 * never through {@code toString}, a message or a log.
 */
public final class SshKeyPair {

    private static final int RSA_BITS = 3072;
    private static final int ED25519_BYTES = 32;

    private final OpenSshPublicKey publicKey;
    private final String privateText;

    private SshKeyPair(OpenSshPublicKey publicKey, String privateText) {
        this.publicKey = publicKey;
        this.privateText = privateText;
    }

    /**
     * The usual kind: every current forge takes it.
     *
     * @param comment one line of at most {@value OpenSshPublicKey#LONGEST_COMMENT} characters; may be empty
     * @throws KeyFormatException for a comment that isn't
     */
    public static SshKeyPair ed25519(String comment) {
        KeyPair pair = generate("Ed25519", NamedParameterSpec.ED25519);
        byte[] point = encoded(((EdECPublicKey) pair.getPublic()).getPoint());
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        byte[] blob = new WireWriter()
                .string(KeyType.ED25519.wireName())
                .string(point)
                .toBytes();
        // OpenSSH keeps seed and public key together as the private one.
        byte[] seedAndPoint = new WireWriter().raw(seed).raw(point).toBytes();
        WireWriter parts = new WireWriter().raw(blob).string(seedAndPoint);
        return of(OpenSshPublicKey.of(KeyType.ED25519, blob, comment), parts);
    }

    /**
     * For servers that refuse Ed25519: old ones, and those held to FIPS.
     *
     * @param comment one line of at most {@value OpenSshPublicKey#LONGEST_COMMENT} characters; may be empty
     * @throws KeyFormatException for a comment that isn't
     */
    public static SshKeyPair rsa3072(String comment) {
        KeyPair pair = generate("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4));
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        BigInteger exponent = key.getPublicExponent();
        byte[] blob = new WireWriter()
                .string(KeyType.RSA.wireName())
                .mpint(exponent)
                .mpint(key.getModulus())
                .toBytes();
        WireWriter parts = new WireWriter()
                .string(KeyType.RSA.wireName())
                .mpint(key.getModulus())
                .mpint(exponent)
                .mpint(key.getPrivateExponent())
                .mpint(key.getCrtCoefficient())
                .mpint(key.getPrimeP())
                .mpint(key.getPrimeQ());
        return of(OpenSshPublicKey.of(KeyType.RSA, blob, comment), parts);
    }

    /** One that was made earlier, from its two halves; that they belong together isn't checked. */
    public static SshKeyPair stored(OpenSshPublicKey publicKey, String privateText) {
        return new SshKeyPair(publicKey, privateText);
    }

    /**
     * An existing key, as people keep it in files: of OpenSSH's own format or PEM, encrypted or not.
     *
     * @param text at most {@value PrivateKeyReader#LONGEST_TEXT} characters; line ends and blanks around it don't matter
     * @param passphrase empty for a key that isn't encrypted
     * @throws KeyFormatException when it is no private key, its passphrase is another, or OpenSSH knows no such kind; says
     *     nothing of the key itself
     */
    public static SshKeyPair read(String text, String passphrase) {
        return PrivateKeyReader.read(text, passphrase);
    }

    private static SshKeyPair of(OpenSshPublicKey publicKey, WireWriter privateParts) {
        return new SshKeyPair(publicKey, PrivateKeyText.of(publicKey, privateParts.toBytes()));
    }

    private static KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("this Java can't make " + algorithm + " keys", e);
        }
    }

    /** RFC 8032, section 5.1.2: the ordinate in little-endian order, its top bit telling whether the abscissa is odd. */
    private static byte[] encoded(EdECPoint point) {
        byte[] ordinate = point.getY().toByteArray();
        byte[] encoded = new byte[ED25519_BYTES];
        for (int i = 0; i < ordinate.length; i++) {
            encoded[i] = ordinate[ordinate.length - 1 - i];
        }
        if (point.isXOdd()) {
            encoded[ED25519_BYTES - 1] |= (byte) 0x80;
        }
        return encoded;
    }

    public OpenSshPublicKey publicKey() {
        return publicKey;
    }

    /** {@code type base64 comment}, what a forge wants to be given. */
    public String publicLine() {
        return publicKey.line();
    }

    /** The private half, unencrypted, in OpenSSH's format, with a final line end. A secret: fetch it at the moment of use. */
    public String privateText() {
        return privateText;
    }

    @Override
    public String toString() {
        return publicKey.type() + " " + publicKey.fingerprint();
    }
}

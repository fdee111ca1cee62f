package io.jenkins.plugins.bellhop.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first field of a known_hosts line: names separated by commas, with {@code *}, {@code ?} and {@code !}, or one
 * hashed name ({@code |1|salt|hash}). Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"; the hash is HMAC-SHA1 of the name
 * with the salt as key.
 */
final class HostPatterns {

    private static final String HASHED = "|";
    private static final int SHA1_BYTES = 20;
    private static final Pattern BAR = Pattern.compile("\\|");

    private final String text;

    private HostPatterns(String text) {
        this.text = text;
    }

    static HostPatterns of(SshHost host) {
        return new HostPatterns(host.spelling());
    }

    /** @throws KeyFormatException when the field can't name a host */
    static HostPatterns parse(String text) {
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new KeyFormatException("expected host names in plain ASCII, found another character");
        }
        if (text.startsWith(HASHED) && hashed(text).isEmpty()) {
            throw new KeyFormatException("expected a hashed host name as |1|salt|hash, found another text after the |");
        }
        if (("," + text + ",").contains(",,") || ("," + text + ",").contains(",!,")) {
            throw new KeyFormatException("expected host names separated by single commas, found an empty name");
        }
        return new HostPatterns(text.startsWith(HASHED) ? text : text.toLowerCase(Locale.ROOT));
    }

    /** Whether any name fits and no excluded one does, as in OpenSSH's match_hostname. */
    boolean matches(SshHost host) {
        Optional<Hashed> hashed = hashed(text);
        if (hashed.isPresent()) {
            return hashed.get().isOf(host.spelling());
        }
        boolean named = false;
        for (String name : text.split(",")) {
            boolean excludes = name.startsWith("!");
            if (fits(excludes ? name.substring(1) : name, host.spelling())) {
                if (excludes) {
                    return false;
                }
                named = true;
            }
        }
        return named;
    }

    /** Without regular expressions, and going back only to the last star: the pattern comes from outside. */
    private static boolean fits(String pattern, String name) {
        int at = 0;
        int star = -1;
        int resumeAt = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resumeAt = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resumeAt;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static Optional<Hashed> hashed(String text) {
        String[] parts = BAR.split(text, -1);
        if (parts.length != 4 || !parts[0].isEmpty() || !parts[1].equals("1")) {
            return Optional.empty();
        }
        Optional<byte[]> salt = CanonicalBase64.decoded(parts[2]).filter(bytes -> bytes.length == SHA1_BYTES);
        Optional<byte[]> hash = CanonicalBase64.decoded(parts[3]).filter(bytes -> bytes.length == SHA1_BYTES);
        return salt.flatMap(s -> hash.map(h -> new Hashed(s, h)));
    }

    private record Hashed(byte[] salt, byte[] hash) {

        boolean isOf(String name) {
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(salt, "HmacSHA1"));
                return MessageDigest.isEqual(hash, mac.doFinal(name.getBytes(StandardCharsets.US_ASCII)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java doesn't offer HmacSHA1", e);
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.jenkins.plugins.bellhop.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
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

    /** Characters; a name with its addresses takes some hundred. */
    static final int LONGEST = 4_096;

    private static final int SHA1_BYTES = 20;
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern BAR = Pattern.compile("\\|");

    private final String text;
    private final Optional<Hashed> hashed;
    private final List<String> included;
    private final List<String> excluded;

    private HostPatterns(String text) {
        this.text = text.startsWith("|") ? text : text.toLowerCase(Locale.ROOT);
        this.hashed = Hashed.parse(text);
        List<String> names = hashed.isPresent() ? List.of() : List.of(COMMA.split(this.text, -1));
        this.included = names.stream().filter(name -> !name.startsWith("!")).toList();
        this.excluded = names.stream()
                .filter(name -> name.startsWith("!"))
                .map(name -> name.substring(1))
                .toList();
    }

    static HostPatterns of(SshHost host) {
        return new HostPatterns(host.spelling());
    }

    /** @throws KeyFormatException when the field can't name a host */
    static HostPatterns parse(String text) {
        if (text.length() > LONGEST) {
            throw new KeyFormatException(
                    "expected host names of at most " + LONGEST + " characters in all, found " + text.length());
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new KeyFormatException("expected host names in plain ASCII, found another character");
        }
        HostPatterns patterns = new HostPatterns(text);
        if (text.startsWith("|") && patterns.hashed.isEmpty()) {
            throw new KeyFormatException("expected a hashed host name as |1|salt|hash, found another text after the |");
        }
        if (patterns.included.contains("") || patterns.excluded.contains("")) {
            throw new KeyFormatException("expected host names separated by single commas, found an empty name");
        }
        return patterns;
    }

    /** Whether any name fits and no excluded one does, as in OpenSSH's match_hostname. */
    boolean matches(SshHost host) {
        String name = host.spelling();
        return hashed.map(it -> it.isOf(name))
                .orElseGet(() -> included.stream().anyMatch(pattern -> fits(pattern, name))
                        && excluded.stream().noneMatch(pattern -> fits(pattern, name)));
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

    private record Hashed(byte[] salt, byte[] hash) {

        static Optional<Hashed> parse(String text) {
            String[] parts = BAR.split(text, -1);
            if (parts.length != 4 || !parts[0].isEmpty() || !parts[1].equals("1")) {
                return Optional.empty();
            }
            return digest(parts[2]).flatMap(salt -> digest(parts[3]).map(hash -> new Hashed(salt, hash)));
        }

        private static Optional<byte[]> digest(String base64) {
            return CanonicalBase64.decoded(base64).filter(bytes -> bytes.length == SHA1_BYTES);
        }

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

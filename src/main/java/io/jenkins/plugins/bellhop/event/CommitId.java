package io.jenkins.plugins.bellhop.event;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A commit's hash in lower-case hexadecimal: 40 digits (SHA-1), 64 digits (SHA-256), or an abbreviation of at least 7, as
 * Bitbucket Cloud puts it into pull-request payloads (12 digits), which must be expanded before it is compared or built.
 */
public record CommitId(String hex) {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{7,40}|[0-9a-f]{64}");

    public CommitId {
        hex = hex.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "expected a commit hash of 40 or 64 hexadecimal digits, or an abbreviation of at least 7, found "
                            + Quoted.text(hex));
        }
    }

    /** Whether this is the all-zero hash with which forges say "no commit" (a ref created or deleted). */
    public static boolean isNone(String hex) {
        return !hex.isEmpty() && hex.chars().allMatch(digit -> digit == '0');
    }

    public boolean isAbbreviated() {
        return hex.length() < 40;
    }

    /** Whether both name one commit, as far as their digits go. */
    public boolean isSameAs(CommitId other) {
        return hex.startsWith(other.hex) || other.hex.startsWith(hex);
    }

    /** The first seven digits, for sentences. */
    public String shortHex() {
        return hex.substring(0, 7);
    }

    @Override
    public String toString() {
        return hex;
    }
}

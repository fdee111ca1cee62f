package io.jenkins.plugins.bellhop.forge;

/** A key as a line of authorized_keys: type, base64 and perhaps a comment. */
final class PublicLine {

    private PublicLine() {}

    static boolean areSame(String one, String other) {
        return withoutComment(one).equals(withoutComment(other));
    }

    private static String withoutComment(String line) {
        String[] parts = line.trim().split("\\s+", 3);
        return parts.length < 2 ? line : parts[0] + " " + parts[1];
    }
}

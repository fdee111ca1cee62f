package io.jenkins.plugins.bellhop.forge;

/**
 * A deploy key as the forge shows it.
 *
 * @param publicLine type and base64 part, without comment
 * @param enabled false when the organisation forbids deploy keys: the key is listed, but opens nothing
 */
public record DeployKey(String id, String title, String publicLine, boolean readOnly, boolean enabled) {

    /** Whether this is the key of that authorized_keys line; comments don't count. */
    public boolean isKeyOf(String otherPublicLine) {
        return withoutComment(publicLine).equals(withoutComment(otherPublicLine));
    }

    private static String withoutComment(String line) {
        String[] parts = line.trim().split("\\s+", 3);
        return parts.length < 2 ? line : parts[0] + " " + parts[1];
    }
}

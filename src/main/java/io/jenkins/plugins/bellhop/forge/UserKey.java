package io.jenkins.plugins.bellhop.forge;

/**
 * A person's SSH key as the forge shows it.
 *
 * @param publicLine type and base64 part; some forges add a comment
 */
public record UserKey(String id, String title, String publicLine) {

    /** Whether this is the key of that authorized_keys line; comments don't count. */
    public boolean isKeyOf(String otherPublicLine) {
        return PublicLine.areSame(publicLine, otherPublicLine);
    }
}

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
        return PublicLine.areSame(publicLine, otherPublicLine);
    }
}

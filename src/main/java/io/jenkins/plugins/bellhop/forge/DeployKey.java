package io.jenkins.plugins.bellhop.forge;

import java.time.Instant;
import java.util.Optional;

/**
 * A deploy key as the forge shows it.
 *
 * @param publicLine type and base64 part, without comment
 * @param enabled false when the organisation forbids deploy keys: the key is listed, but opens nothing
 * @param verified false while somebody still has to approve of the key
 * @param lastUsed where the forge tells, and the key was used at all
 */
public record DeployKey(
        String id,
        String title,
        String publicLine,
        boolean readOnly,
        boolean enabled,
        boolean verified,
        Optional<Instant> lastUsed) {

    /** One that was never used and waits for nobody. */
    public DeployKey(String id, String title, String publicLine, boolean readOnly, boolean enabled) {
        this(id, title, publicLine, readOnly, enabled, true, Optional.empty());
    }

    /** Whether this is the key of that authorized_keys line; comments don't count. */
    public boolean isKeyOf(String otherPublicLine) {
        return PublicLine.areSame(publicLine, otherPublicLine);
    }
}

package io.jenkins.plugins.bellhop.forge;

import java.util.Optional;

/**
 * What a call does and which rights it takes, for the sentence when it is refused.
 *
 * @param action such as "add a deploy key to acme/app"
 * @param permission what the token needs, as the forge's settings page names it
 * @param scope what a token of the forge's older kind needs, where there is such a kind
 */
public record Need(String action, String permission, Optional<String> scope) {

    public Need(String action, String permission) {
        this(action, permission, Optional.empty());
    }

    public Need(String action, String permission, String scope) {
        this(action, permission, Optional.of(scope));
    }
}

package io.jenkins.plugins.bellhop.key;

import java.util.Optional;

/** Who offers a user's key that is proven to open a repository. */
@FunctionalInterface
public interface UserKeys {

    /** The key, of kind {@link RingKey.Kind#USER}, when its last proof for this very repository succeeded. */
    Optional<RingKey> provenFor(KeyScope repository);
}

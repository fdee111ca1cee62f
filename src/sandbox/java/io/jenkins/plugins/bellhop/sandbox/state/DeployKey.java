package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;
import java.util.Optional;

/** A key that opens one repository. {@code tokenId} is the token that made it, which it doesn't outlive. */
public record DeployKey(
        long id,
        SshPublicKey key,
        String title,
        boolean readOnly,
        boolean enabled,
        String addedBy,
        long tokenId,
        Instant createdAt,
        Optional<Instant> lastUsed) {

    DeployKey enabled(boolean allowed) {
        return new DeployKey(id, key, title, readOnly, allowed, addedBy, tokenId, createdAt, lastUsed);
    }

    DeployKey usedAt(Instant time) {
        return new DeployKey(id, key, title, readOnly, enabled, addedBy, tokenId, createdAt, Optional.of(time));
    }
}

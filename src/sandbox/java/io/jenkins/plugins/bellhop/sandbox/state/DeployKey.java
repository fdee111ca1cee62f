package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A key that opens one repository, or all of one owner.
 *
 * @param comment what followed the key in its line, where the forge keeps it
 * @param tokenId the token that made it
 */
public record DeployKey(
        long id,
        SshPublicKey key,
        String title,
        String comment,
        boolean readOnly,
        boolean enabled,
        String addedBy,
        long tokenId,
        Instant createdAt,
        Optional<Instant> lastUsed) {

    /** A new key, for the account that the token belongs to. */
    public static DeployKey made(
            long id, SshPublicKey key, String title, String comment, boolean readOnly, AccessToken maker) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new DeployKey(id, key, title, comment, readOnly, true, maker.login(), maker.id(), now, Optional.empty());
    }

    DeployKey enabled(boolean allowed) {
        return new DeployKey(id, key, title, comment, readOnly, allowed, addedBy, tokenId, createdAt, lastUsed);
    }

    DeployKey usedAt(Instant time) {
        return new DeployKey(
                id, key, title, comment, readOnly, enabled, addedBy, tokenId, createdAt, Optional.of(time));
    }

    public DeployKey titled(String newTitle, String newComment) {
        return new DeployKey(id, key, newTitle, newComment, readOnly, enabled, addedBy, tokenId, createdAt, lastUsed);
    }

    public DeployKey readOnly(boolean value) {
        return new DeployKey(id, key, title, comment, value, enabled, addedBy, tokenId, createdAt, lastUsed);
    }
}

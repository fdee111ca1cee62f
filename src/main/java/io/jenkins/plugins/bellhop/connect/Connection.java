package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.util.Optional;

/**
 * What ties Jenkins to one repository, without its secrets. While the forge's ids of key and hook are still missing it is
 * being made; such a one is never used, and removed if a crash left it.
 *
 * @param id made by us, stays for the connection's life
 * @param sshUrl where git reaches the repository over SSH
 * @param defaultBranch as last seen; empty for an empty repository
 * @param publicKey the deploy key's public half
 * @param keyId the forge's id of the deploy key
 * @param hookId the forge's id of the hook; the hook's own URL ends in another, random id
 */
public record Connection(
        String id,
        RepositoryId repository,
        String sshUrl,
        Optional<String> defaultBranch,
        OpenSshPublicKey publicKey,
        Optional<String> keyId,
        Optional<String> hookId) {

    public boolean isReady() {
        return keyId.isPresent() && hookId.isPresent();
    }

    public Fingerprint fingerprint() {
        return publicKey.fingerprint();
    }

    Connection withKeyId(String forgeKeyId) {
        return new Connection(id, repository, sshUrl, defaultBranch, publicKey, Optional.of(forgeKeyId), hookId);
    }

    Connection withHookId(String forgeHookId) {
        return new Connection(id, repository, sshUrl, defaultBranch, publicKey, keyId, Optional.of(forgeHookId));
    }

    /** The same connection after the repository was renamed or transferred. */
    public Connection renamed(RepositoryId today, String todaysSshUrl) {
        return new Connection(id, today, todaysSshUrl, defaultBranch, publicKey, keyId, hookId);
    }
}

package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param formerNames what the repository was called before, newest first: the forge redirects them, and jobs still say them
 */
public record Connection(
        String id,
        RepositoryId repository,
        String sshUrl,
        Optional<String> defaultBranch,
        OpenSshPublicKey publicKey,
        Optional<String> keyId,
        Optional<String> hookId,
        List<RepositoryName> formerNames) {

    /** Former names that are kept; a repository that was renamed more often is no longer found under the oldest ones. */
    public static final int MOST_FORMER_NAMES = 20;

    public Connection {
        formerNames = List.copyOf(formerNames);
    }

    /** Of a repository that was never renamed. */
    public Connection(
            String id,
            RepositoryId repository,
            String sshUrl,
            Optional<String> defaultBranch,
            OpenSshPublicKey publicKey,
            Optional<String> keyId,
            Optional<String> hookId) {
        this(id, repository, sshUrl, defaultBranch, publicKey, keyId, hookId, List.of());
    }

    public boolean isReady() {
        return keyId.isPresent() && hookId.isPresent();
    }

    public Fingerprint fingerprint() {
        return publicKey.fingerprint();
    }

    /** Whether this is what the repository was called, and isn't any more. */
    public boolean wasCalled(RepositoryName name) {
        return formerNames.stream().anyMatch(name::isSameAs);
    }

    /** The same connection, known by the name that somebody used and the forge redirected. */
    Connection alsoCalled(RepositoryName name) {
        return name.isSameAs(repository.name()) || wasCalled(name) ? this : withFormerNames(Stream.of(name));
    }

    private Connection withFormerNames(Stream<RepositoryName> more) {
        List<RepositoryName> former = Stream.concat(more, formerNames.stream())
                .filter(name -> !name.isSameAs(repository.name()))
                .limit(MOST_FORMER_NAMES)
                .toList();
        return new Connection(id, repository, sshUrl, defaultBranch, publicKey, keyId, hookId, former);
    }

    Connection withKeyId(String forgeKeyId) {
        return new Connection(
                id, repository, sshUrl, defaultBranch, publicKey, Optional.of(forgeKeyId), hookId, formerNames);
    }

    /** The same connection, opened by another key. */
    Connection withKey(OpenSshPublicKey key, String forgeKeyId) {
        return new Connection(id, repository, sshUrl, defaultBranch, key, Optional.of(forgeKeyId), hookId, formerNames);
    }

    Connection withHookId(String forgeHookId) {
        return new Connection(
                id, repository, sshUrl, defaultBranch, publicKey, keyId, Optional.of(forgeHookId), formerNames);
    }

    /** The same connection after the repository was renamed or transferred. */
    public Connection renamed(RepositoryId today, String todaysSshUrl) {
        return new Connection(id, today, todaysSshUrl, defaultBranch, publicKey, keyId, hookId, formerNames)
                .withFormerNames(Stream.of(repository.name()));
    }
}

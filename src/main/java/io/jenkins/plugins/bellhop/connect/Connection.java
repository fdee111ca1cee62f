package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What ties Jenkins to one repository, without its secrets. While the forge's ids of key and hook are still missing it is
 * being made; such a one is never used, and removed if a crash left it.
 *
 * @param id made by us: of the repository's, and random in connections that older versions made
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

    /** RFC 9562: version 8, for hashes of one's own choice. */
    private static final long CUSTOM_VERSION = 0x8000L;

    private static final long VERSION_BITS = 0xf000L;
    private static final long VARIANT = 1L << 63;
    private static final long VARIANT_BITS = 3L << 62;

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

    /**
     * What a connection to this repository is called, each time it is made: jobs name its credential by this, also after
     * somebody disconnected and connected again. Nobody has to guess it: it opens nothing and is in no webhook's address.
     */
    public static String idOf(RepositoryId repository) {
        byte[] name = ("connection to " + repository.key()).getBytes(StandardCharsets.UTF_8);
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name));
            long most = hash.getLong() & ~VERSION_BITS | CUSTOM_VERSION;
            long least = hash.getLong() & ~VARIANT_BITS | VARIANT;
            return new UUID(most, least).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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

package io.jenkins.plugins.bellhop.key;

import java.util.List;
import java.util.function.Supplier;

/**
 * A key that may be offered, without its private half, which is fetched at the moment of use.
 *
 * @param kind what it is, which decides who goes first
 * @param name how people know it; shown in logs
 * @param scopes the repositories it opens, at least one; for an additional key bound to a server, the server
 * @param privateText the private half, unencrypted, in a format that OpenSSH reads, with a final line end
 */
public record RingKey(
        Kind kind, String name, OpenSshPublicKey publicKey, List<KeyScope> scopes, Supplier<String> privateText) {

    /** In the order in which they are preferred. */
    public enum Kind {
        /** An additional key, bound to one repository. */
        BOUND_TO_REPOSITORY,
        /** A user's key that was proven to open the repository. */
        USER,
        /** A deploy key that several repositories have in common, attached to them by an administrator. */
        SHARED,
        /** A repository's own key, which may only read. */
        DEPLOY,
        /** An additional key, bound to a whole server. */
        BOUND_TO_SERVER
    }

    public RingKey {
        scopes = List.copyOf(scopes);
    }

    /** An existing key that somebody bound to a repository or a server. */
    public static RingKey additional(
            String name, OpenSshPublicKey publicKey, KeyScope scope, Supplier<String> privateText) {
        Kind kind = scope.isWholeServer() ? Kind.BOUND_TO_SERVER : Kind.BOUND_TO_REPOSITORY;
        return new RingKey(kind, name, publicKey, List.of(scope), privateText);
    }

    public Fingerprint fingerprint() {
        return publicKey.fingerprint();
    }

    boolean opens(KeyScope repository) {
        return scopes.stream().anyMatch(scope -> scope.covers(repository));
    }

    /** Name and fingerprint. */
    @Override
    public String toString() {
        return name + " (" + fingerprint() + ")";
    }
}

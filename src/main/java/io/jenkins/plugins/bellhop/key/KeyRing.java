package io.jenkins.plugins.bellhop.key;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys that a build may have, and which one each repository gets: one that was named by its fingerprint, else an
 * additional key bound to the repository, else a user's key, else a shared one, else the deploy key, else an additional key
 * bound to the server. Never two. Immutable.
 */
public final class KeyRing {

    /** Keys of one build; each is a file on the agent. */
    public static final int MOST_KEYS = 500;

    private final List<RingKey> keys;
    private final List<Fingerprint> named;

    private KeyRing(List<RingKey> keys, List<Fingerprint> named) {
        this.keys = keys;
        this.named = named;
    }

    /**
     * With those keys that the policy permits.
     *
     * @throws IllegalArgumentException when there are more than {@value #MOST_KEYS}
     */
    public static KeyRing of(Collection<RingKey> keys, KeyPolicy policy) {
        List<RingKey> permitted = keys.stream().filter(policy::permits).toList();
        if (permitted.size() > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "expected at most " + MOST_KEYS + " keys for one build, found " + permitted.size());
        }
        return new KeyRing(permitted, List.of());
    }

    /**
     * The same keys, those with these fingerprints first.
     *
     * @throws IllegalArgumentException when no permitted key has one of them; lists those that exist
     */
    public KeyRing naming(Collection<Fingerprint> fingerprints) {
        fingerprints.stream()
                .filter(fingerprint -> keys.stream().noneMatch(key -> fingerprint.matches(key.publicKey())))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException(
                            "expected the fingerprint of a key that this build may use, found " + unknown + ". "
                                    + existing());
                });
        return new KeyRing(keys, List.copyOf(fingerprints));
    }

    private String existing() {
        if (keys.isEmpty()) {
            return "There is none.";
        }
        return keys.stream()
                .map(key -> key + " for "
                        + key.scopes().stream().map(KeyScope::toString).collect(Collectors.joining(" and ")))
                .distinct()
                .collect(Collectors.joining("; ", "There are: ", "."));
    }

    /** The one key for a repository; for a whole server, the one that all its other repositories get. */
    public KeyChoice choose(KeyScope repository) {
        List<RingKey> fitting =
                keys.stream().filter(key -> key.opens(repository)).toList();
        List<RingKey> preferred = fitting.stream().filter(this::isNamed).toList();
        List<RingKey> candidates = preferred.isEmpty() ? fitting : preferred;
        Optional<RingKey> best = candidates.stream().min(Comparator.comparing(RingKey::kind));
        if (best.isEmpty()) {
            return new KeyChoice.None(repository);
        }
        RingKey first = best.get();
        return candidates.stream()
                .filter(other ->
                        other.kind() == first.kind() && !other.publicKey().equals(first.publicKey()))
                .findFirst()
                .<KeyChoice>map(other -> new KeyChoice.Torn(repository, first, other))
                .orElseGet(() -> new KeyChoice.Chosen(first));
    }

    private boolean isNamed(RingKey key) {
        return named.stream().anyMatch(fingerprint -> fingerprint.matches(key.publicKey()));
    }

    /** What each repository and each server gets that a key is for; repositories first. */
    public List<KeyRoute> routes() {
        Map<String, KeyScope> scopes = new LinkedHashMap<>();
        keys.stream()
                .flatMap(key -> key.scopes().stream())
                .forEach(scope -> scopes.putIfAbsent(scope.server() + " " + scope.comparedPath(), scope));
        return scopes.values().stream()
                .sorted(Comparator.comparing(KeyScope::isWholeServer))
                .map(scope -> new KeyRoute(scope, choose(scope)))
                .toList();
    }

    /**
     * What an ssh-agent is to hold: the named keys; or, if none is named, the one of each server.
     *
     * @throws IllegalArgumentException when none is named and a server has several: it would take the first that it knows,
     *     whatever the repository
     */
    public List<RingKey> forAgent() {
        return named.isEmpty()
                ? oneForEachServer()
                : keys.stream().filter(this::isNamed).toList();
    }

    private List<RingKey> oneForEachServer() {
        Map<SshHost, RingKey> held = new LinkedHashMap<>();
        for (KeyRoute route : routes()) {
            if (route.choice() instanceof KeyChoice.Chosen chosen) {
                RingKey other = held.putIfAbsent(route.target().server(), chosen.key());
                if (other != null && !other.publicKey().equals(chosen.key().publicKey())) {
                    throw new IllegalArgumentException(
                            "expected one key for " + route.target().server()
                                    + " in an ssh-agent, since a server takes the first that it knows, whatever the repository;"
                                    + " found " + other + " and " + chosen.key()
                                    + ". Name what the ssh-agent is to hold by fingerprint.");
                }
            }
        }
        return List.copyOf(held.values());
    }

    public List<RingKey> keys() {
        return keys;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}

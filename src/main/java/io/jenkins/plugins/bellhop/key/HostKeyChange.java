package io.jenkins.plugins.bellhop.key;

import java.util.List;

/**
 * What a forge publishes as its host keys, beside what is trusted.
 *
 * @param trusted the pins until now
 * @param published what the forge lists
 */
public record HostKeyChange(PinnedForge forge, List<OpenSshPublicKey> trusted, List<OpenSshPublicKey> published) {

    public HostKeyChange {
        trusted = List.copyOf(trusted);
        published = List.copyOf(published);
    }

    /** Keys that the forge shows, or is about to show, and nobody trusts yet. */
    public List<OpenSshPublicKey> added() {
        return published.stream().filter(key -> !trusted.contains(key)).toList();
    }

    /** Keys that are trusted, and that the forge doesn't list any more. */
    public List<OpenSshPublicKey> gone() {
        return trusted.stream().filter(key -> !published.contains(key)).toList();
    }

    /** Whether both are the same set. */
    public boolean isNone() {
        return added().isEmpty() && gone().isEmpty();
    }
}

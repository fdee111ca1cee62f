package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key that opens more than one repository, and is given to builds of each of them.
 *
 * @param name for people
 * @param account the user whose key it is; empty for a shared key
 * @param since when it came into use
 * @param opens the connected repositories whose builds get it
 */
public record WideKey(
        String name, Fingerprint fingerprint, Optional<String> account, Instant since, List<RepositoryId> opens) {

    public WideKey {
        opens = List.copyOf(opens);
    }

    /** @param connected the repositories that are connected */
    public static WideKey of(MachineKey key, List<RepositoryId> connected) {
        return new WideKey(
                "user key of " + key.account(),
                key.key().publicKey().fingerprint(),
                Optional.of(key.account()),
                key.since(),
                connected.stream().filter(key::isProvenFor).toList());
    }

    public static WideKey of(SharedKey key) {
        return new WideKey(
                "shared key " + key.name(),
                key.key().publicKey().fingerprint(),
                Optional.empty(),
                key.since(),
                key.open().stream().map(Attachment::repository).toList());
    }

    /** Whether builds of the repository get it. */
    boolean opens(RepositoryId repository) {
        return opens.contains(repository);
    }
}

package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SSH key of a machine user's account on a forge: it opens whatever the account may open. Immutable; never printed.
 *
 * @param id made by us, stays over rotations
 * @param host the forge's
 * @param account what the forge calls the user, as somebody confirmed it
 * @param key in use, or about to be: while the forge's id is missing nothing is known of it there
 * @param keyId the forge's id of the key
 * @param since when the key in use came into use
 * @param next made, perhaps uploaded, in use by nobody yet
 * @param retired keys to be removed at the forge once nobody can need them
 * @param proven when git last read a repository with the key in use, by the repository's key; one that failed isn't there
 * @param revoked the key in use must not be used any more: builds wait for the next one
 */
public record MachineKey(
        String id,
        String host,
        String account,
        SshKeyPair key,
        Optional<String> keyId,
        Instant since,
        Optional<SshKeyPair> next,
        List<RetiredKey> retired,
        Map<String, Instant> proven,
        boolean revoked) {

    public MachineKey {
        retired = List.copyOf(retired);
        proven = Map.copyOf(proven);
    }

    public boolean isReady() {
        return keyId.isPresent();
    }

    /** Whether something was begun and not brought to an end: its creation, a rotation, or what follows a revocation. */
    public boolean isUnfinished() {
        return !isReady() || revoked || next.isPresent();
    }

    /** Whether git has read the repository with it, the last time it tried, and may do so again. */
    public boolean isProvenFor(RepositoryId repository) {
        return isReady() && !revoked && proven.containsKey(repository.key());
    }

    MachineKey withKey(SshKeyPair other) {
        return new MachineKey(id, host, account, other, keyId, since, next, retired, proven, revoked);
    }

    MachineKey withKeyId(String forgeKeyId) {
        return new MachineKey(id, host, account, key, Optional.of(forgeKeyId), since, next, retired, proven, revoked);
    }

    MachineKey withNext(Optional<SshKeyPair> drawn) {
        return new MachineKey(id, host, account, key, keyId, since, drawn, retired, proven, revoked);
    }

    MachineKey withRetired(List<RetiredKey> keys) {
        return new MachineKey(id, host, account, key, keyId, since, next, keys, proven, revoked);
    }

    /** The next key takes over; the account is the same, and so is what it opens. */
    MachineKey changed(SshKeyPair drawn, String forgeKeyId, Instant now) {
        List<RetiredKey> more = new ArrayList<>(retired);
        if (!revoked) {
            more.add(new RetiredKey(key.publicKey(), now));
        }
        return new MachineKey(
                id, host, account, drawn, Optional.of(forgeKeyId), now, Optional.empty(), more, proven, false);
    }

    /** Nothing of it may be used again, a key that was about to come into use included. */
    MachineKey everythingRevoked(Instant now) {
        List<RetiredKey> more = new ArrayList<>(retired);
        next.ifPresent(drawn -> more.add(new RetiredKey(drawn.publicKey(), now)));
        return new MachineKey(id, host, account, key, keyId, since, Optional.empty(), more, proven, true);
    }

    /** The public halves of everything that builds may have been given. */
    List<OpenSshPublicKey> givenOut() {
        return Stream.concat(Stream.of(key.publicKey()), retired.stream().map(RetiredKey::publicKey))
                .toList();
    }

    /** The public halves of everything of ours that may be at the forge. */
    List<OpenSshPublicKey> all() {
        return Stream.concat(givenOut().stream(), next.map(SshKeyPair::publicKey).stream())
                .toList();
    }

    /** What was proven for other repositories doesn't count any more. */
    public MachineKey provenOnlyFor(Collection<String> repositoryKeys) {
        Map<String, Instant> proofs = new HashMap<>(proven);
        proofs.keySet().retainAll(repositoryKeys);
        return new MachineKey(id, host, account, key, keyId, since, next, retired, proofs, revoked);
    }

    MachineKey withProof(RepositoryId repository, Optional<Instant> at) {
        Map<String, Instant> proofs = new HashMap<>(proven);
        proofs.remove(repository.key());
        at.ifPresent(when -> proofs.put(repository.key(), when));
        return new MachineKey(id, host, account, key, keyId, since, next, retired, proofs, revoked);
    }

    @Override
    public String toString() {
        return "user key of " + account + " on " + host;
    }
}

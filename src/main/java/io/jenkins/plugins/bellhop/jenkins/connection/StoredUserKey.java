package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.util.Secret;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.connect.RetiredKey;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A user key as it is written to disk, its private halves encrypted. Immutable. The fields' names are a file format. */
public final class StoredUserKey {

    private final String id;
    private final String host;
    private final String account;
    /** The API credential that made it, and looks after it. */
    private final String credentialsId;

    private final String publicKey;
    private final Secret privateKey;
    private final String keyId;
    /** Milliseconds since the epoch, as all times here. */
    private final long since;

    private final String nextPublicKey;
    private final Secret nextPrivateKey;
    /** When the last build may have been given it, by the public key's line. */
    private final TreeMap<String, Long> retired;
    /** When git last read it, by the repository's key. */
    private final TreeMap<String, Long> proven;
    /** Full names of the items and folders that may use it. Files of earlier versions lack this and what follows. */
    private final ArrayList<String> granted;
    /** Why git can't read it, by the repository's key. */
    private final TreeMap<String, String> failed;
    /** Those of these repositories that it read before, by their keys. */
    private final ArrayList<String> lost;
    /** Why it can't be looked after at the forge; null while it can. */
    private final String trouble;
    /** Null, as in files of earlier versions, unless it is. */
    private final Boolean revoked;

    private StoredUserKey(MachineKey key, String credentialsId, Grants grants, Findings findings) {
        this.id = key.id();
        this.host = key.host();
        this.account = key.account();
        this.credentialsId = credentialsId;
        this.publicKey = key.key().publicLine();
        this.privateKey = Secret.fromString(key.key().privateText());
        this.keyId = key.keyId().orElse(null);
        this.since = key.since().toEpochMilli();
        this.nextPublicKey = key.next().map(SshKeyPair::publicLine).orElse(null);
        this.nextPrivateKey =
                key.next().map(next -> Secret.fromString(next.privateText())).orElse(null);
        this.retired = new TreeMap<>();
        key.retired()
                .forEach(each ->
                        retired.put(each.publicKey().line(), each.since().toEpochMilli()));
        this.proven = new TreeMap<>();
        key.proven().forEach((repository, at) -> proven.put(repository, at.toEpochMilli()));
        this.granted = new ArrayList<>(grants.names().toList());
        this.failed = new TreeMap<>(findings.failed());
        this.lost = new ArrayList<>(findings.lost());
        this.trouble = findings.trouble().orElse(null);
        this.revoked = key.revoked() ? true : null;
    }

    /** What was found last. */
    private record Findings(Map<String, String> failed, List<String> lost, Optional<String> trouble) {
        private static final Findings NONE = new Findings(Map.of(), List.of(), Optional.empty());
    }

    /** A key that was tried on nothing yet. */
    static StoredUserKey of(MachineKey key, String credentialsId, Grants grants) {
        return new StoredUserKey(key, credentialsId, grants, Findings.NONE);
    }

    StoredUserKey with(MachineKey changed) {
        return new StoredUserKey(changed, credentialsId, grants(), findings());
    }

    StoredUserKey granting(Grants others) {
        return new StoredUserKey(key(), credentialsId, others, findings());
    }

    /** @param found why the key can't be looked after at the forge */
    StoredUserKey looked(Optional<String> found) {
        return new StoredUserKey(key(), credentialsId, grants(), new Findings(failed, lost, found));
    }

    /**
     * What a trial said that the key itself remembers already.
     *
     * @param failure why git couldn't read the repository
     * @param readBefore whether it could the last time
     */
    StoredUserKey tried(RepositoryId repository, Optional<String> failure, boolean readBefore) {
        TreeMap<String, String> failures = new TreeMap<>(failed);
        List<String> missed = new ArrayList<>(lost);
        failures.remove(repository.key());
        failure.ifPresent(sentence -> failures.put(repository.key(), repository + ": " + sentence));
        if (failure.isEmpty()) {
            missed.remove(repository.key());
        } else if (readBefore) {
            missed.add(repository.key());
        }
        return new StoredUserKey(key(), credentialsId, grants(), new Findings(failures, missed, trouble()));
    }

    /** Nothing is known of the repository. */
    StoredUserKey without(RepositoryId repository) {
        Set<String> others = new HashSet<>(proven.keySet());
        others.addAll(failed.keySet());
        others.remove(repository.key());
        return onlyFor(others);
    }

    /** What was found of other repositories doesn't count any more. */
    StoredUserKey onlyFor(Collection<String> repositoryKeys) {
        TreeMap<String, String> failures = new TreeMap<>(failed);
        failures.keySet().retainAll(repositoryKeys);
        List<String> missed = lost.stream().filter(repositoryKeys::contains).toList();
        return new StoredUserKey(
                key().provenOnlyFor(repositoryKeys),
                credentialsId,
                grants(),
                new Findings(failures, missed, trouble()));
    }

    /** A file that lacks something is no key: that shows when it is read. An earlier version named nobody who may use it. */
    private Object readResolve() {
        if (retired == null || proven == null || credentialsId == null) {
            throw new IllegalArgumentException(
                    "expected a user key with retired, proven and credentialsId, found a file without");
        }
        if (granted == null || failed == null || lost == null) {
            return of(key().provenOnlyFor(List.of()), credentialsId, Grants.NOBODY);
        }
        key();
        grants();
        return this;
    }

    private Findings findings() {
        return new Findings(failed, lost, trouble());
    }

    /** Why it can't be looked after at the forge. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Who may use it, as administrators said. */
    public Grants grants() {
        return Grants.of(granted);
    }

    /** Repositories that may use it, and that git can't read with it, each with the reason. */
    public List<String> failures() {
        return List.copyOf(failed.values());
    }

    /** What somebody has to mend: it can't be looked after, or opens less than it did. */
    public List<String> troubles() {
        return Stream.concat(
                        trouble().stream(),
                        failed.entrySet().stream()
                                .filter(failure -> lost.contains(failure.getKey()))
                                .map(Map.Entry::getValue))
                .toList();
    }

    public String id() {
        return id;
    }

    public String credentialsId() {
        return credentialsId;
    }

    public MachineKey key() {
        Map<String, Instant> proofs = new HashMap<>();
        proven.forEach((repository, at) -> proofs.put(repository, Instant.ofEpochMilli(at)));
        ArrayList<RetiredKey> former = new ArrayList<>();
        retired.forEach(
                (line, at) -> former.add(new RetiredKey(OpenSshPublicKey.parse(line), Instant.ofEpochMilli(at))));
        return new MachineKey(
                id,
                host,
                account,
                SshKeyPair.stored(OpenSshPublicKey.parse(publicKey), privateKey.getPlainText()),
                Optional.ofNullable(keyId),
                Instant.ofEpochMilli(since),
                Optional.ofNullable(nextPublicKey)
                        .map(line -> SshKeyPair.stored(OpenSshPublicKey.parse(line), nextPrivateKey.getPlainText())),
                former,
                proofs,
                isRevoked());
    }

    /** Whether no build gets it, so that those that had it wait for the next one. Asked for every build in the queue. */
    public boolean isRevoked() {
        return revoked != null;
    }

    /** Whether the item's builds get it for the repository, or would if it weren't revoked. */
    boolean isFor(String item, RepositoryId repository) {
        return proven.containsKey(repository.key()) && grants().permit(item);
    }

    @Override
    public String toString() {
        return "user key of " + account + " on " + host;
    }
}

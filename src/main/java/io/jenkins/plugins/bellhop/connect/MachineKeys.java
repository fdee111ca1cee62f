package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.UserKey;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The life of user keys: made and uploaded, tried on repositories, rotated, revoked, removed. Every step is written down before it is
 * done. Callers take care that one key is worked on by one thread at a time.
 */
public final class MachineKeys {

    /** How long a former key stays: builds that have it may run as long as a working day. */
    public static final Duration RETIREMENT = Rotation.LONGEST_RETIREMENT;

    /** Trials of one key that say nothing of it: each may take half a minute, and mostly the server is the same. */
    static final int MOST_UNANSWERED = 3;

    private final Site site;
    private final MachineKeyStore store;
    private final KeyProof proof;
    private final Clock clock;

    public MachineKeys(Site site, MachineKeyStore store, KeyProof proof, Clock clock) {
        this.site = site;
        this.store = store;
        this.proof = proof;
        this.clock = clock;
    }

    /**
     * Makes a key for the credential's owner. What the credential may do is asked first.
     *
     * @param confirmed the account that somebody has confirmed to be a machine user's, as the forge spells it
     * @throws ConnectFailure when the credential is another account's, or something failed; nothing is left behind then, or
     *     the failure says what
     */
    public MachineKey create(String host, String confirmed, ForgeApi api) throws ConnectFailure {
        Undo undo = new Undo();
        try {
            return created(host, confirmed, api, undo);
        } catch (ForgeFailure failure) {
            throw new ConnectFailure(failure.getMessage(), failure.mayPass(), undo.run());
        } catch (IOException failure) {
            throw new ConnectFailure("Could not save the user key: " + failure.getMessage() + ".", true, undo.run());
        }
    }

    private MachineKey created(String host, String confirmed, ForgeApi api, Undo undo)
            throws ForgeFailure, IOException, ConnectFailure {
        String owner = api.userKeys().owner();
        if (!owner.equals(confirmed)) {
            throw new ConnectFailure(
                    "Expected the API credential of a machine user, whose account somebody confirms by name. It belongs to "
                            + owner + ", confirmed was " + (confirmed.isBlank() ? "nothing" : confirmed)
                            + ". A user key opens all that its account may open: don't use a person's.",
                    false,
                    List.of());
        }
        api.userKeys().requireChanging();
        MachineKey draft = new MachineKey(
                UUID.randomUUID().toString(),
                host,
                owner,
                SshKeyPair.ed25519(site.keyTitle()),
                Optional.empty(),
                clock.instant(),
                Optional.empty(),
                List.of(),
                Map.of(),
                false);
        undo.armRecord("the record of the " + draft, () -> store.remove(draft.id()));
        store.save(draft);
        undo.arm(
                "the " + draft,
                () -> removeAtForge(List.of(key(draft.id()).key().publicKey()), api));
        MachineKey made = uploaded(draft, api);
        store.save(made);
        return made;
    }

    private MachineKey uploaded(MachineKey draft, ForgeApi api) throws ForgeFailure, IOException {
        try {
            return draft.withKeyId(upload(draft.key(), api).id());
        } catch (ForgeFailure refusal) {
            if (!NewKey.mayBeRsaInstead(refusal, draft.key().publicKey())) {
                throw refusal;
            }
            MachineKey other = draft.withKey(SshKeyPair.rsa3072(site.keyTitle()));
            store.save(other);
            return other.withKeyId(upload(other.key(), api).id());
        }
    }

    private UserKey upload(SshKeyPair key, ForgeApi api) throws ForgeFailure {
        Optional<UserKey> there = api.userKeys().list().stream()
                .filter(each -> each.isKeyOf(key.publicLine()))
                .findFirst();
        return there.isPresent()
                ? there.get()
                : api.userKeys().add(site.keyTitle(key.publicKey().fingerprint()), key.publicLine());
    }

    /** Tries the key in use on a repository. Changes nothing, and takes as long as git does. */
    public KeyTrial attempt(String id, String sshUrl) {
        MachineKey key = key(id);
        KeyProof.Answer answer = proof.answer(sshUrl, key.key());
        return new KeyTrial(id, key.key().publicKey(), answer.failure(), answer.isOfTheKey());
    }

    /**
     * Remembers what came of a trial. False, and nothing is changed, when another key is in use by now, or none, when it is
     * revoked, or when the trial says nothing of the key.
     */
    public boolean note(KeyTrial trial, RepositoryId repository) throws IOException {
        if (!trial.isOfTheKey()) {
            return false;
        }
        Optional<MachineKey> key = store.find(trial.id())
                .filter(found -> !found.revoked() && found.key().publicKey().equals(trial.tried()));
        if (key.isEmpty()) {
            return false;
        }
        Optional<Instant> at = trial.failure().isPresent() ? Optional.empty() : Optional.of(clock.instant());
        store.save(key.get().withProof(repository, at));
        return true;
    }

    /** Whether the key in use is still among the account's. */
    public boolean isThere(String id, ForgeApi api) throws ForgeFailure {
        String line = key(id).key().publicLine();
        return api.userKeys().list().stream().anyMatch(key -> key.isKeyOf(line));
    }

    /**
     * The new key is there before the old one goes. Also goes on with a rotation that was interrupted.
     *
     * @param sshUrl a repository that the key opens, to try the new one on
     * @throws ConnectFailure when the new key can't be made to work, and the old one is still in use; or when it is revoked,
     *     which is for {@link #replaceRevoked}
     */
    public void rotate(String id, String sshUrl, ForgeApi api) throws ConnectFailure {
        MachineKey key = key(id);
        if (key.revoked()) {
            throw new ConnectFailure("Expected a key that isn't revoked, found the " + key + ".", false, List.of());
        }
        attempt(() -> change(key, sshUrl, api));
    }

    /**
     * For a key that leaked: from now on no build gets it. Asks no forge, so that nothing there stands in the way.
     *
     * @throws ConnectFailure when that can't be written down
     */
    public void withdraw(String id) throws ConnectFailure {
        attempt(() -> {
            if (!key(id).revoked()) {
                store.save(key(id).everythingRevoked(clock.instant()));
            }
        });
    }

    /**
     * A revoked key goes from the forge first, with all former ones; then another comes into use, once it works. Also goes on
     * with what was interrupted. Does nothing where no key is revoked.
     *
     * @param opened the repositories that the key opened, each with the address where git reaches it; empty where it opened
     *     none, and nobody waits. The first that opens is enough; those before it that don't, lose their proof.
     * @throws ConnectFailure saying what failed; until this goes through, no build gets the key
     */
    public void replaceRevoked(String id, Map<RepositoryId, String> opened, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            if (key(id).revoked()) {
                replace(id, opened, api);
            }
        });
    }

    /** The next one is drawn when the revoked one is gone, so that where there is one, nothing is left to remove. */
    private void replace(String id, Map<RepositoryId, String> opened, ForgeApi api)
            throws ForgeFailure, IOException, NotProven {
        MachineKey revoked = key(id);
        if (revoked.next().isEmpty()) {
            removeAtForge(revoked.givenOut(), api);
            revoked = revoked.withRetired(List.of()).withNext(Optional.of(likeThatOf(revoked)));
            store.save(revoked);
        }
        SshKeyPair next = revoked.next().get();
        UserKey uploaded = upload(next, api);
        Set<RepositoryId> closed = opened.isEmpty() ? Set.of() : closedTo(next, opened);
        MachineKey changed = revoked.changed(next, uploaded.id(), clock.instant());
        if (opened.isEmpty()) {
            changed = changed.provenOnlyFor(List.of());
        }
        for (RepositoryId repository : closed) {
            changed = changed.withProof(repository, Optional.empty());
        }
        store.save(changed);
    }

    /**
     * Where the key says no, up to the first repository that it opens.
     *
     * @throws NotProven when it opens none: it may be too new for the forge, so that this says nothing of the repositories
     */
    private Set<RepositoryId> closedTo(SshKeyPair next, Map<RepositoryId, String> opened) throws NotProven {
        Set<RepositoryId> closed = new LinkedHashSet<>();
        String first = "";
        int unanswered = 0;
        for (Map.Entry<RepositoryId, String> each : opened.entrySet()) {
            KeyProof.Answer answer = proof.answer(each.getValue(), next);
            if (answer.failure().isEmpty()) {
                return closed;
            }
            first = first.isEmpty() ? answer.failure().get() : first;
            if (answer.isOfTheKey()) {
                closed.add(each.getKey());
            } else if (++unanswered == MOST_UNANSWERED) {
                break;
            }
        }
        throw NotProven.because(first);
    }

    private void change(MachineKey before, String sshUrl, ForgeApi api) throws ForgeFailure, IOException, NotProven {
        SshKeyPair next = before.next().orElseGet(() -> likeThatOf(before));
        store.save(before.withNext(Optional.of(next)));
        UserKey uploaded = upload(next, api);
        try {
            NotProven.unless(proof, sshUrl, next);
        } catch (NotProven failure) {
            removeAtForge(List.of(next.publicKey()), api);
            store.save(before.withNext(Optional.empty()));
            throw failure;
        }
        store.save(before.changed(next, uploaded.id(), clock.instant()));
    }

    private SshKeyPair likeThatOf(MachineKey key) {
        return NewKey.like(key.key().publicKey(), site.keyTitle());
    }

    private static void attempt(Steps steps) throws ConnectFailure {
        try {
            steps.run();
        } catch (ForgeFailure failure) {
            throw ConnectFailure.of(failure);
        } catch (NotProven failure) {
            throw new ConnectFailure(failure.getMessage(), false, List.of());
        } catch (IOException failure) {
            throw new ConnectFailure("Could not save the user key: " + failure.getMessage() + ".", true, List.of());
        }
    }

    /** What a change consists of. */
    private interface Steps {
        void run() throws ForgeFailure, IOException, NotProven;
    }

    /**
     * Takes back what was interrupted: a key that was never quite made, or one that was about to take over. The one in use
     * stays in use. A revoked one is for {@link #replaceRevoked}. The forge is asked only where something is to be taken back.
     *
     * @return whether there still is a key
     */
    public boolean finish(String id, ForgeApi api) throws ForgeFailure, IOException {
        MachineKey key = key(id);
        if (!key.isReady()) {
            removeAtForge(List.of(key.key().publicKey()), api);
            store.remove(id);
        } else if (!key.revoked() && key.next().isPresent()) {
            removeAtForge(List.of(key.next().get().publicKey()), api);
            store.save(key.withNext(Optional.empty()));
        }
        return key.isReady();
    }

    /** Removes former keys that nobody can need any more. */
    public void endRetirements(String id, ForgeApi api) throws ForgeFailure, IOException {
        MachineKey key = key(id);
        Instant now = clock.instant();
        List<RetiredKey> over = key.retired().stream()
                .filter(retired -> !retired.since().plus(RETIREMENT).isAfter(now))
                .toList();
        if (!over.isEmpty()) {
            removeAtForge(over.stream().map(RetiredKey::publicKey).toList(), api);
            store.save(key.withRetired(key.retired().stream()
                    .filter(retired -> !over.contains(retired))
                    .toList()));
        }
    }

    /**
     * Removes all of it at the forge, then the record.
     *
     * @throws ConnectFailure when something could not be removed; the record then stays
     */
    public void remove(String id, ForgeApi api) throws ConnectFailure {
        MachineKey key = key(id);
        try {
            removeAtForge(key.all(), api);
            store.remove(id);
        } catch (ForgeFailure failure) {
            String wayOut = failure.mayPass() ? "" : " Where the account or its token is gone for good, press Forget.";
            throw new ConnectFailure(failure.getMessage() + wayOut, failure.mayPass(), List.of("the " + key));
        } catch (IOException failure) {
            throw new ConnectFailure("Could not forget the user key: " + failure.getMessage() + ".", true, List.of());
        }
    }

    /**
     * Drops the record without asking the forge, for an account or a credential that is gone: what is there stays.
     *
     * @return the fingerprints of what may still be there
     */
    public List<String> forget(String id) throws ConnectFailure {
        MachineKey key = key(id);
        attempt(() -> store.remove(id));
        return key.all().stream().map(each -> each.fingerprint().toString()).toList();
    }

    private static void removeAtForge(List<OpenSshPublicKey> gone, ForgeApi api) throws ForgeFailure {
        for (UserKey key : api.userKeys().list()) {
            if (gone.stream().anyMatch(each -> key.isKeyOf(each.line()))) {
                api.userKeys().remove(key.id());
            }
        }
    }

    private MachineKey key(String id) {
        return store.find(id).orElseThrow(() -> new IllegalArgumentException("The user key " + id + " is gone"));
    }
}

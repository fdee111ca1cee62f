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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The life of user keys: made and uploaded, tried on repositories, rotated, removed. Every step is written down before it is
 * done. Callers take care that one key is worked on by one thread at a time.
 */
public final class MachineKeys {

    /** How long a former key stays: builds that have it may run as long as a working day. */
    public static final Duration RETIREMENT = Rotation.LONGEST_RETIREMENT;

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
     * @throws ConnectFailure when the new key can't be made to work; the old one is still in use then
     */
    public void rotate(String id, String sshUrl, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            if (key(id).revoked()) {
                replace(id, Optional.of(sshUrl), api);
            } else {
                change(key(id), Optional.of(sshUrl), api);
            }
        });
    }

    /**
     * For a key that leaked: it goes first, with all former ones, and no build gets one until another works.
     *
     * @param sshUrl a repository that the key opened, to try the new one on; empty where it opened none, and nobody waits
     * @throws ConnectFailure saying what failed; until {@link #replaceRevoked} goes through, no build gets the key
     */
    public void revoke(String id, Optional<String> sshUrl, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            store.save(key(id).everythingRevoked(clock.instant()));
            replace(id, sshUrl, api);
        });
    }

    /** Goes on with a revocation that was interrupted; does nothing where no key is revoked. Otherwise as {@link #revoke}. */
    public void replaceRevoked(String id, Optional<String> sshUrl, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            if (key(id).revoked()) {
                replace(id, sshUrl, api);
            }
        });
    }

    private void replace(String id, Optional<String> sshUrl, ForgeApi api) throws ForgeFailure, IOException, NotProven {
        MachineKey revoked = key(id);
        removeAtForge(revoked.givenOut(), api);
        MachineKey gone = revoked.withRetired(List.of());
        change(sshUrl.isPresent() ? gone : gone.provenOnlyFor(List.of()), sshUrl, api);
    }

    private void change(MachineKey before, Optional<String> sshUrl, ForgeApi api)
            throws ForgeFailure, IOException, NotProven {
        SshKeyPair next = before.next().orElseGet(() -> NewKey.like(before.key().publicKey(), site.keyTitle()));
        store.save(before.withNext(Optional.of(next)));
        UserKey uploaded = upload(next, api);
        try {
            if (sshUrl.isPresent()) {
                NotProven.unless(proof, sshUrl.get(), next);
            }
        } catch (NotProven failure) {
            removeAtForge(List.of(next.publicKey()), api);
            store.save(before.withNext(Optional.empty()));
            throw failure;
        }
        store.save(before.changed(next, uploaded.id(), clock.instant()));
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
            removeAtForge(
                    Stream.of(
                                    Stream.of(key.key().publicKey()),
                                    key.next().map(SshKeyPair::publicKey).stream(),
                                    key.retired().stream().map(RetiredKey::publicKey))
                            .flatMap(keys -> keys)
                            .toList(),
                    api);
            store.remove(id);
        } catch (ForgeFailure failure) {
            throw new ConnectFailure(failure.getMessage(), failure.mayPass(), List.of("the " + key));
        } catch (IOException failure) {
            throw new ConnectFailure("Could not forget the user key: " + failure.getMessage() + ".", true, List.of());
        }
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

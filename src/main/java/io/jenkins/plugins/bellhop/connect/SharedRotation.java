package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes shared keys, each for all its repositories in one transaction: the new key is at all of them and opens all of them,
 * or it is at none. Callers take care that one key is worked on by one thread at a time.
 */
public final class SharedRotation {

    /** How long a former key stays: builds that have it may run as long as a working day. */
    public static final Duration RETIREMENT = Rotation.LONGEST_RETIREMENT;

    private final Site site;
    private final SharedKeyStore store;
    private final KeyProof proof;
    private final Clock clock;

    public SharedRotation(Site site, SharedKeyStore store, KeyProof proof, Clock clock) {
        this.site = site;
        this.store = store;
        this.proof = proof;
        this.clock = clock;
    }

    /**
     * The new key works everywhere before it is used anywhere. Also goes on with a rotation that was interrupted.
     *
     * @throws ConnectFailure naming the repositories that stood in the way; the old key is still in use at all of them, and
     *     what is left of the new one is named
     */
    public void rotate(String id, ForgeApi api) throws ConnectFailure {
        saving(() -> goOn(id, api));
    }

    /**
     * For a key that leaked: it goes first, with all former ones, and no build gets one until another works everywhere.
     *
     * @throws ConnectFailure naming the repositories that stood in the way; until {@link #settle} goes through, no build gets
     *     the key
     */
    public void revoke(String id, ForgeApi api) throws ConnectFailure {
        saving(() -> {
            store.save(store.key(id).everythingRevoked(clock.instant()));
            goOn(id, api);
        });
    }

    private void goOn(String id, ForgeApi api) throws ConnectFailure, IOException {
        SharedKey key = store.key(id);
        change(key.revoked() ? withoutRevoked(key, api) : key, api);
    }

    /** Another key comes only when the revoked one is nowhere any more: who has it can do nothing with it then. */
    private static SharedKey withoutRevoked(SharedKey key, ForgeApi api) throws ConnectFailure {
        List<String> leftovers = removed(key, key.givenOut(), api);
        if (!leftovers.isEmpty()) {
            throw new ConnectFailure(
                    "The " + key + " is revoked and goes to no build, but could not be removed everywhere.",
                    true,
                    leftovers.stream().map(left -> "the revoked key at " + left).toList());
        }
        return key.withRetired(List.of());
    }

    private void change(SharedKey before, ForgeApi api) throws ConnectFailure, IOException {
        SshKeyPair next = before.next().orElseGet(() -> NewKey.like(before.key().publicKey(), site.sharedKeyTitle()));
        store.save(before.withNext(Optional.of(next)));
        List<String> problems = problems(before, next, api);
        if (!problems.isEmpty()) {
            throw undone(before, next, problems, api);
        }
        store.save(before.changed(next, clock.instant()));
    }

    private static void saving(Steps steps) throws ConnectFailure {
        try {
            steps.run();
        } catch (IOException failure) {
            throw new ConnectFailure("Could not save the shared key: " + failure.getMessage() + ".", true, List.of());
        }
    }

    /** What a change consists of. */
    private interface Steps {
        void run() throws ConnectFailure, IOException;
    }

    /** Every repository is tried, so that people learn of all that stands in the way at once. */
    private List<String> problems(SharedKey key, SshKeyPair next, ForgeApi api) {
        List<String> problems = new ArrayList<>();
        String title = site.sharedKeyTitle(next.publicKey().fingerprint());
        List<Attachment> staying = key.attachments().stream()
                .filter(attachment -> attachment.state() != Attachment.State.LEAVING)
                .toList();
        for (Place place : places(key, staying)) {
            try {
                place.holder(api).addReadOnly(title, next.publicLine());
            } catch (ForgeFailure failure) {
                problems.add(place.name() + " (" + failure.getMessage() + ")");
            }
        }
        if (problems.isEmpty()) {
            for (Attachment attachment : key.open()) {
                proof.failure(attachment.sshUrl(), next)
                        .ifPresent(why -> problems.add(attachment.repository() + " (" + why + ")"));
            }
        }
        return problems;
    }

    /** What can't be taken back stays written down, and is tried again. */
    private ConnectFailure undone(SharedKey before, SshKeyPair next, List<String> problems, ForgeApi api)
            throws IOException {
        List<String> leftovers = removed(before, List.of(next.publicKey()), api);
        if (leftovers.isEmpty()) {
            store.save(before.withNext(Optional.empty()));
        }
        String state = before.revoked()
                ? "The " + before + " is revoked, and no other works yet; builds wait."
                : "Not rotated, the " + before + " is what it was everywhere.";
        return new ConnectFailure(
                state + " In the way: " + String.join("; ", problems) + ".",
                false,
                leftovers.stream().map(left -> "the new key at " + left).toList());
    }

    /** Comes to an end with what was interrupted, and removes former keys that nobody can need any more. */
    public void settle(String id, ForgeApi api) throws ConnectFailure {
        if (store.key(id).revoked() || store.key(id).next().isPresent()) {
            rotate(id, api);
        }
        Instant now = clock.instant();
        SharedKey key = store.key(id);
        List<RetiredKey> over = key.retired().stream()
                .filter(retired -> !retired.since().plus(RETIREMENT).isAfter(now))
                .toList();
        if (!over.isEmpty()) {
            end(key, over, api);
        }
    }

    private void end(SharedKey key, List<RetiredKey> over, ForgeApi api) throws ConnectFailure {
        List<String> leftovers =
                removed(key, over.stream().map(RetiredKey::publicKey).toList(), api);
        if (!leftovers.isEmpty()) {
            throw new ConnectFailure(
                    "Could not remove former keys of the " + key + ".",
                    true,
                    leftovers.stream().map(left -> "a former key at " + left).toList());
        }
        saving(() -> store.save(key.withRetired(key.retired().stream()
                .filter(retired -> !over.contains(retired))
                .toList())));
    }

    /** Also where the key is about to go. Answers where that failed, each with the reason. */
    private static List<String> removed(SharedKey key, List<OpenSshPublicKey> gone, ForgeApi api) {
        List<String> leftovers = new ArrayList<>();
        for (Place place : places(key, key.attachments())) {
            try {
                place.holder(api).removeAll(gone);
            } catch (ForgeFailure failure) {
                leftovers.add(place.name() + " (" + failure.getMessage() + ")");
            }
        }
        return leftovers;
    }

    private static List<Place> places(SharedKey key, List<Attachment> attachments) {
        if (key.project().isPresent()) {
            String project = key.project().get();
            return List.of(new Place("the project " + project, api -> KeyHolder.of(project, api)));
        }
        return attachments.stream()
                .map(attachment -> new Place(
                        attachment.repository().toString(),
                        api -> KeyHolder.of(
                                api.repositories()
                                        .current(attachment.repository())
                                        .id(),
                                api)))
                .toList();
    }

    /** Where the key lies; what that is called today the forge is asked. */
    private record Place(String name, Found found) {
        KeyHolder holder(ForgeApi api) throws ForgeFailure {
            return found.by(api);
        }
    }

    /** Asks the forge. */
    private interface Found {
        KeyHolder by(ForgeApi api) throws ForgeFailure;
    }
}

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
     * For a key that leaked: from now on no build gets it. Asks no forge, so that nothing there stands in the way; {@link
     * #rotate} and {@link #settle} go on from here.
     *
     * @throws ConnectFailure when that can't be written down
     */
    public void withdraw(String id) throws ConnectFailure {
        saving(() -> {
            if (!store.key(id).revoked()) {
                store.save(store.key(id).everythingRevoked(clock.instant()));
            }
        });
    }

    private void goOn(String id, ForgeApi api) throws ConnectFailure, IOException {
        SharedKey key = store.key(id);
        change(key.revoked() ? withoutRevoked(key, api) : key, api);
    }

    /**
     * Another key comes only when the revoked one is nowhere any more: who has it can do nothing with it then. So where there
     * is a next one already, nothing is left to remove. A repository that git couldn't read with it anyway holds up no other:
     * there the revoked key is a former one, whose time is over.
     */
    private SharedKey withoutRevoked(SharedKey key, ForgeApi api) throws ConnectFailure {
        if (key.next().isPresent()) {
            return key;
        }
        Refusals open = removed(key, openPlaces(key), key.givenOut(), api);
        if (!open.isEmpty()) {
            throw new ConnectFailure(
                    "The " + key + " is revoked and goes to no build, but could not be removed everywhere. Where a"
                            + " repository or the right to it is gone for good, press Detach, then Forget.",
                    true,
                    open.at("the revoked key"),
                    open.retryAt());
        }
        Refusals closed = removed(key, otherPlaces(key, isOpen().negate()), key.givenOut(), api);
        Instant over = clock.instant().minus(RETIREMENT);
        return key.withRetired(
                closed.isEmpty()
                        ? List.of()
                        : key.givenOut().stream()
                                .map(leaked -> new RetiredKey(leaked, over))
                                .toList());
    }

    private void change(SharedKey before, ForgeApi api) throws ConnectFailure, IOException {
        SshKeyPair next = before.next().orElseGet(() -> NewKey.like(before.key().publicKey(), site.sharedKeyTitle()));
        store.save(before.withNext(Optional.of(next)));
        Refusals problems = problems(before, next, api);
        if (!problems.isEmpty()) {
            throw before.revoked() ? unreplaced(before, problems) : undone(before, next, problems, api);
        }
        addWhereClosed(before, next, api);
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
    private Refusals problems(SharedKey key, SshKeyPair next, ForgeApi api) {
        Refusals problems = new Refusals();
        Set<String> done = key.next().isPresent() ? openedBefore(key, next) : Set.of();
        for (Place place : openPlaces(key)) {
            if (!done.contains(place.name())) {
                problems.unless(place, holder -> holder.addReadOnly(title(next), next.publicLine()), api);
            }
        }
        if (problems.isEmpty()) {
            int unanswered = 0;
            for (Attachment attachment : key.open()) {
                KeyProof.Answer answer = proof.answer(attachment.sshUrl(), next);
                answer.failure()
                        .ifPresent(why -> problems.add(attachment.repository().toString(), why));
                if (!answer.isOfTheKey() && ++unanswered == MachineKeys.MOST_UNANSWERED) {
                    break;
                }
            }
        }
        return problems;
    }

    /** What an attempt before has done isn't done again: git asks the forge's SSH server, which counts no calls. */
    private Set<String> openedBefore(SharedKey key, SshKeyPair next) {
        Set<String> open = new HashSet<>();
        for (Place place : openPlaces(key)) {
            Optional<KeyProof.Answer> answer = place.sshUrl().map(url -> proof.answer(url, next));
            if (answer.isPresent() && !answer.get().isOfTheKey()) {
                break;
            }
            if (answer.isPresent() && answer.get().failure().isEmpty()) {
                open.add(place.name());
            }
        }
        return open;
    }

    /** Git may read them again some day; nobody waits for that. */
    private void addWhereClosed(SharedKey key, SshKeyPair next, ForgeApi api) {
        Refusals ignored = new Refusals();
        for (Place place : otherPlaces(key, attachment -> attachment.state() == Attachment.State.CLOSED)) {
            ignored.unless(place, holder -> holder.addReadOnly(title(next), next.publicLine()), api);
        }
    }

    private String title(SshKeyPair next) {
        return site.sharedKeyTitle(next.publicKey().fingerprint());
    }

    /** The next key stays where it is, for the next attempt. */
    private static ConnectFailure unreplaced(SharedKey revoked, Refusals problems) {
        return new ConnectFailure(
                "The " + revoked + " is revoked, and no other works yet; builds wait. In the way: " + problems
                        + ". Where" + " a repository or the right to it is gone for good, press Detach, then Forget.",
                false,
                List.of(),
                problems.retryAt());
    }

    /** What can't be taken back stays written down, and is tried again. */
    private ConnectFailure undone(SharedKey before, SshKeyPair next, Refusals problems, ForgeApi api)
            throws IOException {
        Refusals left = removed(before, places(before, attachment -> true), List.of(next.publicKey()), api);
        if (left.isEmpty()) {
            store.save(before.withNext(Optional.empty()));
        }
        return new ConnectFailure(
                "Not rotated, the " + before + " is what it was everywhere. In the way: " + problems + ".",
                false,
                left.at("the new key"),
                problems.retryAt());
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
        Refusals left = removed(
                key,
                places(key, attachment -> true),
                over.stream().map(RetiredKey::publicKey).toList(),
                api);
        if (!left.isEmpty()) {
            throw new ConnectFailure(
                    "Could not remove former keys of the " + key + ".",
                    left.mayPass(),
                    left.at("a former key"),
                    left.retryAt());
        }
        saving(() -> store.save(key.withRetired(key.retired().stream()
                .filter(retired -> !over.contains(retired))
                .toList())));
    }

    private static Refusals removed(SharedKey key, List<Place> places, List<OpenSshPublicKey> gone, ForgeApi api) {
        Refusals left = new Refusals();
        places.forEach(place -> left.unless(place, holder -> holder.removeAll(gone), api));
        return left;
    }

    private static Predicate<Attachment> isOpen() {
        return attachment -> attachment.state() == Attachment.State.OPEN;
    }

    /** A project's key is at its project alone. */
    private static List<Place> otherPlaces(SharedKey key, Predicate<Attachment> which) {
        return key.project().isPresent() ? List.of() : places(key, which);
    }

    private static List<Place> openPlaces(SharedKey key) {
        return places(key, isOpen());
    }

    /** A project is one place, whatever its repositories are. */
    private static List<Place> places(SharedKey key, Predicate<Attachment> which) {
        if (key.project().isPresent()) {
            String project = key.project().get();
            return List.of(new Place("the project " + project, Optional.empty(), api -> KeyHolder.of(project, api)));
        }
        return key.attachments().stream()
                .filter(which)
                .map(attachment -> new Place(
                        attachment.repository().toString(),
                        Optional.of(attachment.sshUrl()),
                        api -> KeyHolder.of(
                                api.repositories()
                                        .current(attachment.repository())
                                        .id(),
                                api)))
                .toList();
    }

    /**
     * Where the key lies; what that is called today the forge is asked.
     *
     * @param sshUrl where git reaches it; empty for a project
     */
    private record Place(String name, Optional<String> sshUrl, Found found) {
        KeyHolder holder(ForgeApi api) throws ForgeFailure {
            return found.by(api);
        }
    }

    /** Asks the forge. */
    private interface Found {
        KeyHolder by(ForgeApi api) throws ForgeFailure;
    }

    /** Changes what is at one place. */
    private interface Act {
        void at(KeyHolder holder) throws ForgeFailure;
    }

    /** Where something failed, each place with the reason. Once the forge limits its rate, it isn't asked any more. */
    private static final class Refusals {

        private final List<String> sentences = new ArrayList<>();
        private boolean limited;
        private boolean mayPass = true;
        private Optional<Instant> retryAt = Optional.empty();

        void unless(Place place, Act act, ForgeApi api) {
            if (limited) {
                return;
            }
            try {
                act.at(place.holder(api));
            } catch (ForgeFailure failure) {
                add(place.name(), failure.getMessage());
                mayPass &= failure.mayPass();
                limited = failure.kind() == ForgeFailure.Kind.RATE_LIMITED;
                retryAt = failure.retryAt();
            }
        }

        void add(String place, String why) {
            sentences.add(place + " (" + why + ")");
        }

        boolean isEmpty() {
            return sentences.isEmpty();
        }

        boolean mayPass() {
            return mayPass;
        }

        Optional<Instant> retryAt() {
            return retryAt;
        }

        List<String> at(String what) {
            return sentences.stream().map(left -> what + " at " + left).toList();
        }

        @Override
        public String toString() {
            return String.join("; ", sentences);
        }
    }
}

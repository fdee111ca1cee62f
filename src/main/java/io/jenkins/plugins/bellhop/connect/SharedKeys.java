package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Attachment.State;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;

/**
 * Makes shared keys, attaches them to repositories, detaches and removes them. Every step is written down before it is done,
 * and undone when it fails. Callers take care that one key is worked on by one thread at a time.
 */
public final class SharedKeys {

    /** Repositories of one key: a rotation changes all of them in one go. */
    public static final int MOST_REPOSITORIES = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}");

    private final Site site;
    private final SharedKeyStore store;
    private final KeyProof proof;
    private final Clock clock;

    public SharedKeys(Site site, SharedKeyStore store, KeyProof proof, Clock clock) {
        this.site = site;
        this.store = store;
        this.proof = proof;
        this.clock = clock;
    }

    /**
     * Makes a key that is for no repository yet.
     *
     * @param name 1 to 60 letters, digits, blanks, dots, underscores and hyphens
     * @param project whose key it becomes; empty for a key that is attached to repositories one by one
     * @throws ConnectFailure when the project doesn't take the key; nothing is left behind then, or the failure says what
     */
    public SharedKey create(String host, String name, Optional<String> project, ForgeApi api) throws ConnectFailure {
        if (!NAME.matcher(name).matches()) {
            throw failed("Expected a name of 1 to 60 letters, digits, blanks, dots, underscores and hyphens, found "
                    + Quoted.text(name) + ".");
        }
        Undo undo = new Undo();
        return attempt(undo, () -> created(host, name, project, api, undo));
    }

    private SharedKey created(String host, String name, Optional<String> project, ForgeApi api, Undo undo)
            throws ForgeFailure, IOException {
        SharedKey draft = new SharedKey(
                UUID.randomUUID().toString(),
                host,
                name,
                project,
                SshKeyPair.ed25519(comment()),
                clock.instant(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                false);
        undo.armRecord("the record of the " + draft, () -> store.remove(draft.id()));
        store.save(draft);
        if (project.isEmpty()) {
            return draft;
        }
        KeyHolder holder = KeyHolder.of(project.get(), api);
        undo.arm(
                "the " + draft + " at " + holder.name(),
                () -> holder.removeAll(store.key(draft.id()).allKeys()));
        SharedKey made = uploaded(draft, holder).withUpload();
        store.save(made);
        return made;
    }

    /** A key that no repository has yet may become one of another kind. */
    private SharedKey uploaded(SharedKey key, KeyHolder holder) throws ForgeFailure, IOException {
        try {
            holder.addReadOnly(title(key.key()), key.key().publicLine());
            return key;
        } catch (ForgeFailure failure) {
            boolean isElsewhere =
                    key.attachments().stream().anyMatch(attachment -> attachment.state() != State.LEAVING);
            if (isElsewhere || !NewKey.mayBeRsaInstead(failure, key.key().publicKey())) {
                throw failure;
            }
            SharedKey other = key.changed(SshKeyPair.rsa3072(comment()), clock.instant());
            store.save(other);
            holder.addReadOnly(title(other.key()), other.key().publicLine());
            return other;
        }
    }

    /**
     * Lets the repository's builds have the key, once git has read the repository with it.
     *
     * @throws ConnectFailure when that can't be; nothing has changed then, or the failure says what is left
     */
    public void attach(String id, RepositoryName name, ForgeApi api) throws ConnectFailure {
        Undo undo = new Undo();
        attempt(undo, () -> {
            RepositoryFacts facts = api.repositories().read(name);
            SharedKey key = store.key(id);
            if (!key.opens(facts.id())) {
                mustBeFree(key, facts.id());
                attached(key, facts, api, undo);
            }
            return key;
        });
    }

    private void mustBeFree(SharedKey key, RepositoryId repository) throws ConnectFailure {
        if (key.revoked()) {
            throw failed("The " + key
                    + " is revoked, and no other works yet: revoke it once more, so that this comes to" + " an end.");
        }
        if (key.next().isPresent()) {
            throw failed("The " + key + " is being rotated: rotate it once more, so that this comes to an end.");
        }
        if (key.attachments().size() >= MOST_REPOSITORIES
                && key.attachmentOf(repository).isEmpty()) {
            throw failed("Expected at most " + MOST_REPOSITORIES + " repositories of one shared key, found more.");
        }
        Optional<SharedKey> other = store.all().stream()
                .filter(each -> !each.id().equals(key.id())
                        && each.attachmentOf(repository).isPresent())
                .findFirst();
        if (other.isPresent()) {
            throw failed(repository + " has the " + other.get() + " already, and a repository gets one key: detach that"
                    + " first.");
        }
    }

    private void attached(SharedKey key, RepositoryFacts facts, ForgeApi api, Undo undo)
            throws ForgeFailure, IOException, NotProven {
        Attachment coming = new Attachment(facts.id(), facts.sshUrl(), State.LEAVING, Optional.empty());
        undo.armRecord(
                "the record of " + facts.id(),
                () -> store.save(store.key(key.id()).without(facts.id())));
        store.save(key.with(coming));
        if (key.project().isEmpty()) {
            KeyHolder holder = KeyHolder.of(facts.id(), api);
            undo.arm(
                    "the " + key + " at " + facts.id(),
                    () -> holder.removeAll(store.key(key.id()).allKeys()));
            uploaded(store.key(key.id()), holder);
        }
        SharedKey there = store.key(key.id());
        NotProven.unless(proof, facts.sshUrl(), there.key());
        store.save(there.with(coming.in(State.OPEN)));
    }

    /**
     * The repository's builds don't get the key any more, and it goes from the repository at the forge.
     *
     * @throws ConnectFailure when it could not be removed there; that is tried again
     */
    public void detach(String id, RepositoryId repository, ForgeApi api) throws ConnectFailure {
        leave(id, repository);
        attempt(new Undo(), () -> {
            SharedKey key = store.key(id);
            if (key.attachmentOf(repository).isPresent()) {
                removeFrom(key, repository, api);
            }
            return key;
        });
    }

    /** The first half of {@link #detach}: builds don't get the key there any more. Asks no forge. */
    public void leave(String id, RepositoryId repository) throws ConnectFailure {
        attempt(new Undo(), () -> {
            SharedKey key = store.key(id);
            Optional<Attachment> attachment = key.attachmentOf(repository);
            if (attachment.isPresent()) {
                store.save(key.with(attachment.get().in(State.LEAVING)));
            }
            return key;
        });
    }

    /** Drops the repository without asking the forge, for one that no credential reaches any more: what is there stays. */
    public void forget(String id, RepositoryId repository) throws ConnectFailure {
        attempt(new Undo(), () -> {
            SharedKey key = store.key(id).without(repository);
            store.save(key);
            return key;
        });
    }

    private void removeFrom(SharedKey key, RepositoryId repository, ForgeApi api) throws ForgeFailure, IOException {
        if (key.project().isEmpty()) {
            RepositoryId today = api.repositories().current(repository).id();
            KeyHolder.of(today, api).removeAll(key.allKeys());
        }
        store.save(key.without(repository));
    }

    /** Comes to an end with what was interrupted: what was coming or going goes. */
    public void settle(String id, ForgeApi api) throws ConnectFailure {
        SharedKey key = store.key(id);
        if (key.project().isPresent() && !key.uploaded()) {
            remove(id, api);
            return;
        }
        ConnectFailure stuck = null;
        for (Attachment leaving : key.in(State.LEAVING)) {
            try {
                detach(id, leaving.repository(), api);
            } catch (ConnectFailure failure) {
                stuck = failure;
            }
        }
        if (stuck != null) {
            throw stuck;
        }
    }

    /**
     * Tries the key on all its repositories, and takes over what they are called today. What is changed meanwhile stays as it
     * is changed. A revoked key opens nothing, and that says nothing of the repositories.
     *
     * @param oneAtATime held while the key is worked on. To try it takes long, and nobody has to wait for that.
     */
    public void check(String id, ForgeApi api, Lock oneAtATime) throws IOException {
        SharedKey key = store.key(id);
        for (Attachment attachment : key.attachments()) {
            if (attachment.state() != State.LEAVING && !key.revoked()) {
                Optional<Attachment> today = today(attachment, key, api);
                if (today.isPresent()) {
                    note(key, attachment, today.get(), oneAtATime);
                }
            }
        }
    }

    private void note(SharedKey tried, Attachment before, Attachment today, Lock oneAtATime) throws IOException {
        oneAtATime.lock();
        try {
            Optional<SharedKey> unchanged = store.all().stream()
                    .filter(key -> key.id().equals(tried.id())
                            && !key.revoked()
                            && key.key().publicKey().equals(tried.key().publicKey())
                            && key.attachments().contains(before))
                    .findFirst();
            if (unchanged.isPresent()) {
                store.save(unchanged.get().with(today));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Nothing is learnt of a repository while the forge can't be asked. */
    private Optional<Attachment> today(Attachment before, SharedKey key, ForgeApi api) {
        try {
            RepositoryFacts today = api.repositories().current(before.repository());
            KeyProof.Answer answer = proof.answer(today.sshUrl(), key.key());
            Attachment found = new Attachment(today.id(), today.sshUrl(), before.state(), before.failure());
            if (!answer.isOfTheKey()) {
                return Optional.of(found);
            }
            return Optional.of(answer.failure().map(found::closed).orElseGet(() -> found.in(State.OPEN)));
        } catch (ForgeFailure failure) {
            return failure.mayPass() ? Optional.empty() : Optional.of(before.closed(failure.getMessage()));
        }
    }

    /**
     * Removes all of it at the forge, then the record.
     *
     * @throws ConnectFailure naming where it could not be removed; the record then stays, and no build gets the key
     */
    public void remove(String id, ForgeApi api) throws ConnectFailure {
        leaveAll(id);
        Undo everything = new Undo();
        SharedKey leaving = store.key(id);
        everything.armRecord("the record of the " + leaving, () -> store.remove(id));
        leaving.project()
                .ifPresent(project -> everything.arm(
                        "the " + leaving + " at the project " + project,
                        () -> KeyHolder.of(project, api).removeAll(leaving.allKeys())));
        for (Attachment attachment : leaving.attachments()) {
            RepositoryId repository = attachment.repository();
            everything.arm("the " + leaving + " at " + repository, () -> removeFrom(store.key(id), repository, api));
        }
        List<String> leftovers = everything.run();
        if (!leftovers.isEmpty()) {
            throw new ConnectFailure("Could not remove everything at the forge.", true, leftovers);
        }
    }

    /** The first half of {@link #remove}: no build gets the key any more. Asks no forge. */
    public void leaveAll(String id) throws ConnectFailure {
        attempt(new Undo(), () -> {
            SharedKey key = store.key(id);
            for (Attachment attachment : key.attachments()) {
                key = key.with(attachment.in(State.LEAVING));
            }
            store.save(key);
            return key;
        });
    }

    /**
     * Drops the record of a key that lies nowhere, which needs no forge.
     *
     * @return whether it was such a one
     */
    public boolean removeIfNowhere(String id) throws ConnectFailure {
        SharedKey key = store.key(id);
        boolean isNowhere = key.project().isEmpty() && key.attachments().isEmpty();
        if (isNowhere) {
            attempt(new Undo(), () -> {
                store.remove(id);
                return key;
            });
        }
        return isNowhere;
    }

    private String comment() {
        return site.sharedKeyTitle();
    }

    private String title(SshKeyPair key) {
        return site.sharedKeyTitle(key.publicKey().fingerprint());
    }

    private static ConnectFailure failed(String sentence) {
        return new ConnectFailure(sentence, false, List.of());
    }

    private static SharedKey attempt(Undo undo, Step step) throws ConnectFailure {
        try {
            return step.run();
        } catch (ForgeFailure failure) {
            throw new ConnectFailure(failure.getMessage(), failure.mayPass(), undo.run());
        } catch (NotProven failure) {
            throw new ConnectFailure(failure.getMessage(), false, undo.run());
        } catch (IOException failure) {
            throw new ConnectFailure("Could not save the shared key: " + failure.getMessage() + ".", true, undo.run());
        }
    }

    /** What is done in one go. */
    private interface Step {
        SharedKey run() throws ForgeFailure, IOException, NotProven, ConnectFailure;
    }
}

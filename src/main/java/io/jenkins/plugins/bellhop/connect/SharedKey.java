package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Attachment.State;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A deploy key that several repositories have in common, and that may only read them. It lies at each of them, or at the one
 * project that holds them. Immutable; never printed.
 *
 * @param id made by us, stays over rotations
 * @param host the forge's
 * @param name what people call it
 * @param project where the key lies, as the forge's kind writes it; empty when it lies at each repository
 * @param key in use
 * @param since when the key in use came into use
 * @param uploaded whether the project has the key; a key without project is uploaded as it is attached
 * @param next made, perhaps uploaded, in use by nobody yet
 * @param retired keys to be removed at the forge once nobody can need them
 * @param attachments the repositories that it is for, each once
 * @param revoked the key in use must not be used any more: builds wait for the next one
 */
public record SharedKey(
        String id,
        String host,
        String name,
        Optional<String> project,
        SshKeyPair key,
        Instant since,
        boolean uploaded,
        Optional<SshKeyPair> next,
        List<RetiredKey> retired,
        List<Attachment> attachments,
        boolean revoked) {

    public SharedKey {
        retired = List.copyOf(retired);
        attachments = List.copyOf(attachments);
    }

    /** The repositories that git read with it, the last time it tried: while it isn't revoked their builds get it. */
    public List<Attachment> open() {
        return in(State.OPEN);
    }

    List<Attachment> in(State state) {
        return attachments.stream()
                .filter(attachment -> attachment.state() == state)
                .toList();
    }

    /** The repository's, in whatever state. */
    public Optional<Attachment> attachmentOf(RepositoryId repository) {
        return attachments.stream()
                .filter(attachment -> attachment.repository().equals(repository))
                .findFirst();
    }

    /** Whether a build of the repository gets it. */
    public boolean opens(RepositoryId repository) {
        return !revoked
                && attachmentOf(repository)
                        .filter(attachment -> attachment.state() == State.OPEN)
                        .isPresent();
    }

    /** The public halves of everything of ours that may be at the forge. */
    List<OpenSshPublicKey> allKeys() {
        return Stream.of(
                        Stream.of(key.publicKey()),
                        next.map(SshKeyPair::publicKey).stream(),
                        retired.stream().map(RetiredKey::publicKey))
                .flatMap(keys -> keys)
                .toList();
    }

    /** The public halves of everything that builds may have been given. */
    List<OpenSshPublicKey> givenOut() {
        return Stream.concat(Stream.of(key.publicKey()), retired.stream().map(RetiredKey::publicKey))
                .toList();
    }

    SharedKey withUpload() {
        return new SharedKey(id, host, name, project, key, since, true, next, retired, attachments, revoked);
    }

    /** In the place of the repository's attachment, if it has one. */
    SharedKey with(Attachment changed) {
        List<Attachment> all = Stream.concat(withoutIt(changed.repository()), Stream.of(changed))
                .toList();
        return with(all);
    }

    SharedKey without(RepositoryId repository) {
        return with(withoutIt(repository).toList());
    }

    private Stream<Attachment> withoutIt(RepositoryId repository) {
        return attachments.stream()
                .filter(attachment -> !attachment.repository().equals(repository));
    }

    private SharedKey with(List<Attachment> all) {
        return new SharedKey(id, host, name, project, key, since, uploaded, next, retired, all, revoked);
    }

    SharedKey withNext(Optional<SshKeyPair> drawn) {
        return new SharedKey(id, host, name, project, key, since, uploaded, drawn, retired, attachments, revoked);
    }

    SharedKey withRetired(List<RetiredKey> keys) {
        return new SharedKey(id, host, name, project, key, since, uploaded, next, keys, attachments, revoked);
    }

    /** The next key takes over, everywhere at once. */
    SharedKey changed(SshKeyPair drawn, Instant now) {
        Stream<RetiredKey> former = revoked ? Stream.of() : Stream.of(new RetiredKey(key.publicKey(), now));
        List<RetiredKey> more = Stream.concat(retired.stream(), former).toList();
        return new SharedKey(id, host, name, project, drawn, now, uploaded, Optional.empty(), more, attachments, false);
    }

    /** Nothing of it may be used again, a key that was about to come into use included. */
    SharedKey everythingRevoked(Instant now) {
        Stream<RetiredKey> drawn = next.stream().map(pair -> new RetiredKey(pair.publicKey(), now));
        List<RetiredKey> more = Stream.concat(retired.stream(), drawn).toList();
        return new SharedKey(id, host, name, project, key, since, uploaded, Optional.empty(), more, attachments, true);
    }

    @Override
    public String toString() {
        return "shared key " + name + " on " + host;
    }
}

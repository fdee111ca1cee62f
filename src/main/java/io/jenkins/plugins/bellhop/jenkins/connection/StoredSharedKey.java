package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.util.Secret;
import io.jenkins.plugins.bellhop.connect.Attachment;
import io.jenkins.plugins.bellhop.connect.RetiredKey;
import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A shared key as it is written to disk, its private halves encrypted. Immutable. The fields' names are a file format. */
public final class StoredSharedKey {

    private final String id;
    private final String host;
    private final String name;
    private final String project;
    /** The API credential that looks after it. */
    private final String credentialsId;

    private final String publicKey;
    private final Secret privateKey;
    /** Milliseconds since the epoch, as all times here. */
    private final long since;

    private final boolean uploaded;
    private final String nextPublicKey;
    private final Secret nextPrivateKey;
    /** Each as the time when the last build may have been given it, a blank, and the public key's line. */
    private final ArrayList<String> retired;

    private final ArrayList<Place> places;
    /** Null, as in files of earlier versions, unless it is. */
    private final Boolean revoked;

    /** One repository. */
    private static final class Place {
        private final String stableId;
        private final String repository;
        private final String sshUrl;
        private final String state;
        /** Null unless it is closed. Files of earlier versions lack it. */
        private final String failure;

        private Place(Attachment attachment) {
            stableId = attachment.repository().stableId();
            repository = attachment.repository().name().toString();
            sshUrl = attachment.sshUrl();
            state = attachment.state().name();
            failure = attachment.failure().orElse(null);
        }

        private Attachment on(String host) {
            return new Attachment(
                    new RepositoryId(host, stableId, RepositoryName.parse(repository)),
                    sshUrl,
                    Attachment.State.valueOf(state),
                    Optional.ofNullable(failure));
        }
    }

    StoredSharedKey(SharedKey key, String credentialsId) {
        this.id = key.id();
        this.host = key.host();
        this.name = key.name();
        this.project = key.project().orElse(null);
        this.credentialsId = credentialsId;
        this.publicKey = key.key().publicLine();
        this.privateKey = Secret.fromString(key.key().privateText());
        this.since = key.since().toEpochMilli();
        this.uploaded = key.uploaded();
        this.nextPublicKey = key.next().map(SshKeyPair::publicLine).orElse(null);
        this.nextPrivateKey =
                key.next().map(next -> Secret.fromString(next.privateText())).orElse(null);
        this.retired = new ArrayList<>();
        key.retired()
                .forEach(each -> retired.add(
                        each.since().toEpochMilli() + " " + each.publicKey().line()));
        this.places = new ArrayList<>();
        key.attachments().forEach(attachment -> places.add(new Place(attachment)));
        this.revoked = key.revoked() ? true : null;
    }

    /** All that its file has, so that nothing of it is dropped. */
    static Stream<Field> fields() {
        return Stream.of(StoredSharedKey.class, Place.class).flatMap(type -> Stream.of(type.getDeclaredFields()));
    }

    /** A file that lacks something is no key: that shows when it is read. */
    private Object readResolve() {
        if (retired == null || places == null || credentialsId == null) {
            throw new IllegalArgumentException(
                    "expected a shared key with retired, places and credentialsId, found a file without");
        }
        key();
        return this;
    }

    public String id() {
        return id;
    }

    public String credentialsId() {
        return credentialsId;
    }

    public SharedKey key() {
        return new SharedKey(
                id,
                host,
                name,
                Optional.ofNullable(project),
                SshKeyPair.stored(OpenSshPublicKey.parse(publicKey), privateKey.getPlainText()),
                Instant.ofEpochMilli(since),
                uploaded,
                Optional.ofNullable(nextPublicKey)
                        .map(line -> SshKeyPair.stored(OpenSshPublicKey.parse(line), nextPrivateKey.getPlainText())),
                retired.stream().map(StoredSharedKey::retired).toList(),
                attachments(),
                isRevoked());
    }

    /** Whether no build gets it, so that builds of its repositories wait for the next one. Asked for every build in the queue. */
    public boolean isRevoked() {
        return revoked != null;
    }

    /** Whether builds of the repository get it, or would if it weren't revoked. */
    boolean isFor(RepositoryId repository) {
        return repository.host().equals(host)
                && places.stream()
                        .anyMatch(place -> place.stableId.equals(repository.stableId())
                                && place.state.equals(Attachment.State.OPEN.name()));
    }

    /** In whatever state. */
    boolean isAttachedTo(RepositoryId repository) {
        return key().attachmentOf(repository).isPresent();
    }

    /** Repositories that it opens no more, each with the reason. */
    List<String> troubles() {
        return places.stream()
                .filter(place -> place.state.equals(Attachment.State.CLOSED.name()))
                .map(place -> Messages.StoredSharedKey_Closed(
                        place.repository, Optional.ofNullable(place.failure).orElse("")))
                .toList();
    }

    private List<Attachment> attachments() {
        return places.stream().map(place -> place.on(host)).toList();
    }

    private static RetiredKey retired(String text) {
        int blank = text.indexOf(' ');
        return new RetiredKey(
                OpenSshPublicKey.parse(text.substring(blank + 1)),
                Instant.ofEpochMilli(Long.parseLong(text.substring(0, blank))));
    }

    @Override
    public String toString() {
        return "shared key " + name + " on " + host;
    }
}

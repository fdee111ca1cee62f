package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.util.Secret;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.connect.RetiredKey;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    StoredUserKey(MachineKey key, String credentialsId) {
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
    }

    /** A file that lacks something is no key: that shows when it is read. */
    private Object readResolve() {
        if (retired == null || proven == null || credentialsId == null) {
            throw new IllegalArgumentException(
                    "expected a user key with retired, proven and credentialsId, found a file without");
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
                proofs);
    }

    @Override
    public String toString() {
        return "user key of " + account + " on " + host;
    }
}

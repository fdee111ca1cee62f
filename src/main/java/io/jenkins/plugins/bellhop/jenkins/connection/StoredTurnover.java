package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.util.Secret;
import io.jenkins.plugins.bellhop.connect.FormerSecret;
import io.jenkins.plugins.bellhop.connect.RetiredKey;
import io.jenkins.plugins.bellhop.connect.Turnover;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** What is being changed of a connection, as it is written to disk, its secrets encrypted. The fields' names are a file format. */
final class StoredTurnover {

    private final String nextPublicKey;
    private final Secret nextPrivateKey;
    /** Each as milliseconds since the epoch, a blank, and the public key's line. */
    private final ArrayList<String> retiredKeys;

    private final boolean revoked;
    private final Secret nextSecret;
    private final Secret formerSecret;
    /** Milliseconds since the epoch. */
    private final long formerSecretSince;

    private final boolean secretRevoked;

    private StoredTurnover(Turnover turnover) {
        nextPublicKey = turnover.nextKey().map(SshKeyPair::publicLine).orElse(null);
        nextPrivateKey = turnover.nextKey()
                .map(key -> Secret.fromString(key.privateText()))
                .orElse(null);
        retiredKeys = new ArrayList<>();
        turnover.retired()
                .forEach(retired -> retiredKeys.add(retired.since().toEpochMilli() + " "
                        + retired.publicKey().line()));
        revoked = turnover.revoked();
        nextSecret = turnover.nextSecret().map(StoredTurnover::encrypted).orElse(null);
        formerSecret = turnover.formerSecret()
                .map(former -> encrypted(former.secret()))
                .orElse(null);
        formerSecretSince = turnover.formerSecret()
                .map(former -> former.since().toEpochMilli())
                .orElse(0L);
        secretRevoked = turnover.secretRevoked();
    }

    /** Where nothing is being changed, nothing is written. */
    static StoredTurnover of(Turnover turnover) {
        return turnover.isNone() ? null : new StoredTurnover(turnover);
    }

    static Turnover read(StoredTurnover stored) {
        return stored == null ? Turnover.NONE : stored.turnover();
    }

    boolean isRevoked() {
        return revoked;
    }

    private Turnover turnover() {
        return new Turnover(
                Optional.ofNullable(nextPublicKey)
                        .map(line -> SshKeyPair.stored(OpenSshPublicKey.parse(line), nextPrivateKey.getPlainText())),
                retiredKeys.stream().map(StoredTurnover::retired).toList(),
                revoked,
                Optional.ofNullable(nextSecret).map(StoredTurnover::decrypted),
                Optional.ofNullable(formerSecret)
                        .map(secret -> new FormerSecret(decrypted(secret), Instant.ofEpochMilli(formerSecretSince))),
                secretRevoked);
    }

    private static RetiredKey retired(String text) {
        int blank = text.indexOf(' ');
        return new RetiredKey(
                OpenSshPublicKey.parse(text.substring(blank + 1)),
                Instant.ofEpochMilli(Long.parseLong(text.substring(0, blank))));
    }

    private static Secret encrypted(io.jenkins.plugins.bellhop.delivery.Secret secret) {
        return Secret.fromString(secret.reveal());
    }

    private static io.jenkins.plugins.bellhop.delivery.Secret decrypted(Secret secret) {
        return io.jenkins.plugins.bellhop.delivery.Secret.of(secret.getPlainText());
    }
}

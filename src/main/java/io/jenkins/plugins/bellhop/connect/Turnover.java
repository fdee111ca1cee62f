package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far the change of a connection's key and webhook secret has come: whatever of ours may be at the forge besides what
 * is in use stands here before it gets there. Immutable.
 *
 * @param nextKey made, perhaps uploaded, in use by nobody yet
 * @param retired keys to be removed at the forge once nobody can need them
 * @param revoked the key in use must not be used any more: builds wait for the next one
 * @param nextSecret the forge may sign with it already
 * @param formerSecret the forge may have signed with it
 * @param secretRevoked the secret in use counts for nothing as soon as the forge has the next one
 */
public record Turnover(
        Optional<SshKeyPair> nextKey,
        List<RetiredKey> retired,
        boolean revoked,
        Optional<Secret> nextSecret,
        Optional<FormerSecret> formerSecret,
        boolean secretRevoked) {

    /** Nothing is being changed. */
    public static final Turnover NONE =
            new Turnover(Optional.empty(), List.of(), false, Optional.empty(), Optional.empty(), false);

    public Turnover {
        retired = List.copyOf(retired);
    }

    /** Whether something has been begun that isn't finished; keys and secrets that merely wait for their end don't count. */
    public boolean isUnfinished() {
        return revoked || nextKey.isPresent() || nextSecret.isPresent();
    }

    /** Whether nothing is left to do, now or later. */
    public boolean isNone() {
        return !isUnfinished() && retired.isEmpty() && formerSecret.isEmpty();
    }

    Turnover withNextKey(Optional<SshKeyPair> key) {
        return new Turnover(key, retired, revoked, nextSecret, formerSecret, secretRevoked);
    }

    Turnover withRetired(List<RetiredKey> keys) {
        return new Turnover(nextKey, keys, revoked, nextSecret, formerSecret, secretRevoked);
    }

    /** The next key is in use from now on, and the secret is to follow. */
    Turnover keyChanged(OpenSshPublicKey former, Instant now) {
        Stream<RetiredKey> more = revoked ? Stream.of() : Stream.of(new RetiredKey(former, now));
        return new Turnover(
                Optional.empty(),
                Stream.concat(retired.stream(), more).toList(),
                false,
                nextSecret.or(() -> Optional.of(Secret.random())),
                formerSecret,
                secretRevoked);
    }

    /** The forge signs with the next secret from now on. */
    Turnover secretChanged(Secret former, Instant now) {
        Optional<FormerSecret> kept = secretRevoked ? Optional.empty() : Optional.of(new FormerSecret(former, now));
        return new Turnover(nextKey, retired, revoked, Optional.empty(), kept, false);
    }

    Turnover withoutFormerSecret() {
        return new Turnover(nextKey, retired, revoked, nextSecret, Optional.empty(), secretRevoked);
    }

    /** Nothing that was ever given out may be used again, a key or a secret that was about to come into use included. */
    Turnover everythingRevoked(Instant now) {
        Stream<RetiredKey> next = nextKey.stream().map(key -> new RetiredKey(key.publicKey(), now));
        return new Turnover(
                Optional.empty(),
                Stream.concat(retired.stream(), next).toList(),
                true,
                nextSecret.map(handedOut -> Secret.random()),
                Optional.empty(),
                true);
    }
}

package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes a connection's deploy key and webhook secret. Every step is written down before it is done, so that whatever
 * interrupts it, {@link #finish} goes on from there. Callers take care that one connection is worked on by one thread at a
 * time.
 */
public final class Rotation {

    /** How long a former key stays at least: somebody who is no build, such as polling, may have fetched it a moment ago. */
    public static final Duration SHORTEST_RETIREMENT = Duration.ofMinutes(10);

    /** How long a former key stays at most, whatever still runs. */
    public static final Duration LONGEST_RETIREMENT = Duration.ofHours(24);

    /** How long deliveries signed with the former secret are accepted: forges repeat within minutes. */
    public static final Duration SECRET_OVERLAP = Duration.ofHours(1);

    private static final Set<Kind> NOT_ALLOWED = Set.of(Kind.NOT_AUTHENTICATED, Kind.NOT_PERMITTED, Kind.NOT_FOUND);

    private final Site site;
    private final CustodyStore store;
    private final KeyProof proof;
    private final KeyUse use;
    private final Clock clock;

    public Rotation(Site site, CustodyStore store, KeyProof proof, KeyUse use, Clock clock) {
        this.site = site;
        this.store = store;
        this.proof = proof;
        this.use = use;
        this.clock = clock;
    }

    /**
     * For somebody who asks for a change, with the API credential of that person alone. Call it before the change: whatever is
     * begun is finished later, with credentials that may do more.
     *
     * @throws ConnectFailure when the credential couldn't have joined the connection today; nothing has changed
     */
    public void mustBeAllowed(String connectionId, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            RepositoryId repository = today(connectionId, api);
            api.deployKeys().list(repository);
            api.hooks().list(repository);
        });
    }

    /**
     * The new key works before the old one goes; builds notice nothing. When the new one can't be made to work, everything
     * is as before.
     *
     * @throws ConnectFailure saying what failed, and what is left to {@link #finish}
     */
    public void rotate(String connectionId, ForgeApi api) throws ConnectFailure {
        attempt(() -> change(connectionId, today(connectionId, api), true, api));
    }

    /**
     * The same where no person asks for this very key. One that is gone from the forge was taken away by somebody who may: only
     * a person brings it back. A key that Bellhop itself revoked isn't missed.
     *
     * @throws ConnectFailure saying what failed, or that the key is gone; nothing is begun then
     */
    public void rotateUnlessRemoved(String connectionId, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            RepositoryId repository = today(connectionId, api);
            if (isRemoved(connectionId, repository, api)) {
                throw new ConnectFailure(
                        "The deploy key " + custody(connectionId).connection().fingerprint()
                                + " isn't at the forge any more, so that Bellhop makes no new one by itself. If nobody"
                                + " removed it on purpose, choose Repair.",
                        false,
                        List.of());
            }
            change(connectionId, repository, true, api);
        });
    }

    /**
     * For a key that leaked: it goes first, and builds wait until another one works.
     *
     * @throws ConnectFailure saying what failed; until {@link #finish} goes through, builds wait
     */
    public void revoke(String connectionId, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            Instant now = clock.instant();
            store.change(connectionId, custody -> custody.with(turnover -> turnover.everythingRevoked(now)));
            change(connectionId, today(connectionId, api), true, api);
        });
    }

    /**
     * Goes on with what was interrupted, and removes what nobody can need any more. The forge is asked only when something is
     * due there: this is called every few minutes.
     */
    public void finish(String connectionId, ForgeApi api) throws ConnectFailure {
        attempt(() -> {
            endSecretOverlap(connectionId);
            if (custody(connectionId).turnover().isUnfinished()
                    || !over(connectionId).isEmpty()) {
                RepositoryId repository = today(connectionId, api);
                undoWhereRemoved(connectionId, repository, api);
                change(connectionId, repository, false, api);
            }
        });
    }

    /** As {@link #rotateUnlessRemoved}: going on would bring back what somebody took away meanwhile. */
    private void undoWhereRemoved(String connectionId, RepositoryId repository, ForgeApi api)
            throws ForgeFailure, IOException {
        Optional<SshKeyPair> next = custody(connectionId).turnover().nextKey();
        if (next.isPresent() && isRemoved(connectionId, repository, api)) {
            Connector.removeKeys(repository, List.of(next.get().publicKey()), api);
            clearNextKey(connectionId);
        }
    }

    private boolean isRemoved(String connectionId, RepositoryId repository, ForgeApi api) throws ForgeFailure {
        Custody custody = custody(connectionId);
        String line = custody.connection().publicKey().line();
        return !custody.turnover().revoked()
                && api.deployKeys().list(repository).stream().noneMatch(key -> key.isKeyOf(line));
    }

    /** It may have been renamed unheard. */
    private RepositoryId today(String connectionId, ForgeApi api) throws ForgeFailure {
        return api.repositories()
                .current(custody(connectionId).connection().repository())
                .id();
    }

    private void change(String connectionId, RepositoryId repository, boolean anew, ForgeApi api)
            throws ForgeFailure, IOException, NotProven {
        boolean revoked = custody(connectionId).turnover().revoked();
        if (revoked) {
            removeRevoked(connectionId, repository, api);
        }
        boolean drawn = (revoked || anew) && drawNextKey(connectionId);
        changeKey(connectionId, repository, drawn, api);
        endRetirements(connectionId, repository, api);
        changeSecret(connectionId, repository, api);
    }

    /** False when an interrupted attempt has left one. */
    private boolean drawNextKey(String connectionId) throws IOException {
        if (custody(connectionId).turnover().nextKey().isPresent()) {
            return false;
        }
        Optional<SshKeyPair> next =
                Optional.of(NewKey.like(custody(connectionId).connection().publicKey(), site.keyTitle()));
        store.change(connectionId, custody -> custody.with(turnover -> turnover.withNextKey(next)));
        return true;
    }

    /** @param drawn whether the next key was never uploaded before */
    private void changeKey(String connectionId, RepositoryId repository, boolean drawn, ForgeApi api)
            throws ForgeFailure, IOException, NotProven {
        Optional<SshKeyPair> next = custody(connectionId).turnover().nextKey();
        if (next.isEmpty()) {
            return;
        }
        DeployKey added;
        try {
            added = uploadedAndProven(connectionId, next.get(), repository, api);
        } catch (ForgeFailure | NotProven failure) {
            if (drawn && isNotAllowed(failure)) {
                clearNextKey(connectionId);
            } else {
                dropNextKey(connectionId, next.get(), repository, api, failure);
            }
            if (!(failure instanceof ForgeFailure refusal)
                    || !NewKey.mayBeRsaInstead(refusal, next.get().publicKey())) {
                throw failure;
            }
            Optional<SshKeyPair> other = Optional.of(SshKeyPair.rsa3072(site.keyTitle()));
            store.change(connectionId, custody -> custody.with(turnover -> turnover.withNextKey(other)));
            changeKey(connectionId, repository, true, api);
            return;
        }
        Instant now = clock.instant();
        store.change(connectionId, custody -> custody.keyChanged(next.get(), added.id(), now));
    }

    private DeployKey uploadedAndProven(String connectionId, SshKeyPair next, RepositoryId repository, ForgeApi api)
            throws ForgeFailure, NotProven {
        String title = site.keyTitle(next.publicKey().fingerprint());
        DeployKey added = api.deployKeys().addReadOnly(repository, title, next.publicLine());
        NotProven.unless(proof, custody(connectionId).connection().sshUrl(), next);
        return added;
    }

    /** What can't be removed stays written down, and is tried again. */
    private void dropNextKey(
            String connectionId, SshKeyPair next, RepositoryId repository, ForgeApi api, Exception failure)
            throws IOException {
        try {
            Connector.removeKeys(repository, List.of(next.publicKey()), api);
        } catch (ForgeFailure left) {
            failure.addSuppressed(left);
            return;
        }
        clearNextKey(connectionId);
    }

    private void clearNextKey(String connectionId) throws IOException {
        store.change(connectionId, custody -> custody.with(turnover -> turnover.withNextKey(Optional.empty())));
    }

    /** The forge has said no to whoever asks: what was asked for has not been done. */
    private static boolean isNotAllowed(Exception failure) {
        return failure instanceof ForgeFailure refusal && NOT_ALLOWED.contains(refusal.kind());
    }

    /** The hook keeps its address and its events. One that is gone was removed by somebody: nobody signs then, and nothing is lost. */
    private void changeSecret(String connectionId, RepositoryId repository, ForgeApi api)
            throws ForgeFailure, IOException {
        Custody custody = custody(connectionId);
        Optional<Secret> next = custody.turnover().nextSecret();
        if (next.isEmpty()) {
            return;
        }
        for (Hook hook : api.hooks().list(repository)) {
            if (custody.owns(hook)) {
                api.hooks().changeSecret(repository, hook, next.get());
            }
        }
        Instant now = clock.instant();
        store.change(connectionId, before -> before.secretChanged(next.get(), now));
    }

    private void removeRevoked(String connectionId, RepositoryId repository, ForgeApi api)
            throws ForgeFailure, IOException {
        Custody custody = custody(connectionId);
        List<OpenSshPublicKey> gone = custody.allKeys().stream()
                .filter(key -> custody.turnover()
                        .nextKey()
                        .filter(next -> next.publicKey().equals(key))
                        .isEmpty())
                .toList();
        Connector.removeKeys(repository, gone, api);
        forget(connectionId, gone);
    }

    private void endRetirements(String connectionId, RepositoryId repository, ForgeApi api)
            throws ForgeFailure, IOException {
        List<OpenSshPublicKey> over = over(connectionId);
        if (!over.isEmpty()) {
            Connector.removeKeys(repository, over, api);
            forget(connectionId, over);
        }
    }

    /** Keys at the forge that nobody can need any more. */
    private List<OpenSshPublicKey> over(String connectionId) {
        return custody(connectionId).turnover().retired().stream()
                .filter(retired -> isOver(connectionId, retired))
                .map(RetiredKey::publicKey)
                .toList();
    }

    private void endSecretOverlap(String connectionId) throws IOException {
        Instant now = clock.instant();
        boolean overlapped = custody(connectionId)
                .turnover()
                .formerSecret()
                .filter(former -> !former.since().plus(SECRET_OVERLAP).isAfter(now))
                .isPresent();
        if (overlapped) {
            store.change(connectionId, custody -> custody.with(Turnover::withoutFormerSecret));
        }
    }

    private boolean isOver(String connectionId, RetiredKey retired) {
        Instant now = clock.instant();
        boolean needed =
                retired.since().plus(SHORTEST_RETIREMENT).isAfter(now) || use.runsSince(connectionId, retired.since());
        return !needed || !retired.since().plus(LONGEST_RETIREMENT).isAfter(now);
    }

    private void forget(String connectionId, Collection<OpenSshPublicKey> keys) throws IOException {
        store.change(
                connectionId,
                custody -> custody.with(turnover -> turnover.withRetired(turnover.retired().stream()
                        .filter(retired -> !keys.contains(retired.publicKey()))
                        .toList())));
    }

    private Custody custody(String connectionId) {
        return store.custody(connectionId)
                .orElseThrow(() -> new IllegalArgumentException("The connection " + connectionId + " is gone"));
    }

    private static void attempt(Steps steps) throws ConnectFailure {
        try {
            steps.run();
        } catch (ForgeFailure failure) {
            throw new ConnectFailure(failure.getMessage(), failure.mayPass(), leftovers(failure));
        } catch (NotProven failure) {
            throw new ConnectFailure(failure.getMessage(), false, leftovers(failure));
        } catch (IOException failure) {
            throw new ConnectFailure("Could not save the connection: " + failure.getMessage() + ".", true, List.of());
        }
    }

    private static List<String> leftovers(Exception failure) {
        return Arrays.stream(failure.getSuppressed())
                .map(left -> "the new deploy key, which nobody uses (" + left.getMessage() + ")")
                .toList();
    }

    /** What a rotation consists of. */
    private interface Steps {
        void run() throws ForgeFailure, IOException, NotProven, ConnectFailure;
    }
}

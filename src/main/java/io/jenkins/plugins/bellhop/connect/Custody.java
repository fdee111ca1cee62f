package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A connection with its secrets and what of them is being changed: all that changes in one go. Immutable. */
public final class Custody {

    private final Connection connection;
    private final ConnectionSecrets secrets;
    private final Turnover turnover;

    public Custody(Connection connection, ConnectionSecrets secrets, Turnover turnover) {
        this.connection = connection;
        this.secrets = secrets;
        this.turnover = turnover;
    }

    public Connection connection() {
        return connection;
    }

    public ConnectionSecrets secrets() {
        return secrets;
    }

    public Turnover turnover() {
        return turnover;
    }

    /** Those with which the forge may have signed. */
    public List<Secret> liveSecrets() {
        return Stream.of(
                        Stream.of(secrets.webhook()),
                        turnover.nextSecret().stream(),
                        turnover.formerSecret().map(FormerSecret::secret).stream())
                .flatMap(live -> live)
                .toList();
    }

    /** The private half that builds get; empty while the key is revoked and there is no other. */
    public Optional<Secret> usableKey() {
        return turnover.revoked() ? Optional.empty() : Optional.of(secrets.privateKey());
    }

    /** Whether the hook is this connection's, whatever its address has become since. */
    boolean owns(Hook hook) {
        return connection.hookId().filter(hook.id()::equals).isPresent()
                || Site.leadsTo(secrets.hookPath(), hook.url());
    }

    /** The public halves of everything of ours that may be at the forge. */
    List<OpenSshPublicKey> allKeys() {
        return Stream.of(
                        Stream.of(connection.publicKey()),
                        turnover.nextKey().map(SshKeyPair::publicKey).stream(),
                        turnover.retired().stream().map(RetiredKey::publicKey))
                .flatMap(keys -> keys)
                .toList();
    }

    Custody with(UnaryOperator<Turnover> change) {
        return new Custody(connection, secrets, change.apply(turnover));
    }

    Custody withHookId(String forgeHookId) {
        return new Custody(connection.withHookId(forgeHookId), secrets, turnover);
    }

    /** The next key takes over in one step. */
    Custody keyChanged(SshKeyPair next, String forgeKeyId, Instant now) {
        return new Custody(
                connection.withKey(next.publicKey(), forgeKeyId),
                new ConnectionSecrets(secrets.hookPath(), secrets.webhook(), Secret.of(next.privateText())),
                turnover.keyChanged(connection.publicKey(), now));
    }

    /** The next webhook secret takes over in one step. */
    Custody secretChanged(Secret next, Instant now) {
        return new Custody(
                connection,
                new ConnectionSecrets(secrets.hookPath(), next, secrets.privateKey()),
                turnover.secretChanged(secrets.webhook(), now));
    }

    @Override
    public String toString() {
        return "connection " + connection.id() + " to " + connection.repository();
    }
}

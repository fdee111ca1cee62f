package io.jenkins.plugins.bellhop.jenkins.credentials;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Grants;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.key.KeyPolicy;
import io.jenkins.plugins.bellhop.key.KeyRing;
import io.jenkins.plugins.bellhop.key.KeyScope;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import io.jenkins.plugins.bellhop.key.RingKey;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The keys that a build may have: those of the connections that its job may use, users' keys, and the job's additional ones. */
public final class BuildKeys {

    private BuildKeys() {}

    /** For git alone, for as long as it checks out. */
    public static KeyRing forCheckout(Run<?, ?> run, TaskListener listener) {
        return ring(run, listener, true);
    }

    /** For whatever the build runs. */
    public static KeyRing forSteps(Run<?, ?> run, TaskListener listener) {
        return ring(run, listener, false);
    }

    private static KeyRing ring(Run<?, ?> run, TaskListener listener, boolean forCheckout) {
        Job<?, ?> job = run.getParent();
        List<RingKey> keys = of(job, reason -> listener.getLogger().println(Messages.BuildKeys_LeftOut(reason)));
        boolean handedToStrangers = RepositoryConnection.handsKeysToForks(job);
        return KeyRing.of(keys, KeyPolicy.of(StrangersCode.mayRunIn(run), forCheckout, handedToStrangers));
    }

    /**
     * @param item a job, or a multibranch project for what all its branches have
     * @param leftOut is told why an additional key can't be used
     */
    public static List<RingKey> of(Item item, Consumer<String> leftOut) {
        List<RingKey> keys = new ArrayList<>();
        Wiring wiring = Wiring.get();
        wiring.connections().usedIn(item).stream()
                .filter(stored -> stored.connection().isReady())
                .filter(stored -> isUsable(stored, leftOut))
                .forEach(stored -> keys.addAll(keysOf(stored, item, wiring)));
        keys.addAll(SharedRingKeys.of(wiring.connections().usedIn(item), wiring));
        RepositoryConnection property = item instanceof Job<?, ?> job ? RepositoryConnection.of(job) : null;
        if (property != null) {
            keys.addAll(AdditionalKeys.usable(item, property.getAdditionalKeys(), leftOut));
        }
        return keys;
    }

    /** Builds that were running when the key was revoked. */
    private static boolean isUsable(StoredConnection stored, Consumer<String> leftOut) {
        if (stored.isRevoked()) {
            leftOut.accept(Messages.RevokedKeys_Waits(stored.connection().repository()));
        }
        return !stored.isRevoked();
    }

    private static List<RingKey> keysOf(StoredConnection stored, Item item, Wiring wiring) {
        Connection connection = stored.connection();
        List<KeyScope> scopes = scopesOf(connection, wiring);
        RingKey deployKey = new RingKey(
                RingKey.Kind.DEPLOY,
                "deploy key of " + connection.repository().name(),
                connection.publicKey(),
                scopes,
                () -> wiring.privateKey(connection.id()).orElse(""));
        Stream<RingKey> userKeys = wiring.userKeyFiles().usableIn(Grants.nameOf(item), connection.repository()).stream()
                .map(key -> userKey(key, scopes));
        return Stream.concat(userKeys, Stream.of(deployKey)).toList();
    }

    /** It may open more, but is offered where it was proven, and only to whom administrators named. */
    private static RingKey userKey(MachineKey key, List<KeyScope> scopes) {
        return new RingKey(
                RingKey.Kind.USER,
                "user key of " + key.account(),
                key.key().publicKey(),
                scopes,
                () -> key.key().privateText());
    }

    /** Where the repository is reached: first as the forge says, then on its server's other names and under its former ones. */
    static List<KeyScope> scopesOf(Connection connection, Wiring wiring) {
        KeyScope scope = scopeOf(connection);
        List<KeyScope> everyName = Stream.concat(
                        Stream.of(scope),
                        connection.formerNames().stream()
                                .map(former -> called(scope, connection, former))
                                .flatMap(Optional::stream)
                                .filter(former -> wiring.leadsToConnection(
                                        connection.id(),
                                        RemoteUrl.parse("ssh://git@" + former.host() + "/" + former.path()))))
                .toList();
        return everyName.stream()
                .flatMap(name -> Stream.concat(
                        Stream.of(name), otherNamesOf(name.server()).map(name::at)))
                .toList();
    }

    /** For networks that let only port 443 out. */
    private static Stream<SshHost> otherNamesOf(SshHost server) {
        return Arrays.stream(PinnedForge.values())
                .filter(forge -> forge.hosts().contains(server))
                .flatMap(forge -> forge.hosts().stream())
                .filter(host -> !host.equals(server));
    }

    /** What the connection's deploy key is for. */
    public static KeyScope scopeOf(Connection connection) {
        return KeyScope.of(RemoteUrl.parse(connection.sshUrl()), true);
    }

    private static Optional<KeyScope> called(KeyScope scope, Connection connection, RepositoryName former) {
        String today = connection.repository().name().toString();
        int at = scope.path().length() - today.length();
        return at >= 0 && scope.path().substring(at).equalsIgnoreCase(today)
                ? Optional.of(new KeyScope(
                        scope.host(), scope.port(), scope.path().substring(0, at) + former, scope.ignoresCase()))
                : Optional.empty();
    }
}

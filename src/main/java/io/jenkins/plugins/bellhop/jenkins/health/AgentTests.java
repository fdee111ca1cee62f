package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.FilePath;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.checkout.PlacedKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Tries connections' keys on agents, and remembers for each connection how the last try went. */
public final class AgentTests {

    private final Supplier<HostKeys> hostKeys;
    private final Map<String, Tested> last = new ConcurrentHashMap<>();

    public AgentTests(Supplier<HostKeys> hostKeys) {
        this.hostKeys = hostKeys;
    }

    /**
     * @param node its name; the empty one is Jenkins itself
     * @throws IllegalArgumentException when the node isn't online, is none that who asks may use, or there is no key to try
     */
    public void run(StoredConnection stored, String node) throws IOException, InterruptedException {
        FilePath root = Optional.of(node)
                .filter(Wiring::mayUseNode)
                .flatMap(Wiring::rootOf)
                .orElseThrow(() -> new IllegalArgumentException(Messages.AgentTests_Offline(node)));
        Secret key = stored.custody()
                .usableKey()
                .orElseThrow(() -> new IllegalArgumentException(
                        Messages.RevokedKeys_Waits(stored.connection().repository())));
        String failure = PlacedKeys.during(node, root, directory -> directory.act(proof(stored.connection(), key)));
        String name = node.isEmpty() ? Messages.AgentTests_Controller() : node;
        String sentence =
                failure.isEmpty() ? Messages.AgentTests_Works(name) : Messages.AgentTests_Fails(name, failure);
        last.put(stored.id(), new Tested(new Date(), stored.connection().fingerprint(), sentence));
    }

    private AgentProof proof(Connection connection, Secret key) {
        OpenSshPublicKey publicKey = connection.publicKey();
        String knownHosts = hostKeys.get().fileFor(SshHost.of(RemoteUrl.parse(connection.sshUrl())));
        return new AgentProof(connection.sshUrl(), SshKeyPair.stored(publicKey, key.reveal()), knownHosts);
    }

    /** The connection is gone. */
    public void forget(String connectionId) {
        last.remove(connectionId);
    }

    /** How the last try of the connection's key went; empty when there was none, or it was another key. */
    public Optional<Tested> latest(StoredConnection stored) {
        return Optional.ofNullable(last.get(stored.id()))
                .filter(tested -> tested.key.equals(stored.connection().fingerprint()));
    }

    /** How a try went. */
    public static final class Tested {

        private final Date time;
        private final Fingerprint key;
        private final String sentence;

        private Tested(Date time, Fingerprint key, String sentence) {
            this.time = time;
            this.key = key;
            this.sentence = sentence;
        }

        public Date getTime() {
            return new Date(time.getTime());
        }

        public String getSentence() {
            return sentence;
        }
    }
}

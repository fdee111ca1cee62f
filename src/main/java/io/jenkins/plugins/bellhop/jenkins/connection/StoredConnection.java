package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.util.Secret;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.ConnectionSecrets;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A connection as it is written to disk, with its secrets encrypted and the items that may use it. Immutable: a change is
 * a new object. The fields' names are a file format.
 */
public final class StoredConnection {

    private final String id;
    private final String host;
    private final String stableId;
    private final String owner;
    private final String name;
    private final String sshUrl;
    private final String defaultBranch;
    private final String publicKey;
    private final String keyId;
    private final String hookId;
    private final Secret hookPath;
    private final Secret webhookSecret;
    private final Secret privateKey;
    private final String credentialsId;
    private final String credentialsItem;
    private final TreeSet<String> items;
    /** Milliseconds since the epoch, when the last item went; 0 while there is one. */
    private final long unwatchedSince;

    private StoredConnection(
            Connection connection,
            ConnectionSecrets secrets,
            Credentials credentials,
            Set<String> items,
            long unwatchedSince) {
        RepositoryId repository = connection.repository();
        this.id = connection.id();
        this.host = repository.host();
        this.stableId = repository.stableId();
        this.owner = repository.name().owner();
        this.name = repository.name().name();
        this.sshUrl = connection.sshUrl();
        this.defaultBranch = connection.defaultBranch().orElse(null);
        this.publicKey = connection.publicKey().line();
        this.keyId = connection.keyId().orElse(null);
        this.hookId = connection.hookId().orElse(null);
        this.hookPath = Secret.fromString(secrets.hookPath());
        this.webhookSecret = Secret.fromString(secrets.webhook().reveal());
        this.privateKey = Secret.fromString(secrets.privateKey().reveal());
        this.credentialsId = credentials.id();
        this.credentialsItem = credentials.item();
        this.items = new TreeSet<>(items);
        this.unwatchedSince = unwatchedSince;
    }

    static StoredConnection of(Connection connection, ConnectionSecrets secrets) {
        return new StoredConnection(connection, secrets, new Credentials("", ""), Set.of(), 0);
    }

    StoredConnection with(Connection changed) {
        return new StoredConnection(changed, secrets(), credentials(), items, unwatchedSince);
    }

    /** The item may use this connection, and its API credential serves for calls that no job makes. */
    StoredConnection permitting(String item, String itsCredentialsId) {
        TreeSet<String> more = new TreeSet<>(items);
        more.add(item);
        return new StoredConnection(connection(), secrets(), new Credentials(itsCredentialsId, item), more, 0);
    }

    StoredConnection without(String item, Instant now) {
        TreeSet<String> fewer = new TreeSet<>(items);
        fewer.remove(item);
        return new StoredConnection(
                connection(), secrets(), credentials(), fewer, fewer.isEmpty() ? now.toEpochMilli() : 0);
    }

    StoredConnection renaming(String oldItem, String newItem) {
        TreeSet<String> renamed = new TreeSet<>();
        items.forEach(item -> renamed.add(moved(item, oldItem, newItem)));
        Credentials itsCredentials = new Credentials(credentialsId, moved(credentialsItem, oldItem, newItem));
        return new StoredConnection(connection(), secrets(), itsCredentials, renamed, unwatchedSince);
    }

    /** A folder that moves takes along what is in it. */
    private static String moved(String item, String oldItem, String newItem) {
        if (item.equals(oldItem)) {
            return newItem;
        }
        return item.startsWith(oldItem + "/") ? newItem + item.substring(oldItem.length()) : item;
    }

    public String id() {
        return id;
    }

    public Connection connection() {
        return new Connection(
                id,
                new RepositoryId(host, stableId, new RepositoryName(owner, name)),
                sshUrl,
                Optional.ofNullable(defaultBranch),
                OpenSshPublicKey.parse(publicKey),
                Optional.ofNullable(keyId),
                Optional.ofNullable(hookId));
    }

    public ConnectionSecrets secrets() {
        return new ConnectionSecrets(
                hookPath.getPlainText(),
                io.jenkins.plugins.bellhop.delivery.Secret.of(webhookSecret.getPlainText()),
                io.jenkins.plugins.bellhop.delivery.Secret.of(privateKey.getPlainText()));
    }

    /** The API credential that connected it last. */
    public Credentials credentials() {
        return new Credentials(credentialsId, credentialsItem);
    }

    /**
     * Which Jenkins credential, and where to look for it.
     *
     * @param item full name of the item that used it; the credential may belong to one of its folders
     */
    public record Credentials(String id, String item) {}

    /** Full names of the items that may use it. */
    public Set<String> items() {
        return Set.copyOf(items);
    }

    public Optional<Instant> unwatchedSince() {
        return unwatchedSince == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(unwatchedSince));
    }

    @Override
    public String toString() {
        return "connection " + id + " to " + owner + "/" + name;
    }
}

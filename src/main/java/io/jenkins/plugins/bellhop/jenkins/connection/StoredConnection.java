package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.util.Secret;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.ConnectionSecrets;
import io.jenkins.plugins.bellhop.connect.Custody;
import io.jenkins.plugins.bellhop.connect.Turnover;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    private final ArrayList<String> formerNames;
    /** The items that may use it, each with the API credential that it brought. */
    private final TreeMap<String, String> items;
    /** Whose API credential serves while there is no item: who made it, or left it last. */
    private final String lastItem;

    private final String lastCredentialsId;
    /** Milliseconds since the epoch, when it was made or the last item went; 0 while there is one. */
    private final long unwatchedSince;
    /** Milliseconds since the epoch, when the deploy key took over; 0 when that isn't known. */
    private final long keySince;
    /** Milliseconds since the epoch, when the repository was connected; 0 when that isn't known. */
    private final long madeAt;
    /** Null while nothing is being changed. */
    private final StoredTurnover turnover;

    private StoredConnection(
            Custody custody,
            Map<String, String> items,
            Credentials last,
            long unwatchedSince,
            long keySince,
            long madeAt) {
        Connection connection = custody.connection();
        ConnectionSecrets secrets = custody.secrets();
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
        this.formerNames = new ArrayList<>();
        connection.formerNames().forEach(former -> formerNames.add(former.toString()));
        this.items = new TreeMap<>(items);
        this.lastItem = last.item();
        this.lastCredentialsId = last.id();
        this.unwatchedSince = unwatchedSince;
        this.keySince = keySince;
        this.madeAt = madeAt;
        this.turnover = StoredTurnover.of(custody.turnover());
    }

    /** A file that lacks something is no connection: that shows when it is read, and spoils nothing later. */
    private Object readResolve() {
        if (items == null || formerNames == null || lastItem == null || lastCredentialsId == null) {
            throw new IllegalArgumentException(
                    "expected a connection with items, formerNames, lastItem and lastCredentialsId, found a file without");
        }
        custody();
        return this;
    }

    /** One that nobody watches yet; who makes it has to permit itself within the time of grace. */
    static StoredConnection of(Connection connection, ConnectionSecrets secrets, Credentials maker, Instant now) {
        Custody custody = new Custody(connection, secrets, Turnover.NONE);
        return new StoredConnection(
                custody, Map.of(), maker, now.toEpochMilli(), now.toEpochMilli(), now.toEpochMilli());
    }

    StoredConnection with(Connection changed) {
        return new StoredConnection(
                new Custody(changed, secrets(), turnover()), items, last(), unwatchedSince, keySince, madeAt);
    }

    StoredConnection with(Custody changed, Instant now) {
        boolean sameKey = changed.connection().publicKey().equals(connection().publicKey());
        return new StoredConnection(
                changed, items, last(), unwatchedSince, sameKey ? keySince : now.toEpochMilli(), madeAt);
    }

    /** The item may use this connection, and its API credential serves for calls that concern it. */
    StoredConnection permitting(String item, String itsCredentialsId) {
        TreeMap<String, String> more = new TreeMap<>(items);
        more.put(item, itsCredentialsId);
        return new StoredConnection(custody(), more, Credentials.NONE, 0, keySince, madeAt);
    }

    /** Without the item and the API credential that it brought; the last one's is kept, to remove key and hook with. */
    StoredConnection without(String item, Instant now) {
        TreeMap<String, String> fewer = new TreeMap<>(items);
        String itsCredentialsId = fewer.remove(item);
        if (itsCredentialsId == null) {
            return this;
        }
        Credentials leaving = new Credentials(itsCredentialsId, item);
        return fewer.isEmpty()
                ? new StoredConnection(custody(), fewer, leaving, now.toEpochMilli(), keySince, madeAt)
                : new StoredConnection(custody(), fewer, Credentials.NONE, 0, keySince, madeAt);
    }

    StoredConnection renaming(String oldItem, String newItem) {
        TreeMap<String, String> renamed = new TreeMap<>();
        items.forEach((item, itsCredentialsId) -> renamed.put(moved(item, oldItem, newItem), itsCredentialsId));
        Credentials last = new Credentials(lastCredentialsId, moved(lastItem, oldItem, newItem));
        return new StoredConnection(custody(), renamed, last, unwatchedSince, keySince, madeAt);
    }

    /** A folder that moves takes along what is in it. */
    static String moved(String item, String oldItem, String newItem) {
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
                repository(),
                sshUrl,
                Optional.ofNullable(defaultBranch),
                OpenSshPublicKey.parse(publicKey),
                Optional.ofNullable(keyId),
                Optional.ofNullable(hookId),
                formerNames.stream().map(RepositoryName::parse).toList());
    }

    /** As {@link #connection()} has it, without reading the rest. */
    RepositoryId repository() {
        return new RepositoryId(host, stableId, new RepositoryName(owner, name));
    }

    public ConnectionSecrets secrets() {
        return new ConnectionSecrets(
                hookPath.getPlainText(),
                io.jenkins.plugins.bellhop.delivery.Secret.of(webhookSecret.getPlainText()),
                io.jenkins.plugins.bellhop.delivery.Secret.of(privateKey.getPlainText()));
    }

    private Turnover turnover() {
        return StoredTurnover.read(turnover);
    }

    /** The connection with its secrets and what of them is being changed. */
    public Custody custody() {
        return new Custody(connection(), secrets(), turnover());
    }

    /** Whether the deploy key is revoked, so that builds wait for the next one. Asked for every build in the queue. */
    public boolean isRevoked() {
        return turnover != null && turnover.isRevoked();
    }

    /** Since when the deploy key is in use. */
    public Optional<Instant> keySince() {
        return keySince == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(keySince));
    }

    /** Whether it was there at that time, as far as is known: a former connection of the repository has the same id. */
    public boolean wasThereAt(Instant time) {
        return !time.isBefore(Instant.ofEpochMilli(madeAt));
    }

    /** A key of unknown age counts as old. */
    public boolean isKeyOlderThan(Duration age, Instant now) {
        return keySince().filter(since -> since.plus(age).isAfter(now)).isEmpty();
    }

    /** The API credentials that serve, those of items first named first. */
    public List<Credentials> credentials() {
        return items.isEmpty()
                ? List.of(last())
                : items.keySet().stream().map(this::credentialsOf).toList();
    }

    /** The API credentials that serve for calls that concern the item: its own one first. */
    public List<Credentials> credentials(String item) {
        Stream<Credentials> others =
                credentials().stream().filter(credentials -> !credentials.item().equals(item));
        Stream<Credentials> own = items.containsKey(item) ? Stream.of(credentialsOf(item)) : Stream.of();
        return Stream.concat(own, others).toList();
    }

    /** The item's own API credential; none when it may not use the connection. */
    List<Credentials> credentialsOnlyOf(String item) {
        return items.containsKey(item) ? List.of(credentialsOf(item)) : List.of();
    }

    private Credentials credentialsOf(String item) {
        return new Credentials(items.get(item), item);
    }

    private Credentials last() {
        return new Credentials(lastCredentialsId, lastItem);
    }

    /**
     * Which Jenkins credential, and where to look for it.
     *
     * @param item full name of the item that brought it; the credential may belong to one of its folders
     */
    public record Credentials(String id, String item) {
        private static final Credentials NONE = new Credentials("", "");
    }

    /** Full names of the items that may use it. */
    public Set<String> items() {
        return Set.copyOf(items.keySet());
    }

    /** Whether the item may use it and brought this API credential. */
    public boolean permits(String item, String credentialsId) {
        return credentialsId.equals(items.get(item));
    }

    public Optional<Instant> unwatchedSince() {
        return unwatchedSince == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(unwatchedSince));
    }

    @Override
    public String toString() {
        return "connection " + id + " to " + owner + "/" + name;
    }
}

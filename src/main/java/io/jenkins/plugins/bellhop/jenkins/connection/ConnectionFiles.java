package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.XmlFile;
import hudson.model.Item;
import hudson.util.XStream2;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.ConnectionSecrets;
import io.jenkins.plugins.bellhop.connect.ConnectionStore;
import io.jenkins.plugins.bellhop.connect.Custody;
import io.jenkins.plugins.bellhop.connect.CustodyStore;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.scm.api.SCMSourceOwner;

/**
 * The connections, one file each in a directory that only Jenkins' user can enter, and an index of them in memory, so that
 * a webhook finds its connection without touching the disk. A file that can't be read is reported and left as it is.
 */
public final class ConnectionFiles {

    private static final Logger LOGGER = Logger.getLogger(ConnectionFiles.class.getName());
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("bellhop-connection", StoredConnection.class);
        // What can't be read must not be dropped: a revoked key would count as usable again.
        Stream.of(StoredConnection.class, StoredTurnover.class)
                .forEach(type -> Stream.of(type.getDeclaredFields())
                        .forEach(field -> XSTREAM.addCriticalField(type, field.getName())));
    }

    private final Path directory;
    private final Changes changes;
    private final Index index = new Index();
    private final Set<String> unreadable = new ConcurrentSkipListSet<>();
    private final List<Consumer<String>> memories = new CopyOnWriteArrayList<>();

    /** Told of each change once it is on disk. */
    public interface Changes {
        /** A connection is made, changed or gone; one that is absent was or is not there. */
        void changed(Optional<StoredConnection> before, Optional<StoredConnection> after);
    }

    /** Whose changes nobody wants to know. */
    public ConnectionFiles(Path directory) throws IOException {
        this(directory, (before, after) -> {});
    }

    public ConnectionFiles(Path directory, Changes changes) throws IOException {
        this.directory = Durable.directory(directory);
        this.changes = changes;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.xml")) {
            for (Path file : files) {
                load(file);
            }
        }
    }

    /**
     * Has something forgotten that is remembered by connections' ids: when one goes, and before one begins, since a crash may
     * have come between. It may be the id of one that was there before.
     *
     * @param forget called with the id; may not change connections
     */
    public void forgottenBy(Consumer<String> forget) {
        memories.add(forget);
    }

    private void load(Path file) {
        try {
            if (!(new XmlFile(XSTREAM, file.toFile()).read() instanceof StoredConnection stored)) {
                throw new IOException("expected a connection, found something else");
            }
            index.put(stored);
        } catch (IOException | RuntimeException e) {
            unreadable.add(file.getFileName().toString());
            LOGGER.log(
                    Level.WARNING,
                    "Can't read connection " + file.getFileName()
                            + "; it stays as it is, and its repository builds nothing until it is readable again",
                    e);
        }
    }

    /** Names of the files that could not be read when Jenkins started, and are still there. */
    public List<String> unreadable() {
        return unreadable.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .toList();
    }

    /** Whether a file that can't be read seems to hold a connection to the repository. */
    private boolean tells(String file, RepositoryId repository) {
        if (file.equals(file(Connection.idOf(repository)).getFileName().toString())) {
            return true;
        }
        try {
            String text = Files.readString(directory.resolve(file));
            return text.contains("<stableId>" + repository.stableId() + "</stableId>")
                    && text.contains("<host>" + repository.host() + "</host>");
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Nothing can be said of " + file);
            return false;
        }
    }

    public Optional<StoredConnection> byId(String id) {
        return index.byId(id);
    }

    public Optional<StoredConnection> byRepository(RepositoryId repository) {
        return index.byRepository(repository);
    }

    public Optional<StoredConnection> byHookPath(String hookPath) {
        return index.byHookPath(hookPath);
    }

    /** The connections that this item may use. */
    public List<StoredConnection> ofItem(String item) {
        return index.ofItem(item);
    }

    /** The connections that are used in this item: its own, and of a branch its multibranch project's. */
    public List<StoredConnection> usedIn(Item item) {
        Stream<StoredConnection> ofProject = item.getParent() instanceof SCMSourceOwner project
                ? ofItem(project.getFullName()).stream()
                : Stream.of();
        return Stream.concat(ofItem(item.getFullName()).stream(), ofProject).toList();
    }

    /** The connections that this item may use, or something that lies in it. */
    List<StoredConnection> ofItemOrWithin(String item) {
        return index.ofItemOrWithin(item);
    }

    /** Whether some connected repository goes by this name today. */
    boolean isName(String host, RepositoryName name) {
        return index.isName(host, name);
    }

    public List<StoredConnection> all() {
        return index.all();
    }

    /** What connecting needs, for whoever connects: new connections are kept with the API credential that made them. */
    public ConnectionStore madeWith(StoredConnection.Credentials maker, Instant now) {
        return new ConnectionStore() {
            @Override
            public Optional<Connection> find(RepositoryId repository) throws IOException {
                Optional<String> hidden = unreadable().stream()
                        .filter(file -> tells(file, repository))
                        .findFirst();
                if (hidden.isPresent()) {
                    throw new IOException("the file " + hidden.get()
                            + " in bellhop/connections of Jenkins' home holds a"
                            + " connection to " + repository + " and can't be read. Mend it, or delete it, and restart"
                            + " Jenkins");
                }
                return byRepository(repository).map(StoredConnection::connection);
            }

            @Override
            public void save(Connection connection, ConnectionSecrets secrets) throws IOException {
                add(StoredConnection.of(connection, secrets, maker, now));
            }

            @Override
            public void remove(String connectionId) throws IOException {
                forget(connectionId);
            }
        };
    }

    /** What changing keys and secrets needs. */
    public CustodyStore custodies(Clock clock) {
        return new CustodyStore() {
            @Override
            public Optional<Custody> custody(String connectionId) {
                return byId(connectionId).map(StoredConnection::custody);
            }

            @Override
            public void change(String connectionId, UnaryOperator<Custody> change) throws IOException {
                ConnectionFiles.this.change(
                        connectionId, stored -> stored.with(change.apply(stored.custody()), clock.instant()));
            }
        };
    }

    /** One that is there keeps its items and secrets. */
    private synchronized void add(StoredConnection added) throws IOException {
        Optional<StoredConnection> before = index.byId(added.id());
        if (before.isEmpty()) {
            memories.forEach(memory -> memory.accept(added.id()));
        }
        write(before.isPresent() ? before.get().with(added.connection()) : added);
    }

    /** Changes one connection; does nothing when it is gone. */
    public synchronized void change(String id, UnaryOperator<StoredConnection> change) throws IOException {
        Optional<StoredConnection> before = index.byId(id);
        if (before.isPresent()) {
            write(change.apply(before.get()));
        }
    }

    /** The item may use the connection, which is from now on called as it is here. */
    public void permit(Connection connection, String item, String credentialsId) throws IOException {
        change(connection.id(), stored -> stored.with(connection).permitting(item, credentialsId));
    }

    public void forbid(String id, String item, Instant now) throws IOException {
        change(id, stored -> stored.without(item, now));
    }

    synchronized void forget(String id) throws IOException {
        Optional<StoredConnection> before = index.byId(id);
        Files.deleteIfExists(file(id));
        index.remove(id);
        memories.forEach(memory -> memory.accept(id));
        changes.changed(before, Optional.empty());
    }

    private void write(StoredConnection stored) throws IOException {
        Optional<StoredConnection> before = index.byId(stored.id());
        new XmlFile(XSTREAM, file(stored.id()).toFile()).write(stored);
        index.put(stored);
        changes.changed(before, Optional.of(stored));
    }

    private Path file(String id) {
        return directory.resolve(id + ".xml");
    }
}

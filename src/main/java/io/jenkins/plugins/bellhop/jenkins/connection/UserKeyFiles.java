package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.connect.MachineKeyStore;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** User keys, one file each in a directory that only Jenkins' user can enter. A file that can't be read stays as it is. */
public final class UserKeyFiles {

    private static final Logger LOGGER = Logger.getLogger(UserKeyFiles.class.getName());
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("bellhop-user-key", StoredUserKey.class);
        // What can't be read must not be dropped: a former key would stay at the forge for good.
        Stream.of(StoredUserKey.class.getDeclaredFields())
                .forEach(field -> XSTREAM.addCriticalField(field.getDeclaringClass(), field.getName()));
    }

    private final Path directory;
    private final Map<String, StoredUserKey> byId = new ConcurrentHashMap<>();
    private final Set<String> unreadable = new ConcurrentSkipListSet<>();

    public UserKeyFiles(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.xml")) {
            for (Path file : files) {
                load(file);
            }
        }
    }

    private void load(Path file) {
        try {
            if (!(new XmlFile(XSTREAM, file.toFile()).read() instanceof StoredUserKey stored)) {
                throw new IOException("expected a user key, found something else");
            }
            byId.put(stored.id(), stored);
        } catch (IOException | RuntimeException e) {
            unreadable.add(file.getFileName().toString());
            LOGGER.log(Level.WARNING, "Can't read user key " + file.getFileName() + "; it stays as it is", e);
        }
    }

    /** Names of the files that could not be read when Jenkins started, and are still there. */
    public List<String> unreadable() {
        return unreadable.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .toList();
    }

    public List<StoredUserKey> all() {
        return List.copyOf(byId.values());
    }

    public Optional<StoredUserKey> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The keys with which git read the repository the last time it tried, of those that the item may use.
     *
     * @param item as of {@link Grants#nameOf}
     */
    public List<MachineKey> usableIn(String item, RepositoryId repository) {
        return all().stream()
                .filter(stored -> stored.grants().permit(item))
                .map(StoredUserKey::key)
                .filter(key -> key.isProvenFor(repository))
                .toList();
    }

    /**
     * The revoked keys that the item's builds had for the repository.
     *
     * @param item as of {@link Grants#nameOf}
     */
    List<StoredUserKey> missingIn(String item, RepositoryId repository) {
        return byId.values().stream()
                .filter(stored -> stored.isRevoked() && stored.isFor(item, repository))
                .toList();
    }

    /** What the life of a key needs; new ones are kept with this API credential, for these items. */
    public MachineKeyStore madeWith(String credentialsId, Grants grants) {
        return new MachineKeyStore() {
            @Override
            public Optional<MachineKey> find(String id) {
                return byId(id).map(StoredUserKey::key);
            }

            @Override
            public void save(MachineKey key) throws IOException {
                UserKeyFiles.this.save(key, credentialsId, grants);
            }

            @Override
            public void remove(String id) throws IOException {
                forget(id);
            }
        };
    }

    /** One that is there keeps its API credential and who may use it. */
    private synchronized void save(MachineKey key, String credentialsId, Grants grants) throws IOException {
        write(byId(key.id())
                .map(stored -> stored.with(key))
                .orElseGet(() -> StoredUserKey.of(key, credentialsId, grants)));
    }

    /** Changes one; does nothing when it is gone. */
    synchronized void change(String id, UnaryOperator<StoredUserKey> change) throws IOException {
        Optional<StoredUserKey> before = byId(id);
        if (before.isPresent()) {
            write(change.apply(before.get()));
        }
    }

    /** An item, or a folder with what lies in it, is called otherwise. */
    public void itemMoved(String oldName, String newName) {
        changeGrants(grants -> grants.moved(oldName, newName));
    }

    /** Whatever is made under that name later hasn't got the keys. */
    public void itemDeleted(String name) {
        changeGrants(grants -> grants.without(name));
    }

    /** Counts at once, even where it can't be written down. */
    synchronized void changeGrants(UnaryOperator<Grants> change) {
        for (StoredUserKey stored : all()) {
            StoredUserKey changed = stored.granting(change.apply(stored.grants()));
            if (!changed.grants().equals(stored.grants())) {
                byId.put(stored.id(), changed);
                try {
                    write(changed);
                } catch (IOException e) {
                    LOGGER.log(Level.SEVERE, "Can't write down who may use the " + stored, e);
                }
            }
        }
    }

    private void write(StoredUserKey stored) throws IOException {
        new XmlFile(XSTREAM, file(stored.id()).toFile()).write(stored);
        byId.put(stored.id(), stored);
    }

    private synchronized void forget(String id) throws IOException {
        Files.deleteIfExists(file(id));
        byId.remove(id);
    }

    private Path file(String id) {
        return directory.resolve(id + ".xml");
    }
}

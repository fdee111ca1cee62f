package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.connect.SharedKeyStore;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/** Shared keys, one file each in a directory that only Jenkins' user can enter. A file that can't be read stays as it is. */
public final class SharedKeyFiles {

    private static final Logger LOGGER = Logger.getLogger(SharedKeyFiles.class.getName());
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("bellhop-shared-key", StoredSharedKey.class);
        // What can't be read must not be dropped: a former key would stay at the forge for good.
        StoredSharedKey.fields().forEach(field -> XSTREAM.addCriticalField(field.getDeclaringClass(), field.getName()));
    }

    private final Path directory;
    private final Map<String, StoredSharedKey> byId = new ConcurrentHashMap<>();
    private final Set<String> unreadable = new ConcurrentSkipListSet<>();

    public SharedKeyFiles(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.xml")) {
            for (Path file : files) {
                load(file);
            }
        }
    }

    private void load(Path file) {
        try {
            if (!(new XmlFile(XSTREAM, file.toFile()).read() instanceof StoredSharedKey stored)) {
                throw new IOException("expected a shared key, found something else");
            }
            byId.put(stored.id(), stored);
        } catch (IOException | RuntimeException e) {
            unreadable.add(file.getFileName().toString());
            LOGGER.log(Level.WARNING, "Can't read shared key " + file.getFileName() + "; it stays as it is", e);
        }
    }

    /** Names of the files that could not be read when Jenkins started, and are still there. */
    public List<String> unreadable() {
        return unreadable.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .toList();
    }

    public List<StoredSharedKey> all() {
        return List.copyOf(byId.values());
    }

    public Optional<StoredSharedKey> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The revoked keys that the repository's builds had. */
    List<StoredSharedKey> missingFor(RepositoryId repository) {
        return byId.values().stream()
                .filter(stored -> stored.isRevoked() && stored.isFor(repository))
                .toList();
    }

    /** What the life of a key needs; new ones are kept with this API credential. */
    public SharedKeyStore madeWith(String credentialsId) {
        return new SharedKeyStore() {
            @Override
            public List<SharedKey> all() {
                return byId.values().stream().map(StoredSharedKey::key).toList();
            }

            @Override
            public void save(SharedKey key) throws IOException {
                write(new StoredSharedKey(
                        key, byId(key.id()).map(StoredSharedKey::credentialsId).orElse(credentialsId)));
            }

            @Override
            public void remove(String id) throws IOException {
                forget(id);
            }
        };
    }

    private synchronized void write(StoredSharedKey stored) throws IOException {
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

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** User keys, one file each in a directory that only Jenkins' user can enter. A file that can't be read stays as it is. */
public final class UserKeyFiles {

    private static final Logger LOGGER = Logger.getLogger(UserKeyFiles.class.getName());
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("bellhop-user-key", StoredUserKey.class);
    }

    private final Path directory;
    private final Map<String, StoredUserKey> byId = new ConcurrentHashMap<>();

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
            if (new XmlFile(XSTREAM, file.toFile()).read() instanceof StoredUserKey stored) {
                byId.put(stored.id(), stored);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Can't read user key " + file.getFileName() + "; it stays as it is", e);
        }
    }

    public List<StoredUserKey> all() {
        return List.copyOf(byId.values());
    }

    public Optional<StoredUserKey> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The key with which git read the repository the last time it tried. */
    public Optional<MachineKey> provenFor(RepositoryId repository) {
        return all().stream()
                .map(StoredUserKey::key)
                .filter(key -> key.isProvenFor(repository))
                .findFirst();
    }

    /** What the life of a key needs; new ones are kept with this API credential. */
    public MachineKeyStore madeWith(String credentialsId) {
        return new MachineKeyStore() {
            @Override
            public Optional<MachineKey> find(String id) {
                return byId(id).map(StoredUserKey::key);
            }

            @Override
            public void save(MachineKey key) throws IOException {
                write(new StoredUserKey(
                        key, byId(key.id()).map(StoredUserKey::credentialsId).orElse(credentialsId)));
            }

            @Override
            public void remove(String id) throws IOException {
                forget(id);
            }
        };
    }

    private synchronized void write(StoredUserKey stored) throws IOException {
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

package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.connect.MachineKeyStore;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** User keys, one file each. */
public final class UserKeyFiles {

    private static final Logger LOGGER = Logger.getLogger(UserKeyFiles.class.getName());

    private static final StoredFiles.Format<StoredUserKey> FORMAT = new StoredFiles.Format<>(
            StoredUserKey.class, "user key", StoredUserKey::id, Stream.of(StoredUserKey.class.getDeclaredFields()));

    private final StoredFiles<StoredUserKey> files;

    public UserKeyFiles(Path directory) throws IOException {
        this.files = new StoredFiles<>(FORMAT, directory);
    }

    /** As {@link StoredFiles#unreadable}. */
    public List<String> unreadable() {
        return files.unreadable();
    }

    public List<StoredUserKey> all() {
        return files.all();
    }

    public Optional<StoredUserKey> byId(String id) {
        return files.byId(id);
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

    boolean isAnyRevoked() {
        return all().stream().anyMatch(StoredUserKey::isRevoked);
    }

    /**
     * Whether a key that the item's builds had for the repository is revoked, and they have no other. Decrypts nothing.
     *
     * @param item as of {@link Grants#nameOf}
     */
    boolean isMissingIn(String item, RepositoryId repository) {
        return !isUsableIn(item, repository)
                && all().stream().anyMatch(stored -> stored.isRevoked() && stored.isFor(item, repository));
    }

    /** Whether {@link #usableIn} has one. Decrypts nothing. */
    boolean isUsableIn(String item, RepositoryId repository) {
        return all().stream().anyMatch(stored -> !stored.isRevoked() && stored.isFor(item, repository));
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
        files.write(byId(key.id())
                .map(stored -> stored.with(key))
                .orElseGet(() -> StoredUserKey.of(key, credentialsId, grants)));
    }

    /** Changes one; does nothing when it is gone. */
    synchronized void change(String id, UnaryOperator<StoredUserKey> change) throws IOException {
        Optional<StoredUserKey> before = byId(id);
        if (before.isPresent()) {
            files.write(change.apply(before.get()));
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
                files.keep(changed);
                try {
                    files.write(changed);
                } catch (IOException e) {
                    LOGGER.log(Level.SEVERE, "Can't write down who may use the " + stored, e);
                }
            }
        }
    }

    private synchronized void forget(String id) throws IOException {
        files.forget(id);
    }
}

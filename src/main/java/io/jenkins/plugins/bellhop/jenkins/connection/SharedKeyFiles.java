package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.connect.SharedKeyStore;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shared keys, one file each. */
public final class SharedKeyFiles {

    private static final StoredFiles.Format<StoredSharedKey> FORMAT = new StoredFiles.Format<>(
            StoredSharedKey.class, "shared key", StoredSharedKey::id, StoredSharedKey.fields());

    private final StoredFiles<StoredSharedKey> files;

    public SharedKeyFiles(Path directory) throws IOException {
        this.files = new StoredFiles<>(FORMAT, directory);
    }

    /** As {@link StoredFiles#unreadable}. */
    public List<String> unreadable() {
        return files.unreadable();
    }

    public List<StoredSharedKey> all() {
        return files.all();
    }

    public Optional<StoredSharedKey> byId(String id) {
        return files.byId(id);
    }

    boolean isAnyRevoked() {
        return all().stream().anyMatch(StoredSharedKey::isRevoked);
    }

    /** Whether the key that the repository's builds had is revoked. */
    boolean isMissingFor(RepositoryId repository) {
        return all().stream().anyMatch(stored -> stored.isRevoked() && stored.isFor(repository));
    }

    /** What the life of a key needs; new ones are kept with this API credential. */
    public SharedKeyStore madeWith(String credentialsId) {
        return new SharedKeyStore() {
            @Override
            public List<SharedKey> all() {
                return files.all().stream().map(StoredSharedKey::key).toList();
            }

            @Override
            public void save(SharedKey key) throws IOException {
                files.write(new StoredSharedKey(
                        key, byId(key.id()).map(StoredSharedKey::credentialsId).orElse(credentialsId)));
            }

            @Override
            public void remove(String id) throws IOException {
                files.forget(id);
            }
        };
    }
}

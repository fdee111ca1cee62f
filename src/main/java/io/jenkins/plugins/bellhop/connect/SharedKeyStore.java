package io.jenkins.plugins.bellhop.connect;

import java.io.IOException;
import java.util.List;

/** Where shared keys are kept. What {@link #save} returned from survives a crash. */
public interface SharedKeyStore {

    List<SharedKey> all();

    /** @throws IllegalArgumentException when it is gone */
    default SharedKey key(String id) {
        return all().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The shared key " + id + " is gone"));
    }

    void save(SharedKey key) throws IOException;

    /** One that is gone already counts as removed. */
    void remove(String id) throws IOException;
}

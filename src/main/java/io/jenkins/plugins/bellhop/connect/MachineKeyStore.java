package io.jenkins.plugins.bellhop.connect;

import java.io.IOException;
import java.util.Optional;

/** Where user keys are kept. What {@link #save} returned from survives a crash. */
public interface MachineKeyStore {

    Optional<MachineKey> find(String id);

    void save(MachineKey key) throws IOException;

    /** One that is gone already counts as removed. */
    void remove(String id) throws IOException;
}

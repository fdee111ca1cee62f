package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.io.IOException;
import java.util.Optional;

/** Where connections are kept. What {@link #save} returned from survives a crash. */
public interface ConnectionStore {

    /** @throws IOException when there is one that can't be read, with a sentence that says which */
    Optional<Connection> find(RepositoryId repository) throws IOException;

    /** Adds the connection, or replaces the one with its id. */
    void save(Connection connection, ConnectionSecrets secrets) throws IOException;

    /** Forgets connection and secrets. One that is gone already counts as removed. */
    void remove(String connectionId) throws IOException;
}

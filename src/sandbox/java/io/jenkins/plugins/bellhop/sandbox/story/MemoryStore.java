package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.ConnectionSecrets;
import io.jenkins.plugins.bellhop.connect.ConnectionStore;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Connections for as long as the program runs. */
final class MemoryStore implements ConnectionStore {

    /** A connection with its secrets. */
    record Kept(Connection connection, ConnectionSecrets secrets) {}

    private final Map<String, Kept> byId = new ConcurrentHashMap<>();

    @Override
    public Optional<Connection> find(RepositoryId repository) {
        return byId.values().stream()
                .map(Kept::connection)
                .filter(connection -> connection.repository().equals(repository))
                .findFirst();
    }

    Optional<Kept> byHookPath(String hookPath) {
        return byId.values().stream()
                .filter(kept -> kept.secrets().hookPath().equals(hookPath))
                .findFirst();
    }

    Optional<Kept> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public void save(Connection connection, ConnectionSecrets secrets) {
        byId.put(connection.id(), new Kept(connection, secrets));
    }

    @Override
    public void remove(String connectionId) {
        byId.remove(connectionId);
    }
}

package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Connections in memory, in the order in which they were first saved. */
final class FakeStore implements ConnectionStore, CustodyStore {

    final Map<String, Connection> connections = new LinkedHashMap<>();
    final Map<String, ConnectionSecrets> secrets = new LinkedHashMap<>();
    final Map<String, Turnover> turnovers = new LinkedHashMap<>();

    private final Faults faults;

    FakeStore(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Optional<Connection> find(RepositoryId repository) {
        return connections.values().stream()
                .filter(connection -> connection.repository().equals(repository))
                .findFirst();
    }

    @Override
    public void save(Connection connection, ConnectionSecrets itsSecrets) throws IOException {
        call("save", () -> {
            connections.put(connection.id(), connection);
            secrets.put(connection.id(), itsSecrets);
        });
    }

    @Override
    public void remove(String connectionId) throws IOException {
        call("forget", () -> {
            connections.remove(connectionId);
            secrets.remove(connectionId);
        });
    }

    @Override
    public Optional<Custody> custody(String connectionId) {
        return Optional.ofNullable(connections.get(connectionId))
                .map(connection -> new Custody(
                        connection, secrets.get(connectionId), turnovers.getOrDefault(connectionId, Turnover.NONE)));
    }

    @Override
    public void change(String connectionId, UnaryOperator<Custody> change) throws IOException {
        Custody changed = change.apply(custody(connectionId).orElseThrow());
        call("change", () -> {
            connections.put(connectionId, changed.connection());
            secrets.put(connectionId, changed.secrets());
            turnovers.put(connectionId, changed.turnover());
        });
    }

    private void call(String name, Runnable effect) throws IOException {
        How fault = faults.next(name);
        if (fault == How.REFUSED) {
            throw new IOException("disk full");
        }
        effect.run();
        faults.breakIf(fault);
        if (fault == How.ANSWER_LOST) {
            throw new IOException("disk full");
        }
    }
}

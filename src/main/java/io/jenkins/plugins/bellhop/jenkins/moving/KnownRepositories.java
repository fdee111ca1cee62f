package io.jenkins.plugins.bellhop.jenkins.moving;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Forges;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.moving.ForgeRepository;
import io.jenkins.plugins.bellhop.moving.Repositories;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configured forges and the connected repositories at one moment: made once for many jobs. */
final class KnownRepositories implements Repositories {

    private final List<Forge> forges;
    private final Set<String> connected;

    KnownRepositories(Forges forges, ConnectionFiles connections) {
        this.forges = forges.all();
        this.connected = connections.all().stream()
                .map(StoredConnection::connection)
                .filter(Connection::isReady)
                .flatMap(KnownRepositories::places)
                .collect(Collectors.toSet());
    }

    /** Where the forge says that git reaches it, which may be another host, and under each of its names. */
    private static Stream<String> places(Connection connection) {
        String host = connection.repository().host();
        Stream<String> named = Stream.concat(
                        Stream.of(connection.repository().name()), connection.formerNames().stream())
                .map(name -> place(host, name));
        return Stream.concat(named, placeOfGit(connection).stream());
    }

    private static Optional<String> placeOfGit(Connection connection) {
        try {
            return Optional.of(place(RemoteUrl.parse(connection.sshUrl())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String place(String host, RepositoryName name) {
        return host + "/" + name.key();
    }

    private static String place(RemoteUrl remote) {
        return remote.host() + "/" + remote.path().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<ForgeRepository> at(RemoteUrl remote) {
        return forges.stream()
                .filter(forge -> forge.owns(remote))
                .findFirst()
                .map(forge -> new ForgeRepository(forge.kind(), forge.host(), forge.nameOf(remote)));
    }

    @Override
    public boolean isConnected(RemoteUrl remote, ForgeRepository repository) {
        return connected.contains(place(remote)) || connected.contains(place(repository.host(), repository.name()));
    }
}

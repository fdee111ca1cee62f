package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Forge;
import java.util.Optional;

/** Tells which connected repository a remote leads to, however it is spelt. */
public final class Remotes {

    private final ConnectionFiles files;
    private final Forges forges;

    public Remotes(ConnectionFiles files, Forges forges) {
        this.files = files;
        this.forges = forges;
    }

    /**
     * Whether a remote is the connected repository: where the forge itself says that git reaches it, which may be another host
     * than the forge's own, or under its present name or one that its forge redirects.
     */
    public boolean leadTo(Connection connection, RemoteUrl remote) {
        return isSshUrl(connection, remote) || isNamedBy(connection, remote);
    }

    private static boolean isSshUrl(Connection connection, RemoteUrl remote) {
        try {
            return RemoteUrl.parse(connection.sshUrl()).leadsToSameRepositoryAs(remote);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isNamedBy(Connection connection, RemoteUrl remote) {
        String host = connection.repository().host();
        Optional<Forge> forge =
                forges.owning(remote).filter(found -> found.host().equals(host));
        if (forge.isEmpty()) {
            return false;
        }
        Optional<RepositoryName> name = named(forge.get(), remote);
        return name.filter(called -> called.isSameAs(connection.repository().name())
                        || connection.wasCalled(called) && !isTaken(host, called))
                .isPresent();
    }

    /** Other pages of a forge than a repository's lead to none. */
    private static Optional<RepositoryName> named(Forge forge, RemoteUrl remote) {
        try {
            return Optional.of(forge.nameOf(remote));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A new repository under an old name ends the redirection. */
    private boolean isTaken(String host, RepositoryName name) {
        return files.isName(host, name);
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Custody;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Repositories;
import io.jenkins.plugins.bellhop.flow.Source;
import io.jenkins.plugins.bellhop.flow.Sources;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the flow of deliveries asks of stored connections. */
public final class ConnectionSources implements Sources, Repositories {

    private static final Logger LOGGER = Logger.getLogger(ConnectionSources.class.getName());

    private final ConnectionFiles files;
    private final Forges forges;
    private final Apis apis;

    public ConnectionSources(ConnectionFiles files, Forges forges, Apis apis) {
        this.files = files;
        this.forges = forges;
        this.apis = apis;
    }

    @Override
    public Optional<Source> find(String hookPath) {
        return files.byHookPath(hookPath).flatMap(this::of);
    }

    @Override
    public boolean isKnown(String hookPath) {
        return files.byHookPath(hookPath).isPresent();
    }

    /** Those that somebody watches. Asked every few seconds, of thousands perhaps: so each forge is looked up once. */
    public List<Source> watched() {
        Map<String, Optional<Forge>> byHost = new HashMap<>();
        return files.all().stream()
                .filter(stored -> !stored.items().isEmpty())
                .map(stored -> Map.entry(stored.connection(), stored))
                .filter(entry -> entry.getKey().isReady())
                .flatMap(entry -> byHost
                        .computeIfAbsent(entry.getKey().repository().host(), forges::of)
                        .map(forge -> source(entry.getKey(), forge, entry.getValue()))
                        .stream())
                .toList();
    }

    /** Empty while its forge isn't configured. */
    public Optional<Source> of(StoredConnection stored) {
        Custody custody = stored.custody();
        Connection connection = custody.connection();
        return forges.of(connection.repository().host()).map(forge -> source(connection, forge, stored));
    }

    private static Source source(Connection connection, Forge forge, StoredConnection stored) {
        return new Source(connection, forge, stored.custody().liveSecrets());
    }

    @Override
    public ForgeApi api(Connection connection) throws ForgeFailure {
        return apis.of(files.byId(connection.id())
                .orElseThrow(() -> new ForgeFailure(
                        ForgeFailure.Kind.NOT_FOUND, "The connection to " + connection.repository() + " is gone.")));
    }

    /** The new address is the forge's word, asked over its API; until it answers, the old one is redirected. */
    @Override
    public void renamed(Connection connection, RepositoryId today) {
        try {
            RepositoryFacts facts = api(connection).repositories().current(today);
            files.change(
                    connection.id(), stored -> stored.with(stored.connection().renamed(facts.id(), facts.sshUrl())));
        } catch (ForgeFailure | IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Could not take over the new name " + today.name() + " of " + connection.repository()
                            + "; forges redirect the old one",
                    e);
        }
    }
}

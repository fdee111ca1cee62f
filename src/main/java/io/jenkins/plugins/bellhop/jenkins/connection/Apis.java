package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import java.util.List;

/** Forges' APIs, called with the credentials that the items of a connection brought. */
public final class Apis {

    private static final Secret NO_TOKEN = Secret.of("none");

    private final Forges forges;
    private final Jobs jobs;

    public Apis(Forges forges, Jobs jobs) {
        this.forges = forges;
        this.jobs = jobs;
    }

    /** For calls that concern no item. */
    public ForgeApi of(StoredConnection stored) throws ForgeFailure {
        return of(stored.connection(), stored.credentials());
    }

    /** For calls that concern the item: its own credential comes first. */
    public ForgeApi of(StoredConnection stored, String item) throws ForgeFailure {
        return of(stored.connection(), stored.credentials(item));
    }

    /** The first credential that is there serves. Without one the forge says what it says to strangers: people see that. */
    ForgeApi of(Connection connection, List<Credentials> credentials) throws ForgeFailure {
        String host = connection.repository().host();
        Forge forge =
                forges.of(host).orElseThrow(() -> new IllegalArgumentException("No forge is configured for " + host));
        Secret token = credentials.stream()
                .flatMap(each -> jobs.token(each).stream())
                .findFirst()
                .orElse(NO_TOKEN);
        return forge.api(token);
    }
}

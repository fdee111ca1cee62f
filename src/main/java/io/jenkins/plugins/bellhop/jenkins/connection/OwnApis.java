package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;

/** Forges' APIs, called with credentials of Jenkins as a whole: for keys that are no job's. */
public final class OwnApis {

    private final Forges forges;
    private final Jobs jobs;

    public OwnApis(Forges forges, Jobs jobs) {
        this.forges = forges;
        this.jobs = jobs;
    }

    /** @throws IllegalArgumentException when there is no such credential or forge */
    ForgeApi of(String host, String credentialsId) throws ForgeFailure {
        Secret token = jobs.token(new Credentials(credentialsId, ""))
                .orElseThrow(() -> new IllegalArgumentException("Jenkins has no credential " + credentialsId
                        + " of the kind \"Secret text\" that isn't a folder's"));
        return forges.of(host)
                .orElseThrow(() -> new IllegalArgumentException("No forge is configured for " + host))
                .api(token);
    }
}

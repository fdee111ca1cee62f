package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.Alternatives;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Forges' APIs, called with the credentials that the items of a connection brought. */
public final class Apis {

    /** Credentials of one connection; of more the others are left aside. */
    static final int MOST_TRIED = 20;

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

    /** For what somebody does to the connection from the item's page: with that item's credential alone. */
    public ForgeApi ofItemAlone(StoredConnection stored, String item) throws ForgeFailure {
        return of(stored.connection(), stored.credentialsOnlyOf(item));
    }

    /** Where one credential is refused the next serves. Without any the forge says what it says to strangers: people see that. */
    ForgeApi of(Connection connection, List<Credentials> credentials) throws ForgeFailure {
        String host = connection.repository().host();
        Forge forge =
                forges.of(host).orElseThrow(() -> new IllegalArgumentException("No forge is configured for " + host));
        List<Secret> tokens = credentials.stream()
                .flatMap(each -> jobs.token(each).stream())
                .collect(Collectors.toMap(Secret::reveal, token -> token, (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .limit(MOST_TRIED)
                .toList();
        return tokens.isEmpty() ? forge.api(NO_TOKEN) : Alternatives.of(apis(forge, tokens));
    }

    /** One that is of the wrong kind is passed over while there are others. */
    private static List<ForgeApi> apis(Forge forge, List<Secret> tokens) throws ForgeFailure {
        List<ForgeApi> apis = new ArrayList<>();
        ForgeFailure wrongKind = null;
        for (Secret token : tokens) {
            try {
                apis.add(forge.api(token));
            } catch (ForgeFailure failure) {
                wrongKind = wrongKind == null ? failure : wrongKind;
            }
        }
        if (apis.isEmpty()) {
            throw wrongKind;
        }
        return apis;
    }
}

package io.jenkins.plugins.bellhop.forge;

import java.net.URI;
import java.util.Optional;

/**
 * What a forge shows beside a commit.
 *
 * @param context which of several statuses of a commit this is; posting again under one context replaces it
 * @param description one line; forges cut or refuse long ones, so each dialect shortens it to what its forge takes
 * @param target where a click on it leads
 */
public record CommitStatus(State state, String context, String description, Optional<URI> target) {

    /** How the build stands. */
    public enum State {
        PENDING,
        SUCCESS,
        FAILURE,
        ERROR
    }
}

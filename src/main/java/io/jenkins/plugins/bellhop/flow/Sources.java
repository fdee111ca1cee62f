package io.jenkins.plugins.bellhop.flow;

import java.util.Optional;

/** Finds the connection behind a hook. Called on the request's thread: answers from memory. */
public interface Sources {

    /** @param hookPath the random last part of a hook's URL, as the request had it */
    Optional<Source> find(String hookPath);

    /** Whether a connection has this hook although nothing can be found: its forge isn't configured at the moment. */
    default boolean isKnown(String hookPath) {
        return false;
    }
}

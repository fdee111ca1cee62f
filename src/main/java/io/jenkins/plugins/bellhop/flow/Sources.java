package io.jenkins.plugins.bellhop.flow;

import java.util.Optional;

/** Finds the connection behind a hook. Called on the request's thread: answers from memory. */
public interface Sources {

    /** @param hookPath the random last part of a hook's URL, as the request had it */
    Optional<Source> find(String hookPath);
}

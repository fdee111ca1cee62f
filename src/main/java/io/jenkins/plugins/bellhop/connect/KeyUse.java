package io.jenkins.plugins.bellhop.connect;

import java.time.Instant;

/** Tells who may still hold a key. */
public interface KeyUse {

    /** Whether a build that was given the connection's key before this time is still running. */
    boolean runsSince(String connectionId, Instant time);
}

package io.jenkins.plugins.bellhop.flow;

import java.time.Instant;

/**
 * Something that somebody did with a connection or its keys. Never a secret; public keys by their fingerprints.
 *
 * @param at when it was written down
 * @param who the user; empty for Bellhop itself
 * @param repository host, owner and name; empty when it is about none
 * @param item the job or build; empty when it is about none
 * @param detail what else there is to say, at most {@value #LONGEST_DETAIL} characters; may be empty
 */
public record Act(Instant at, Kind kind, String who, String repository, String item, String detail) {

    /** Characters of the detail; what is longer ends in three dots. */
    public static final int LONGEST_DETAIL = 1_000;

    public Act {
        detail = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL - 3) + "..." : detail;
    }

    /** What was done. The names are a file format. */
    public enum Kind {
        /** Key and hook were put in place at the forge. */
        MADE,
        /** A job may use the connection from now on. */
        CONNECTED,
        /** A job may not use it any more. */
        DISCONNECTED,
        /** Nothing is left of it in Jenkins. */
        REMOVED,
        KEY_CHANGED,
        KEY_REVOKED,
        HOOK_CHANGED,
        /** Jobs that may use it were renamed. */
        RENAMED,
        REPAIRED,
        /** The keys of many connections were to be changed. */
        ROTATION_OF_MANY,
        /** Many jobs were to be connected. */
        CONNECTION_OF_MANY,
        /** What started a job before was taken from it. */
        TRIGGER_OFF,
        APPROVED,
        REPLAYED,
        HOST_KEYS,
        USER_KEYS,
        SHARED_KEYS,
        /** A build was given a key. */
        KEY_USED
    }
}

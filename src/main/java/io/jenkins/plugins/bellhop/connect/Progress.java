package io.jenkins.plugins.bellhop.connect;

/** Hears how far connecting has come, for people who wait for it. */
@FunctionalInterface
public interface Progress {

    /** What connecting goes through, in this order. A repository that is connected already needs the first alone. */
    enum Step {
        /** The repository, and what the credential sees of its keys and hooks. */
        RIGHTS,
        HOST_KEY,
        KEY,
        PROOF,
        HOOK
    }

    /** The step begins; the one before it is done. */
    void begins(Step step);
}

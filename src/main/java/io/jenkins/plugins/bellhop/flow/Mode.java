package io.jenkins.plugins.bellhop.flow;

/** Whether something is handled as it came, or looked at once more. */
enum Mode {
    /** Builds, learns, cancels. */
    FIRST,
    /** Builds; what was to be learnt was learnt when it came. */
    REPLAY,
    /** Only says what would be done. */
    DRY_RUN
}

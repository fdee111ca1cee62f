package io.jenkins.plugins.bellhop.sandbox.state;

/** What happened to a pull request. */
public enum PullRequestAction {
    OPENED,
    /** New commits; the previous value is the old head. */
    UPDATED,
    CLOSED,
    REOPENED,
    READY,
    DRAFTED,
    /** The previous value is the old target branch. */
    RETARGETED,
    /** The previous value is the old title. */
    RETITLED,
    LABELED,
    DELETED
}

package io.jenkins.plugins.bellhop.sandbox.state;

/** What happened to a repository as a whole. */
public enum RepositoryAction {
    /** The previous value is the old name. */
    RENAMED,
    /** The previous value is the old owner. */
    TRANSFERRED,
    /** The previous value is the old default branch. */
    DEFAULT_BRANCH_CHANGED,
    DELETED
}

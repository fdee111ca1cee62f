package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.Optional;

/** What is known of the repository and the job while an event is decided; asked only by the rules that need it. */
public interface Situation {

    /** Whether the job is switched off. */
    default boolean isJobDisabled() {
        return false;
    }

    /** The repository's default branch, for events that don't tell it. */
    Optional<String> defaultBranch() throws Undecided;

    /** Whether an open pull request of the repository itself comes from this branch. */
    boolean hasOpenPullRequest(GitRef branch) throws Undecided;

    /** The commit's message, for events that don't tell it; empty when nobody told it. */
    Optional<String> messageOf(CommitId commit);

    /**
     * Whether the job's newest build of this subject's key is of the same commit, and is queued, runs, or ended other
     * than aborted.
     */
    boolean isBuiltAlready(Subject subject);
}

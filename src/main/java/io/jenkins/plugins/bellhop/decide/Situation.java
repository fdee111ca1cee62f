package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
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

    /** Whether an open pull request of the repository itself other than this one comes from this branch. */
    default boolean hasOtherOpenPullRequest(GitRef branch, long number) throws Undecided {
        return hasOpenPullRequest(branch);
    }

    /** Whether the hook tells of pull requests; then a change of one comes as an event of its own. */
    default boolean hookSendsPullRequests() {
        return true;
    }

    /** Whether the branch or tag was heard to be deleted, and not to be there again. */
    default boolean isDeleted(GitRef ref) {
        return false;
    }

    /** Whether a push told that the commit's message says not to build it; asked for events that tell no message. */
    boolean isMarkedToSkip(CommitId commit);

    /** Whether the commit's message says not to build it; found out for pushes that tell no message. */
    default boolean isFoundMarkedToSkip(CommitId commit) throws Undecided {
        return isMarkedToSkip(commit);
    }

    /**
     * Whether the job's newest build of this subject's key is of the same commit, and is queued, runs, or ended other
     * than aborted.
     */
    boolean isBuiltAlready(Subject subject);

    /** Whether this head is the last one that was heard of for this pull request. */
    default boolean isLastSeenHead(PullRequest pullRequest) {
        return false;
    }

    /** Whether the forge lets the base repository's key fetch what pull requests from forks bring. */
    default boolean canFetchForks() {
        return true;
    }

    /** Whether the forge lets be fetched what a pull request gives when it is merged. */
    default boolean hasMergeResults() {
        return true;
    }
}

package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.List;
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

    /**
     * The open pull requests of the repository itself that come from this branch.
     *
     * @throws Undecided when the forge had to be asked and didn't answer, or nobody keeps them
     */
    default List<PullRequest> openPullRequests(GitRef branch) throws Undecided {
        throw new Undecided(
                "Not decided yet: nobody knows which pull requests are open from " + branch.described() + ".");
    }

    /** Whether the hook sends pushes; an administrator may have taken them away at the forge. */
    default boolean hookSendsPushes() {
        return true;
    }

    /** Whether the hook sends pull requests. */
    default boolean hookSendsPullRequests() {
        return true;
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
}

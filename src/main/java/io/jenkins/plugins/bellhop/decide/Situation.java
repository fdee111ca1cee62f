package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.ChangedFiles;
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

    /** Whether the webhook at the forge tells pushes. An event that it just delivered is proof enough. */
    default boolean hookSendsPushes() {
        return true;
    }

    /** Whether the webhook at the forge tells pull requests. An event that it just delivered is proof enough. */
    default boolean hookSendsPullRequests() {
        return true;
    }

    /** Whether the webhook at the forge tells every change of pull requests, new commits among them. */
    default boolean hookSendsPullRequestUpdates() {
        return hookSendsPullRequests();
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

    /** Whether an open pull request of the repository itself comes from this branch that isn't a draft. */
    default boolean hasReadyPullRequest(GitRef branch) throws Undecided {
        return hasOpenPullRequest(branch);
    }

    /**
     * Whether such a pull request is open at this moment, as the forge itself says: that it was closed may not have been heard yet.
     *
     * @param ready drafts don't count
     */
    default boolean hasPullRequestNow(GitRef branch, boolean ready) throws Undecided {
        return ready ? hasReadyPullRequest(branch) : hasOpenPullRequest(branch);
    }

    /** Whether an open pull request of the repository itself other than this one comes from this branch. */
    default boolean hasOtherOpenPullRequest(GitRef branch, long number) throws Undecided {
        return hasOpenPullRequest(branch);
    }

    /** Whether the branch or tag was heard to be deleted, and not to be there again. */
    default boolean isDeleted(GitRef ref) {
        return false;
    }

    /** Whether the commit's message says not to build it; asked for events that tell no message. */
    boolean isMarkedToSkip(CommitId commit) throws Undecided;

    /**
     * Whether the job's newest build of this subject's key is of the same commit, and is queued, runs, or ended other
     * than aborted.
     */
    boolean isBuiltAlready(Subject subject);

    /** The same, but only builds for the pull request's target branch count. */
    default boolean isBuiltForTarget(Subject subject) {
        return isBuiltAlready(subject);
    }

    /** Whether this head is the last one that was heard of for this pull request. */
    default boolean isLastSeenHead(PullRequest pullRequest) {
        return false;
    }

    /** Whether the forge lets the base repository's key fetch what pull requests from forks bring. */
    default boolean canFetchForks() {
        return true;
    }

    /**
     * Why the author doesn't count as a member, in words that go on with "but"; empty for a member. Asked of pull requests
     * that don't tell.
     */
    default Optional<String> whyStranger(PullRequest pullRequest) throws Undecided {
        return Optional.of("nobody can say whether its author may write to the repository");
    }

    /** Who approved that this job builds the pull request's very head commit; empty when nobody did. */
    default Optional<String> approver(PullRequest pullRequest) {
        return Optional.empty();
    }

    /** Where the branch was when its last push was handled. Pushes may get lost, so the event may tell another commit. */
    default Optional<CommitId> lastHandledHead(GitRef branch) {
        return Optional.empty();
    }

    /** What lies between two commits of a branch. */
    default ChangedFiles changedBetween(CommitId before, CommitId after) throws Undecided {
        return ChangedFiles.unknown();
    }

    /** What a pull request of the repository itself changes in its target. */
    default ChangedFiles changedBy(PullRequest pullRequest) throws Undecided {
        return ChangedFiles.unknown();
    }

    /** Whether the forge lets be fetched what a pull request gives when it is merged. */
    default boolean hasMergeResults() {
        return true;
    }
}

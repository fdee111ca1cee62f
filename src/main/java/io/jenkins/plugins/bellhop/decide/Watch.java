package io.jenkins.plugins.bellhop.decide;

/**
 * One job's standing order: what of its repository it builds.
 *
 * @param onlyPullRequests build the default branch and branches with an open pull request, no others
 * @param forks what to do with pull requests from forks
 * @param branches which branches may build at all
 * @param tags which tags build; with no pattern, none
 * @param superseding which builds give way to newer commits
 * @param mergeResults build what a pull request and its target give when they are merged, where the forge keeps it
 */
public record Watch(
        boolean onlyPullRequests,
        Forks forks,
        RefFilter branches,
        RefFilter tags,
        Superseding superseding,
        boolean mergeResults) {

    /** Every branch, no tag, no fork. */
    public static final Watch DEFAULT =
            new Watch(false, Forks.OFF, RefFilter.NONE, RefFilter.NONE, Superseding.DEFAULT, false);

    /** What to do with pull requests from forks. */
    public enum Forks {
        OFF,
        ON
    }

    /**
     * Which builds of a branch or pull request give way once a newer commit of it is to be built.
     *
     * @param queued those that wait in the queue
     * @param running those that have begun
     */
    public record Superseding(boolean queued, boolean running) {

        /** What waits gives way, what runs doesn't. */
        public static final Superseding DEFAULT = new Superseding(true, false);
    }

    public Watch withOnlyPullRequests(boolean only) {
        return new Watch(only, forks, branches, tags, superseding, mergeResults);
    }

    public Watch withForks(Forks policy) {
        return new Watch(onlyPullRequests, policy, branches, tags, superseding, mergeResults);
    }

    public Watch withBranches(RefFilter filter) {
        return new Watch(onlyPullRequests, forks, filter, tags, superseding, mergeResults);
    }

    public Watch withTags(RefFilter filter) {
        return new Watch(onlyPullRequests, forks, branches, filter, superseding, mergeResults);
    }

    public Watch withSuperseding(Superseding which) {
        return new Watch(onlyPullRequests, forks, branches, tags, which, mergeResults);
    }

    public Watch withMergeResults(boolean merged) {
        return new Watch(onlyPullRequests, forks, branches, tags, superseding, merged);
    }
}

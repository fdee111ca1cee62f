package io.jenkins.plugins.bellhop.decide;

/**
 * One job's standing order: what of its repository it builds.
 *
 * @param onlyPullRequests build the default branch and branches with an open pull request, no others
 * @param skipDrafts draft pull requests don't build, and don't count as open ones
 * @param buildRetargeted a pull request builds when it gets another target branch
 * @param mergeResults build what a pull request and its target give when they are merged, where the forge keeps it
 * @param forks which pull requests from forks build
 * @param keysForForks whether builds of forks get the keys that are withheld from them otherwise
 * @param branches which branches may build at all
 * @param tags which tags build; with no pattern, none
 * @param paths of which files one has to change for a branch to build; with no pattern, any
 * @param superseding which builds give way to newer commits
 */
public record Watch(
        boolean onlyPullRequests,
        boolean skipDrafts,
        boolean buildRetargeted,
        boolean mergeResults,
        Forks forks,
        boolean keysForForks,
        RefFilter branches,
        RefFilter tags,
        RefFilter paths,
        Superseding superseding) {

    /** Every branch, no tag, no fork. */
    public static final Watch DEFAULT = new Watch(
            false,
            false,
            false,
            false,
            Forks.OFF,
            false,
            RefFilter.NONE,
            RefFilter.NONE,
            RefFilter.NONE,
            Superseding.DEFAULT);

    /** Which pull requests from forks build. */
    public enum Forks {
        OFF,
        /** Those whose authors belong to the repository. */
        MEMBERS,
        /** Those of which somebody in Jenkins approved the very commit. */
        APPROVED,
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

    /** Whether a build of this gets no key but the one that its checkout needs. */
    public boolean withholdsKeysFrom(Subject subject) {
        return !keysForForks && subject.match(own -> false, fork -> true);
    }

    public Watch withOnlyPullRequests(boolean only) {
        return new Watch(
                only,
                skipDrafts,
                buildRetargeted,
                mergeResults,
                forks,
                keysForForks,
                branches,
                tags,
                paths,
                superseding);
    }

    public Watch withSkipDrafts(boolean skip) {
        return new Watch(
                onlyPullRequests,
                skip,
                buildRetargeted,
                mergeResults,
                forks,
                keysForForks,
                branches,
                tags,
                paths,
                superseding);
    }

    public Watch withBuildRetargeted(boolean build) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                build,
                mergeResults,
                forks,
                keysForForks,
                branches,
                tags,
                paths,
                superseding);
    }

    public Watch withMergeResults(boolean merged) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                buildRetargeted,
                merged,
                forks,
                keysForForks,
                branches,
                tags,
                paths,
                superseding);
    }

    public Watch withForks(Forks policy) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                buildRetargeted,
                mergeResults,
                policy,
                keysForForks,
                branches,
                tags,
                paths,
                superseding);
    }

    public Watch withKeysForForks(boolean keys) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                buildRetargeted,
                mergeResults,
                forks,
                keys,
                branches,
                tags,
                paths,
                superseding);
    }

    public Watch withBranches(RefFilter filter) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                buildRetargeted,
                mergeResults,
                forks,
                keysForForks,
                filter,
                tags,
                paths,
                superseding);
    }

    public Watch withTags(RefFilter filter) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                buildRetargeted,
                mergeResults,
                forks,
                keysForForks,
                branches,
                filter,
                paths,
                superseding);
    }

    public Watch withPaths(RefFilter filter) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                buildRetargeted,
                mergeResults,
                forks,
                keysForForks,
                branches,
                tags,
                filter,
                superseding);
    }

    public Watch withSuperseding(Superseding which) {
        return new Watch(
                onlyPullRequests,
                skipDrafts,
                buildRetargeted,
                mergeResults,
                forks,
                keysForForks,
                branches,
                tags,
                paths,
                which);
    }
}

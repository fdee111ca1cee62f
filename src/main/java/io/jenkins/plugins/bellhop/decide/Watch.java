package io.jenkins.plugins.bellhop.decide;

/**
 * One job's standing order: what of its repository it builds.
 *
 * @param onlyPullRequests build the default branch and branches with an open pull request, no others
 * @param skipDrafts draft pull requests don't build, and don't count as open ones
 * @param buildRetargeted a pull request builds when it gets another target branch
 * @param forks which pull requests from forks build
 * @param keysForForks whether builds of forks get the keys that are withheld from them otherwise
 * @param branches which branches may build at all
 * @param tags which tags build; with no pattern, none
 * @param paths of which files one has to change for a branch to build; with no pattern, any
 */
public record Watch(
        boolean onlyPullRequests,
        boolean skipDrafts,
        boolean buildRetargeted,
        Forks forks,
        boolean keysForForks,
        RefFilter branches,
        RefFilter tags,
        RefFilter paths) {

    /** Every branch, no tag, no fork. */
    public static final Watch DEFAULT =
            new Watch(false, false, false, Forks.OFF, false, RefFilter.NONE, RefFilter.NONE, RefFilter.NONE);

    /** Which pull requests from forks build. */
    public enum Forks {
        OFF,
        /** Those whose authors belong to the repository. */
        MEMBERS,
        /** Those of which somebody in Jenkins approved the very commit. */
        APPROVED,
        ON
    }

    /** Whether a build of this gets no key but the one that its checkout needs. */
    public boolean withholdsKeysFrom(Subject subject) {
        return !keysForForks && subject.match(own -> false, fork -> true);
    }

    public Watch withOnlyPullRequests(boolean only) {
        return new Watch(only, skipDrafts, buildRetargeted, forks, keysForForks, branches, tags, paths);
    }

    public Watch withSkipDrafts(boolean skip) {
        return new Watch(onlyPullRequests, skip, buildRetargeted, forks, keysForForks, branches, tags, paths);
    }

    public Watch withBuildRetargeted(boolean build) {
        return new Watch(onlyPullRequests, skipDrafts, build, forks, keysForForks, branches, tags, paths);
    }

    public Watch withForks(Forks policy) {
        return new Watch(onlyPullRequests, skipDrafts, buildRetargeted, policy, keysForForks, branches, tags, paths);
    }

    public Watch withKeysForForks(boolean keys) {
        return new Watch(onlyPullRequests, skipDrafts, buildRetargeted, forks, keys, branches, tags, paths);
    }

    public Watch withBranches(RefFilter filter) {
        return new Watch(onlyPullRequests, skipDrafts, buildRetargeted, forks, keysForForks, filter, tags, paths);
    }

    public Watch withTags(RefFilter filter) {
        return new Watch(onlyPullRequests, skipDrafts, buildRetargeted, forks, keysForForks, branches, filter, paths);
    }

    public Watch withPaths(RefFilter filter) {
        return new Watch(onlyPullRequests, skipDrafts, buildRetargeted, forks, keysForForks, branches, tags, filter);
    }
}

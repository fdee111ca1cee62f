package io.jenkins.plugins.bellhop.decide;

/**
 * One job's standing order: what of its repository it builds.
 *
 * @param onlyPullRequests build the default branch and branches with an open pull request, no others
 * @param forks what to do with pull requests from forks
 * @param branches which branches may build at all
 * @param tags which tags build; with no pattern, none
 */
public record Watch(boolean onlyPullRequests, Forks forks, RefFilter branches, RefFilter tags) {

    /** Every branch, no tag, no fork. */
    public static final Watch DEFAULT = new Watch(false, Forks.OFF, RefFilter.NONE, RefFilter.NONE);

    /** What to do with pull requests from forks. */
    public enum Forks {
        OFF,
        ON
    }

    public Watch withOnlyPullRequests(boolean only) {
        return new Watch(only, forks, branches, tags);
    }

    public Watch withForks(Forks policy) {
        return new Watch(onlyPullRequests, policy, branches, tags);
    }

    public Watch withBranches(RefFilter filter) {
        return new Watch(onlyPullRequests, forks, filter, tags);
    }

    public Watch withTags(RefFilter filter) {
        return new Watch(onlyPullRequests, forks, branches, filter);
    }
}

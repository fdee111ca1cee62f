package io.jenkins.plugins.bellhop.forge;

/**
 * Which kinds of event a hook sends; administrators may have taken some away at the forge.
 *
 * @param pushes of branches and tags, and their deletion
 * @param pullRequests new ones and new commits in them
 * @param everyPullRequestChange also that they were closed or got new commits, so that whoever hears them all knows which are open
 */
public record HookEvents(boolean pushes, boolean pullRequests, boolean everyPullRequestChange) {

    public static final HookEvents ALL = new HookEvents(true, true, true);
    public static final HookEvents NONE = new HookEvents(false, false, false);
}

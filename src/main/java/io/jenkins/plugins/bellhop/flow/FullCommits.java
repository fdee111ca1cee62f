package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;

/**
 * Puts the whole hash of a commit into an event that names it otherwise: Bitbucket Cloud abbreviates those of pull
 * requests, and Data Center tells the tag object of an annotated tag.
 */
final class FullCommits {

    private FullCommits() {}

    /** Whether anything has to be asked at all. */
    static boolean areMissing(Event event, Source source) {
        if (event instanceof Event.PullRequestChanged changed) {
            // Nothing is built of a closed one, and of a fork only where it can be fetched from the base repository.
            return changed.change() != Event.Change.CLOSED
                    && !changed.pullRequest().fork()
                    && changed.pullRequest().head().isAbbreviated();
        }
        return event instanceof Event.TagPushed && source.forge().tellsTagObjects();
    }

    static Event filledIn(Event event, ForgeApi api) throws ForgeFailure {
        if (event instanceof Event.PullRequestChanged changed) {
            PullRequest request = changed.pullRequest();
            CommitId head = api.refs().commit(event.repository(), request.head());
            return new Event.PullRequestChanged(event.repository(), request.withHead(head), changed.change());
        }
        if (event instanceof Event.TagPushed pushed) {
            CommitId commit = api.refs().commit(event.repository(), pushed.commit());
            return new Event.TagPushed(event.repository(), pushed.tag(), commit, pushed.headMessage());
        }
        return event;
    }
}

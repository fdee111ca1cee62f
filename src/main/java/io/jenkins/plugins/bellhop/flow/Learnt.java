package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.decide.SkipMarker;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What events and forges told so that nobody has to ask again; in memory alone.
 *
 * @param defaultBranches by connection
 * @param marked whether commits are marked to be skipped
 */
record Learnt(
        PullRequestIndex pullRequests, Map<String, DefaultBranch> defaultBranches, Map<CommitId, Boolean> marked) {

    /** Commits of which it is remembered whether they are marked to be skipped. */
    static final int MOST_MARKED = 1_000;

    record DefaultBranch(Optional<String> name, Instant knownAt) {}

    private static final class Marked extends LinkedHashMap<CommitId, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CommitId, Boolean> eldest) {
            return size() > MOST_MARKED;
        }
    }

    Learnt() {
        this(new PullRequestIndex(), new ConcurrentHashMap<>(), Collections.synchronizedMap(new Marked()));
    }

    /** What is marked is the commits', whichever connection they come by. */
    void forget(String connectionId) {
        pullRequests.forget(connectionId);
        defaultBranches.remove(connectionId);
    }

    void learn(String connectionId, Event event) {
        if (event instanceof Event.PullRequestChanged changed) {
            pullRequests.learn(connectionId, changed);
        }
        if (event instanceof Event.BranchPushed pushed) {
            pushed.headMessage().ifPresent(message -> marked.put(pushed.commit(), SkipMarker.isIn(message)));
        } else if (event instanceof Event.DefaultBranchChanged) {
            // It may have waited for long; the forge knows today's.
            defaultBranches.remove(connectionId);
        }
    }
}

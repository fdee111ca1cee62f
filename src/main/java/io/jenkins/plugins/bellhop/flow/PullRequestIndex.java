package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which open pull requests come from which branches of the repository itself: told by events, asked for branch by branch while
 * it is cold, listed when catching up. In memory; a restart, and connections that nothing was heard of for long, begin anew.
 */
final class PullRequestIndex {

    /** Pull requests and asked branches of all connections; beyond it the connection that wasn't used longest begins anew. */
    static final int MOST = 100_000;

    private final int most;
    private final Map<String, Known> byConnection = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    private static final class Known {
        private final Map<Long, PullRequest> open = new HashMap<>();
        private final Set<String> asked = new HashSet<>();
        /** Told to be closed since the last listing: what a forge answers may be older than what it told. */
        private final Set<Long> closed = new HashSet<>();
        /** Told to be open since then. */
        private final Set<Long> opened = new HashSet<>();

        private boolean whole;

        private int size() {
            return 1 + open.size() + asked.size() + closed.size() + opened.size();
        }
    }

    PullRequestIndex() {
        this(MOST);
    }

    PullRequestIndex(int most) {
        this.most = most;
    }

    /** Those from this branch; empty when that isn't known. */
    synchronized Optional<List<PullRequest>> from(String connectionId, String branch) {
        Known known = byConnection.get(connectionId);
        if (known == null || !known.whole && !known.asked.contains(branch)) {
            return Optional.empty();
        }
        return Optional.of(known.open.values().stream()
                .filter(request -> request.headBranch().equals(branch))
                .toList());
    }

    /** The forge was asked for one branch. */
    synchronized void asked(String connectionId, String branch, List<PullRequest> open) {
        change(connectionId, known -> {
            known.open
                    .values()
                    .removeIf(
                            request -> request.headBranch().equals(branch) && !known.opened.contains(request.number()));
            open.stream()
                    .filter(request -> !known.closed.contains(request.number()))
                    .filter(request -> !known.opened.contains(request.number()))
                    .forEach(request -> put(known, request));
            if (!known.whole) {
                known.asked.add(branch);
            }
        });
    }

    /**
     * The forge listed all that are open.
     *
     * @param later keys ({@link SeenHeads#pullRequest}) of those of which something newer was heard: that holds
     */
    synchronized void listed(String connectionId, List<PullRequest> open, Set<String> later) {
        change(connectionId, known -> {
            known.open.keySet().removeIf(number -> !later.contains(SeenHeads.pullRequest(number)));
            open.stream()
                    .filter(request -> !later.contains(SeenHeads.pullRequest(request.number())))
                    .forEach(request -> put(known, request));
            known.asked.clear();
            known.closed.removeIf(number -> !later.contains(SeenHeads.pullRequest(number)));
            known.opened.removeIf(number -> !later.contains(SeenHeads.pullRequest(number)));
            known.whole = true;
        });
    }

    synchronized void learn(String connectionId, Event.PullRequestChanged changed) {
        change(connectionId, known -> {
            PullRequest request = changed.pullRequest();
            if (changed.change() == Event.Change.CLOSED) {
                known.open.remove(request.number());
                known.opened.remove(request.number());
                known.closed.add(request.number());
            } else {
                known.closed.remove(request.number());
                put(known, request);
                if (!request.fork()) {
                    known.opened.add(request.number());
                }
            }
        });
    }

    /** Not everything is heard any more. */
    synchronized void forget(String connectionId) {
        Known gone = byConnection.remove(connectionId);
        size -= gone == null ? 0 : gone.size();
    }

    /** A fork's branch is another one of the same name. */
    private static void put(Known known, PullRequest request) {
        if (!request.fork()) {
            known.open.put(request.number(), request);
        }
    }

    private void change(String connectionId, Change change) {
        Known known = byConnection.get(connectionId);
        if (known == null) {
            known = new Known();
            byConnection.put(connectionId, known);
        } else {
            size -= known.size();
        }
        change.of(known);
        size += known.size();
        for (Iterator<Known> eldest = byConnection.values().iterator(); size > most && eldest.hasNext(); ) {
            size -= eldest.next().size();
            eldest.remove();
        }
    }

    @FunctionalInterface
    private interface Change {
        void of(Known known);
    }
}

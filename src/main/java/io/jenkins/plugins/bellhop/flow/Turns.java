package io.jenkins.plugins.bellhop.flow;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose turn it is. Of one lane, what came first goes first, and never two at once; lanes take turns; and those on one host
 * get only a part of all that may run, so that a dead forge leaves something to the others.
 */
final class Turns {

    private final int mostAtOnce;
    private final int mostOnOneHost;
    private final Map<Lane, Deque<Runnable>> waiting = new HashMap<>();
    private final Map<String, Host> hosts = new HashMap<>();
    private long tickets;
    private int running;
    private int left;

    /** What has to happen in order, all on one host. */
    record Lane(String id, String host) {}

    /** Work whose turn it is. */
    record Turn(Lane lane, Runnable work) {}

    private static final class Host {
        /** Lanes with something to do, the one that waits longest first. */
        private final Deque<Ready> ready = new ArrayDeque<>();

        private int running;
    }

    private record Ready(Lane lane, long ticket) {}

    Turns(int mostAtOnce, int mostOnOneHost) {
        this.mostAtOnce = mostAtOnce;
        this.mostOnOneHost = mostOnOneHost;
    }

    synchronized void add(Lane lane, Runnable work) {
        left++;
        Deque<Runnable> before = waiting.get(lane);
        if (before != null) {
            before.add(work);
            return;
        }
        waiting.put(lane, new ArrayDeque<>());
        waiting.get(lane).add(work);
        getInLine(lane);
    }

    private void getInLine(Lane lane) {
        hosts.computeIfAbsent(lane.host(), name -> new Host()).ready.add(new Ready(lane, tickets++));
    }

    /** What may run now; {@link #over} has to follow. */
    synchronized Optional<Turn> next() {
        if (running >= mostAtOnce) {
            return Optional.empty();
        }
        return hosts.values().stream()
                .filter(host -> !host.ready.isEmpty() && host.running < mostOnOneHost)
                .min(Comparator.comparingLong(host -> host.ready.element().ticket()))
                .map(this::begin);
    }

    private Turn begin(Host host) {
        Lane lane = host.ready.remove().lane();
        host.running++;
        running++;
        return new Turn(lane, waiting.get(lane).remove());
    }

    synchronized void over(Turn turn) {
        running--;
        left--;
        Host host = hosts.get(turn.lane().host());
        host.running--;
        if (!waiting.get(turn.lane()).isEmpty()) {
            getInLine(turn.lane());
            return;
        }
        waiting.remove(turn.lane());
        if (host.running == 0 && host.ready.isEmpty()) {
            hosts.remove(turn.lane().host());
        }
    }

    /** Whether nothing runs or waits for its turn. */
    synchronized boolean isIdle() {
        return left == 0;
    }
}

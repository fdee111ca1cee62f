package io.jenkins.plugins.bellhop.jenkins.trigger;

import io.jenkins.plugins.bellhop.flow.DecisionLog;
import io.jenkins.plugins.bellhop.flow.Entry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest decisions of all connections, kept in memory. */
public final class RecentDecisions implements DecisionLog {

    /** Entries; the oldest go first. */
    public static final int MOST = 10_000;

    private final Clock clock;
    private final Deque<Dated> entries = new ArrayDeque<>();

    /** An entry and when it was made. */
    public record Dated(Instant at, Entry entry) {}

    public RecentDecisions(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void add(Entry entry) {
        entries.addFirst(new Dated(clock.instant(), entry));
        if (entries.size() > MOST) {
            entries.removeLast();
        }
    }

    /** Those of one connection that concern the job or no job at all, newest first. */
    public synchronized List<Dated> of(String connectionId, String job, int most) {
        return entries.stream()
                .filter(dated -> dated.entry().connectionId().equals(connectionId))
                .filter(dated -> dated.entry().job().isEmpty()
                        || dated.entry().job().get().equals(job))
                .limit(most)
                .toList();
    }
}

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * So many entries and no more. When there is one too many, whoever has most of them loses its oldest: a noisy connection
 * pushes out its own entries, not those of others. What was refused counts apart from its connection's other entries, so that
 * who merely knows an address pushes out nothing that was proven.
 */
final class FairEntries {

    private final int most;
    private final NavigableMap<Long, Dated> all = new TreeMap<>();
    private final Map<String, Deque<Long>> byOwner = new HashMap<>();
    /** Who has how many; of equals the one that has had them longest is first. */
    private final NavigableMap<Integer, Set<String>> ownersBySize = new TreeMap<>();

    private long next;

    FairEntries(int most) {
        this.most = most;
    }

    void add(Dated dated) {
        String owner = owner(dated.entry());
        Deque<Long> numbers = byOwner.computeIfAbsent(owner, none -> new ArrayDeque<>());
        all.put(next, dated);
        numbers.addLast(next);
        next++;
        resized(owner, numbers.size() - 1, numbers.size());
        if (all.size() > most) {
            removeOldestOf(ownersBySize.lastEntry().getValue().iterator().next());
        }
    }

    private void removeOldestOf(String owner) {
        Deque<Long> numbers = byOwner.get(owner);
        all.remove(numbers.removeFirst());
        resized(owner, numbers.size() + 1, numbers.size());
        if (numbers.isEmpty()) {
            byOwner.remove(owner);
        }
    }

    private void resized(String owner, int before, int now) {
        ownersBySize.computeIfPresent(before, (size, owners) -> {
            owners.remove(owner);
            return owners.isEmpty() ? null : owners;
        });
        if (now > 0) {
            ownersBySize.computeIfAbsent(now, none -> new LinkedHashSet<>()).add(owner);
        }
    }

    private static String owner(Entry entry) {
        return entry.outcome() == Outcome.REFUSED ? "refused " + entry.connectionId() : entry.connectionId();
    }

    int size() {
        return all.size();
    }

    Collection<Dated> oldestFirst() {
        return all.values();
    }

    Stream<Dated> newestFirst() {
        return all.descendingMap().values().stream();
    }
}

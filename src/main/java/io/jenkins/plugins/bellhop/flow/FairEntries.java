package io.jenkins.plugins.bellhop.flow;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * So many entries and no more. When there is one too many, whoever has most of them loses its oldest: a noisy owner pushes out
 * its own entries, not those of others.
 */
final class FairEntries<T> {

    private final int most;
    private final Function<T, String> ownerOf;
    private final NavigableMap<Long, T> all = new TreeMap<>();
    private final Map<String, Deque<Long>> byOwner = new HashMap<>();
    /** Who has how many; of equals the one that has had them longest is first. */
    private final NavigableMap<Integer, Set<String>> ownersBySize = new TreeMap<>();

    private long next;

    FairEntries(int most, Function<T, String> ownerOf) {
        this.most = most;
        this.ownerOf = ownerOf;
    }

    void add(T entry) {
        String owner = ownerOf.apply(entry);
        Deque<Long> numbers = byOwner.computeIfAbsent(owner, none -> new ArrayDeque<>());
        all.put(next, entry);
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

    int size() {
        return all.size();
    }

    Collection<T> oldestFirst() {
        return all.values();
    }

    Stream<T> newestFirst() {
        return all.descendingMap().values().stream();
    }
}

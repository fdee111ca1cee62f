package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.Progress.Step;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** How connecting items went the last time, and how far it is with those that are just being connected; in memory. */
final class Attempts {

    private final NavigableMap<String, Attempt> last = new ConcurrentSkipListMap<>();
    private final Map<String, List<Step>> underWay = new ConcurrentHashMap<>();

    void begin(String name) {
        underWay.put(name, new CopyOnWriteArrayList<>());
    }

    void begins(String name, Step step) {
        underWay.getOrDefault(name, new CopyOnWriteArrayList<>()).add(step);
    }

    /** The steps that have begun; empty when nothing is under way. */
    Optional<List<Step>> stepsOf(String name) {
        return Optional.ofNullable(underWay.get(name)).map(List::copyOf);
    }

    void end(String name) {
        underWay.remove(name);
    }

    /**
     * Answers it as people are told of it. What nobody saved says nothing of the item: the form alone tells of it, and that the
     * item is still to be saved.
     */
    Attempt note(Item item, String repositoryUrl, String credentialsId, Attempt attempt) {
        if (asksFor(item, repositoryUrl, credentialsId)) {
            last.put(item.getFullName(), attempt);
            return attempt;
        }
        return attempt.connected() ? attempt.unsaved(item) : attempt;
    }

    private static boolean asksFor(Item item, String repositoryUrl, String credentialsId) {
        return Wish.of(item)
                .filter(wish -> wish.getRepositoryUrl().equals(repositoryUrl)
                        && wish.getCredentialsId().equals(credentialsId))
                .isPresent();
    }

    Optional<Attempt> last(String name) {
        return Optional.ofNullable(last.get(name));
    }

    /** By the items' names. */
    Map<String, Attempt> all() {
        return Map.copyOf(last);
    }

    void forget(String name) {
        last.remove(name);
    }

    /** From the old name to the last that begins with it: the item and what lies in it, and no other that isn't seen to be. */
    void moved(String oldName, String newName) {
        for (String name : last.subMap(oldName, oldName + Character.MAX_VALUE).keySet()) {
            String moved = StoredConnection.moved(name, oldName, newName);
            if (!moved.equals(name)) {
                Optional.ofNullable(last.remove(name)).ifPresent(attempt -> last.put(moved, attempt));
                Optional.ofNullable(underWay.remove(name)).ifPresent(steps -> underWay.put(moved, steps));
            }
        }
    }
}

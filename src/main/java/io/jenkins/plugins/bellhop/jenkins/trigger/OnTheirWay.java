package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Queue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Builds that were scheduled and haven't begun. Between leaving the queue and becoming a build, Jenkins lists an item
 * nowhere; without this memory, a second event of the same commit would find no build and ask for one.
 */
final class OnTheirWay {

    /** Entries before those that have begun are cleared away, at least; each is a build in the queue or one that was. */
    static final int MANY = 1_000;

    private final Map<Place, Scheduled> newest = new ConcurrentHashMap<>();
    private volatile int clearedAt = MANY;

    private record Place(String job, String subject) {}

    private record Scheduled(String commit, Queue.Item item) {

        boolean isOnItsWay() {
            return !item.getFuture().isCancelled()
                    && !item.getFuture().getStartCondition().isDone();
        }
    }

    void add(String job, String subject, String commit, Queue.Item item) {
        if (newest.size() >= clearedAt) {
            newest.values().removeIf(scheduled -> !scheduled.isOnItsWay());
            // All of them may wait in a long queue: then not each new one is worth another look at all.
            clearedAt = Math.max(MANY, 2 * newest.size());
        }
        newest.put(new Place(job, subject), new Scheduled(commit, item));
    }

    /** The commit of the newest build of this subject, while it hasn't begun. */
    Optional<String> commit(String job, String subject) {
        return Optional.ofNullable(newest.get(new Place(job, subject)))
                .filter(Scheduled::isOnItsWay)
                .map(Scheduled::commit);
    }

    /** The newest item of this subject, while it hasn't begun. */
    Optional<Queue.Item> item(String job, String subject) {
        return Optional.ofNullable(newest.get(new Place(job, subject)))
                .filter(Scheduled::isOnItsWay)
                .map(Scheduled::item);
    }
}

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes items out of the queue whose build exists, or that were cancelled. Jenkins writes its queue only some time after an item
 * left it; a crash in between brings the item back, and it would be built twice, or after all.
 */
@Extension
public final class RestoredItems extends QueueTaskDispatcher {

    private final Map<Long, Queue.Item> found = new ConcurrentHashMap<>();
    private volatile boolean resumed;

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        DecidedRevision revision = item.getAction(DecidedRevision.class);
        if (revision == null || !revision.isRestored()) {
            return null;
        }
        if (Wiring.get().owedBuilds().isSettled(revision)
                || item.task instanceof Job<?, ?> job && isBuilt(job, item, revision)) {
            return new BuiltBefore();
        }
        // Asked once: from now on, the item's build can be no other than the one that it becomes.
        revision.settle();
        if (!resumed) {
            found.put(revision.owedAs(), item);
        }
        return null;
    }

    /** An item of the queue that Jenkins wrote before it was restarted; it may have left since. */
    Optional<Queue.Item> find(DecidedRevision revision) {
        return Optional.ofNullable(found.get(revision.owedAs()));
    }

    /** What a crash took away was asked for again: nobody will look for items here any more. */
    void resumed() {
        resumed = true;
        found.clear();
    }

    /**
     * By the item's number only if nothing better was written down with it: after a crash Jenkins gives out anew those numbers
     * that it had not written down itself.
     */
    private static boolean isBuilt(Job<?, ?> job, Queue.Item item, DecidedRevision revision) {
        return revision.owedAs() == 0
                ? ConnectedJob.recentBuilds(job).anyMatch(run -> run.getQueueId() == item.getId())
                : ConnectedJob.recentBuilds(job)
                        .flatMap(run -> DecidedRevision.of(run).stream())
                        .anyMatch(revision::isSameBuildAs);
    }

    /** Fatal: Jenkins removes such an item. */
    private static final class BuiltBefore extends CauseOfBlockage {

        @Override
        public String getShortDescription() {
            return Messages.RestoredItems_BuiltBefore();
        }

        @Override
        public boolean isFatal() {
            return true;
        }
    }
}

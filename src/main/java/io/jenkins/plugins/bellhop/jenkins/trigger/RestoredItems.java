package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.bellhop.jenkins.Messages;

/**
 * Takes items out of the queue whose build exists. Jenkins writes its queue only some time after an item became a build; a crash
 * in between brings the item back, and it would be built twice.
 */
@Extension
public final class RestoredItems extends QueueTaskDispatcher {

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        DecidedRevision revision = item.getAction(DecidedRevision.class);
        if (revision == null || !revision.isRestored()) {
            return null;
        }
        if (item.task instanceof Job<?, ?> job && isBuilt(job, item.getId())) {
            return new BuiltBefore();
        }
        // Asked once: from now on, the item's build can be no other than the one that it becomes.
        revision.settle();
        return null;
    }

    private static boolean isBuilt(Job<?, ?> job, long queueId) {
        int looked = 0;
        for (Run<?, ?> run = job.getLastBuild();
                run != null && looked < ConnectedJob.MOST_BUILDS;
                run = run.getPreviousBuild()) {
            if (run.getQueueId() == queueId) {
                return true;
            }
            looked++;
        }
        return false;
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

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.bellhop.jenkins.Wiring;

/** What somebody takes out of the queue isn't owed any more. */
@Extension
public final class CancelledItems extends QueueListener {

    @Override
    public void onLeft(Queue.LeftItem item) {
        DecidedRevision revision = item.getAction(DecidedRevision.class);
        if (revision != null && item.isCancelled()) {
            Wiring.get().owedBuilds().settle(revision);
        }
    }
}

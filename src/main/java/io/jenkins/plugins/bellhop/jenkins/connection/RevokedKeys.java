package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.Optional;

/** Builds wait while their connection's key is revoked and the next one doesn't work yet. */
@Extension
public final class RevokedKeys extends QueueTaskDispatcher {

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        return item.task instanceof Job<?, ?> job ? waiting(job).orElse(null) : null;
    }

    private static Optional<CauseOfBlockage> waiting(Job<?, ?> job) {
        return Wiring.get().connections().usedIn(job).stream()
                .filter(StoredConnection::isRevoked)
                .findFirst()
                .map(stored -> new WaitsForKey(stored.connection().repository().toString()));
    }

    /** Not fatal: the item stays in the queue. */
    private static final class WaitsForKey extends CauseOfBlockage {

        private final String repository;

        WaitsForKey(String repository) {
            this.repository = repository;
        }

        @Override
        public String getShortDescription() {
            return Messages.RevokedKeys_Waits(repository);
        }
    }
}

package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Builds wait while their connection's key is revoked and the next one doesn't work yet. */
@Extension
public final class RevokedKeys extends QueueTaskDispatcher {

    private static final Logger LOGGER = Logger.getLogger(RevokedKeys.class.getName());

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        try {
            return item.task instanceof Job<?, ?> job ? waiting(job).orElse(null) : null;
        } catch (RuntimeException e) {
            // Jenkins would take it for a reason to wait, for every job there is. A revoked key is handed to nobody
            // anyhow.
            LOGGER.log(Level.FINE, "Can't say whether a key is revoked", e);
            return null;
        }
    }

    /** Jenkins asks while it holds its queue: nothing is read from disk here. */
    private static Optional<CauseOfBlockage> waiting(Job<?, ?> job) {
        return Wiring.get().startedConnections().stream()
                .flatMap(connections -> connections.usedIn(job).stream())
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

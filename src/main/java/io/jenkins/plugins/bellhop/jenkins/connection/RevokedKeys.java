package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Builds wait while a key that they had for their repository is revoked and the next one doesn't work yet. */
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
        Wiring wiring = Wiring.get();
        return wiring.startedConnections().stream()
                .flatMap(connections -> connections.usedIn(job).stream())
                .flatMap(stored -> missing(stored, Grants.nameOf(job), wiring))
                .findFirst()
                .map(WaitsForKey::new);
    }

    /** What a build waits for, of the keys that it is given for the connection's repository. */
    private static Stream<String> missing(StoredConnection stored, String item, Wiring wiring) {
        RepositoryId repository = stored.connection().repository();
        return Stream.of(
                        Stream.of(stored)
                                .filter(StoredConnection::isRevoked)
                                .map(revoked -> Messages.RevokedKeys_Waits(repository)),
                        wiring.userKeyFiles().missingIn(item, repository).stream()
                                .map(Messages::RevokedKeys_WaitsForOne),
                        wiring.sharedKeyFiles().missingFor(repository).stream().map(Messages::RevokedKeys_WaitsForOne))
                .flatMap(sentences -> sentences);
    }

    /** Not fatal: the item stays in the queue. */
    private static final class WaitsForKey extends CauseOfBlockage {

        private final String sentence;

        WaitsForKey(String sentence) {
            this.sentence = sentence;
        }

        @Override
        public String getShortDescription() {
            return sentence;
        }
    }
}

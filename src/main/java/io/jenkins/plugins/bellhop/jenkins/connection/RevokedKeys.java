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

/** Builds wait while a key that they may have had for their repository is revoked and the next one doesn't work yet. */
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

    /** Jenkins asks while it holds its queue: nothing is read from disk here, and no key is parsed. */
    private static Optional<CauseOfBlockage> waiting(Job<?, ?> job) {
        Wiring wiring = Wiring.get();
        return wiring.startedConnections().stream()
                .flatMap(connections -> connections.usedIn(job).stream())
                .flatMap(stored -> missing(stored, job, wiring).stream())
                .findFirst()
                .map(WaitsForKey::new);
    }

    /**
     * What a build waits for, without names of accounts and keys: whoever may see the job sees this. A shared key is missed
     * only where no machine user's key comes before it. Which build withholds keys, and which brings one of its own, shows
     * only when it runs: such builds wait too.
     */
    private static Optional<String> missing(StoredConnection stored, Job<?, ?> job, Wiring wiring) {
        if (stored.isRevoked()) {
            return Optional.of(Messages.RevokedKeys_Waits(stored.repository()));
        }
        UserKeyFiles userKeys = wiring.userKeyFiles();
        SharedKeyFiles sharedKeys = wiring.sharedKeyFiles();
        boolean isSharedRevoked = sharedKeys.isAnyRevoked();
        if (!isSharedRevoked && !userKeys.isAnyRevoked()) {
            return Optional.empty();
        }
        String item = Grants.nameOf(job);
        RepositoryId repository = stored.repository();
        if (userKeys.isMissingIn(item, repository)) {
            return Optional.of(Messages.RevokedKeys_WaitsForUserKey());
        }
        return isSharedRevoked && sharedKeys.isMissingFor(repository) && !userKeys.isUsableIn(item, repository)
                ? Optional.of(Messages.RevokedKeys_WaitsForSharedKey())
                : Optional.empty();
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

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.forge.FailedDelivery;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks the forge which deliveries failed, and says so once. It doesn't have them sent again: they would come after what happened
 * since, and what they told is found by comparing heads.
 */
final class FailureLook {

    private static final Logger LOGGER = Logger.getLogger(FailureLook.class.getName());

    private final KnownHooks hooks;
    private final DecisionLog log;
    private final Clock clock;

    FailureLook(KnownHooks hooks, DecisionLog log, Clock clock) {
        this.hooks = hooks;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The first time it only remembers when that was.
     *
     * @param today the repository under its present name
     */
    void at(Source source, RepositoryId today, ForgeApi api) {
        String id = source.connection().id();
        Optional<String> hookId = source.connection().hookId();
        Optional<Instant> before = hooks.lookedAt(id);
        Instant now = clock.instant();
        try {
            if (hookId.isPresent() && before.isPresent()) {
                for (FailedDelivery failed : api.hooks().failedSince(today, hookId.get(), before.get())) {
                    log.add(entry(source, failed));
                }
            }
            hooks.looked(id, now);
        } catch (ForgeFailure failure) {
            LOGGER.log(Level.FINE, failure, () -> "Can't see which deliveries of " + today + " failed");
        }
    }

    private static Entry entry(Source source, FailedDelivery failed) {
        return new Entry(
                source.connection().id(),
                Optional.of(failed.id()),
                Optional.empty(),
                failed.event(),
                Outcome.IGNORED,
                "The forge could not deliver this at " + failed.at() + ": " + failed.outcome()
                        + ". Its heads are compared with those last seen, so that what it told is not lost.");
    }
}

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes a build as soon as there is one. Jenkins writes a freestyle build at its end; once the queue was written without it, a
 * crash would leave no trace of it.
 */
@Extension
public final class EarlyRecord extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(EarlyRecord.class.getName());

    @Override
    public void onInitialize(Run<?, ?> run) {
        DecidedRevision.of(run).ifPresent(revision -> record(run, revision));
    }

    private static void record(Run<?, ?> run, DecidedRevision revision) {
        try {
            run.save();
            Wiring.get().owedBuilds().settle(revision);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't write " + run.getUrl() + "; a crash would lose this build");
        }
    }
}

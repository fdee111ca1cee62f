package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
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
        if (DecidedRevision.of(run).isEmpty()) {
            return;
        }
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't write " + run.getUrl() + "; a crash would lose this build");
        }
    }
}

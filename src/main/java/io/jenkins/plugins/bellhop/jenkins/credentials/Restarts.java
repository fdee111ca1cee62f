package io.jenkins.plugins.bellhop.jenkins.credentials;

import hudson.model.Cause;
import hudson.model.Run;
import org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause;

/** Declarative Pipeline's "Restart from Stage". Apart from what asks, since the plugin may be missing. */
final class Restarts {

    /** Ask for it before anything here. */
    static final String PLUGIN = "pipeline-model-definition";

    private Restarts() {}

    static boolean isRestart(Cause cause) {
        return cause instanceof RestartDeclarativePipelineCause;
    }

    /** The build whose script runs again, or null when it is gone. */
    static Run<?, ?> originalOf(Cause cause) {
        return ((RestartDeclarativePipelineCause) cause).getOriginal();
    }
}

package io.jenkins.plugins.bellhop.jenkins.credentials;

import hudson.model.Cause;
import hudson.model.Run;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayCause;

/** Pipeline's "Replay" and "Rebuild". Apart from what asks, since the plugin may be missing. */
final class Replays {

    /** Ask for it before anything here. */
    static final String PLUGIN = "workflow-cps";

    private Replays() {}

    static boolean isReplay(Cause cause) {
        return cause instanceof ReplayCause;
    }

    /** The build whose script runs again, or null when it is gone. */
    static Run<?, ?> originalOf(Cause cause) {
        return ((ReplayCause) cause).getOriginal();
    }
}

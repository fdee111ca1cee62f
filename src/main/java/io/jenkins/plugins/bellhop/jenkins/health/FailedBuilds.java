package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.bellhop.jenkins.Wiring;

/** A build that failed may have failed for want of a key: looking is cheap, and finds it before the next one fails. */
@Extension
public final class FailedBuilds extends RunListener<Run<?, ?>> {

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        if (run.getResult() == Result.FAILURE) {
            Wiring.get().healthRounds().buildFailed(run.getParent());
            Wiring.get().userKeyCare().buildFailed(run.getParent());
            Wiring.get().sharedKeyCare().buildFailed(run.getParent());
        }
    }
}

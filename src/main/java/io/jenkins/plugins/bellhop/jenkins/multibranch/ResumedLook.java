package io.jenkins.plugins.bellhop.jenkins.multibranch;

import hudson.model.Cause;
import io.jenkins.plugins.bellhop.jenkins.Messages;

/** Why a branch is built that Jenkins had queued before it went down. The field's name is a file format. */
public final class ResumedLook extends Cause {

    private final String happened;

    ResumedLook(String happened) {
        this.happened = happened;
    }

    @Override
    public String getShortDescription() {
        return Messages.ResumedLook_Cause(happened);
    }
}

package org.jenkinsci.plugins.workflow.cps.replay;

import hudson.model.Cause;
import hudson.model.Run;

public class ReplayCause extends Cause {

    private ReplayCause() {}

    public Run<?, ?> getOriginal() {
        return null;
    }

    @Override
    public String getShortDescription() {
        return null;
    }
}

package org.jenkinsci.plugins.pipeline.modeldefinition.causes;

import hudson.model.Cause;
import hudson.model.Run;

public class RestartDeclarativePipelineCause extends Cause {

    private RestartDeclarativePipelineCause() {}

    public Run<?, ?> getOriginal() {
        return null;
    }

    @Override
    public String getShortDescription() {
        return null;
    }
}

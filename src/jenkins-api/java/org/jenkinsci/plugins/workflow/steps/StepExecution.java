package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

@SuppressWarnings("serial")
public abstract class StepExecution implements Serializable {

    protected StepExecution(StepContext context) {}

    public StepContext getContext() {
        return null;
    }

    public abstract boolean start() throws Exception;
}

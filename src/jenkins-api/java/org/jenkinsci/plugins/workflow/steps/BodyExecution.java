package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

@SuppressWarnings("serial")
public abstract class BodyExecution implements Serializable {

    private BodyExecution() {}
}

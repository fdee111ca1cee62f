package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;
import java.util.Map;

@SuppressWarnings("serial")
public abstract class EnvironmentExpander implements Serializable {

    private EnvironmentExpander() {}

    public static EnvironmentExpander constant(Map<String, String> env) {
        return null;
    }

    public static EnvironmentExpander merge(EnvironmentExpander original, EnvironmentExpander subsequent) {
        return null;
    }
}

package hudson.model;

import hudson.EnvVars;
import java.io.IOException;

public abstract class EnvironmentContributor {

    @SuppressWarnings("rawtypes")
    public void buildEnvironmentFor(Run run, EnvVars variables, TaskListener listener)
            throws IOException, InterruptedException {}
}

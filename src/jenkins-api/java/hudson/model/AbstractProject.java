package hudson.model;

import hudson.scm.SCM;
import hudson.triggers.TriggerDescriptor;
import java.io.IOException;

@SuppressWarnings("rawtypes")
public abstract class AbstractProject<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>>
        extends Job<P, R> {

    protected AbstractProject(ItemGroup parent, String name) {
        super(parent, name);
    }

    public SCM getScm() {
        return null;
    }

    public void removeTrigger(TriggerDescriptor trigger) throws IOException {}
}

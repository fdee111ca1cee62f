package hudson.tasks;

import hudson.model.Describable;

public abstract class BuildWrapper implements Describable<BuildWrapper> {

    public BuildWrapper() {}
}

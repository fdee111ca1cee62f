package jenkins.scm.api;

import hudson.model.Describable;

public abstract class SCMNavigator implements Describable<SCMNavigator> {

    protected SCMNavigator() {}
}

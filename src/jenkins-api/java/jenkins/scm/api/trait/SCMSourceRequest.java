package jenkins.scm.api.trait;

import hudson.model.TaskListener;
import jenkins.scm.api.SCMSource;

public abstract class SCMSourceRequest {

    protected SCMSourceRequest(SCMSource source, SCMSourceContext<?, ?> context, TaskListener listener) {}
}

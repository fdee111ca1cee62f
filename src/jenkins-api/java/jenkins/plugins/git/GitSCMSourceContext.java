package jenkins.plugins.git;

import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.trait.SCMSourceContext;

public class GitSCMSourceContext<C extends GitSCMSourceContext<C, R>, R extends GitSCMSourceRequest>
        extends SCMSourceContext<C, R> {

    public GitSCMSourceContext(SCMSourceCriteria criteria, SCMHeadObserver observer) {
        super(criteria, observer);
    }

    public final boolean ignoreOnPushNotifications() {
        return false;
    }

    public final boolean wantBranches() {
        return false;
    }

    public final boolean wantTags() {
        return false;
    }
}

package jenkins.scm.api.trait;

import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMSource;

public abstract class SCMHeadPrefilter {

    private SCMHeadPrefilter() {}

    public abstract boolean isExcluded(SCMSource source, SCMHead head);
}

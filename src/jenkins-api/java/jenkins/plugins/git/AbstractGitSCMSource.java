package jenkins.plugins.git;

import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;

public abstract class AbstractGitSCMSource extends SCMSource {

    public AbstractGitSCMSource() {}

    public abstract String getRemote();

    public static class SCMRevisionImpl extends SCMRevision {

        private static final long serialVersionUID = 1L;

        public SCMRevisionImpl(SCMHead head, String hash) {
            super(head);
        }

        public String getHash() {
            return null;
        }
    }
}

package jenkins.plugins.git;

import jenkins.scm.api.SCMHead;

public class GitRefSCMHead extends SCMHead {

    private static final long serialVersionUID = 1L;

    public GitRefSCMHead(String name, String ref) {
        super(name);
    }

    public String getRef() {
        return null;
    }
}

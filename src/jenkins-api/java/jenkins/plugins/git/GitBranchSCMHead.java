package jenkins.plugins.git;

import jenkins.scm.api.SCMHead;

public class GitBranchSCMHead extends SCMHead {

    private static final long serialVersionUID = 1L;

    public GitBranchSCMHead(String name) {
        super(name);
    }
}

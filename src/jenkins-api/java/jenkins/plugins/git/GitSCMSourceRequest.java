package jenkins.plugins.git;

import jenkins.scm.api.trait.SCMSourceRequest;

public class GitSCMSourceRequest extends SCMSourceRequest {

    private GitSCMSourceRequest() {
        super(null, null, null);
    }
}

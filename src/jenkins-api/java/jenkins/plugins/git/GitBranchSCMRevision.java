package jenkins.plugins.git;

public class GitBranchSCMRevision extends AbstractGitSCMSource.SCMRevisionImpl {

    private static final long serialVersionUID = 1L;

    public GitBranchSCMRevision(GitBranchSCMHead head, String hash) {
        super(head, hash);
    }
}

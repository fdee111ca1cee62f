package jenkins.plugins.git;

public class GitSCMSource extends AbstractGitSCMSource {

    public GitSCMSource(String remote) {}

    @Override
    public String getRemote() {
        return null;
    }
}

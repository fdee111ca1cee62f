package hudson.plugins.git;

import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.GitSCMExtensionDescriptor;
import hudson.plugins.git.util.BuildData;
import hudson.scm.SCM;
import hudson.util.DescribableList;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.transport.RemoteConfig;

public class GitSCM extends SCM {

    private GitSCM() {}

    @SuppressWarnings("rawtypes")
    public BuildData getBuildData(Run build) {
        return null;
    }

    public DescribableList<GitSCMExtension, GitSCMExtensionDescriptor> getExtensions() {
        return null;
    }

    public List<UserRemoteConfig> getUserRemoteConfigs() {
        return null;
    }

    public List<RemoteConfig> getParamExpandedRepos(Run<?, ?> build, TaskListener listener)
            throws GitException, IOException, InterruptedException {
        return null;
    }
}

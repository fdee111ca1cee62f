package hudson.plugins.git.extensions;

import hudson.model.Describable;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.GitException;
import hudson.plugins.git.GitSCM;
import java.io.IOException;
import org.jenkinsci.plugins.gitclient.GitClient;

public abstract class GitSCMExtension implements Describable<GitSCMExtension> {

    public void beforeCheckout(GitSCM scm, Run<?, ?> build, GitClient git, TaskListener listener)
            throws IOException, InterruptedException, GitException {}
}

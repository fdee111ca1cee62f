package org.jenkinsci.plugins.gitclient.verifier;

import hudson.model.TaskListener;
import java.io.File;
import java.io.Serializable;

@SuppressWarnings("serial")
public abstract class HostKeyVerifierFactory implements Serializable {

    public abstract AbstractCliGitHostKeyVerifier forCliGit(TaskListener listener);

    public abstract AbstractJGitHostKeyVerifier forJGit(TaskListener listener);

    public File getKnownHostsFile() {
        return null;
    }
}

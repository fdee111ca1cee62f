package org.jenkinsci.plugins.gitclient;

import jenkins.model.GlobalConfiguration;
import org.jenkinsci.plugins.gitclient.verifier.HostKeyVerifierFactory;
import org.jenkinsci.plugins.gitclient.verifier.SshHostKeyVerificationStrategy;

public class GitHostKeyVerificationConfiguration extends GlobalConfiguration {

    private GitHostKeyVerificationConfiguration() {}

    public static GitHostKeyVerificationConfiguration get() {
        return null;
    }

    public SshHostKeyVerificationStrategy<? extends HostKeyVerifierFactory> getSshHostKeyVerificationStrategy() {
        return null;
    }

    public void setSshHostKeyVerificationStrategy(
            SshHostKeyVerificationStrategy<? extends HostKeyVerifierFactory> strategy) {}
}

package io.jenkins.plugins.bellhop.jenkins.checkout;

import hudson.model.TaskListener;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jenkinsci.plugins.gitclient.verifier.AbstractJGitHostKeyVerifier;
import org.jenkinsci.plugins.gitclient.verifier.HostKeyVerifierFactory;

/** JGit's side: only keys that are known. */
final class StrictJGitVerifier extends AbstractJGitHostKeyVerifier {

    private static final long serialVersionUID = 1L;

    StrictJGitVerifier(TaskListener listener, HostKeyVerifierFactory factory) {
        super(listener, factory);
    }

    @Override
    protected ServerKeyDatabase.Configuration getServerKeyDatabaseConfiguration() {
        return new Strict(getHostKeyVerifierFactory());
    }

    private static final class Strict extends DefaultConfiguration {
        Strict(HostKeyVerifierFactory factory) {
            super(factory, () -> ServerKeyDatabase.Configuration.StrictHostKeyChecking.REQUIRE_MATCH);
        }
    }
}

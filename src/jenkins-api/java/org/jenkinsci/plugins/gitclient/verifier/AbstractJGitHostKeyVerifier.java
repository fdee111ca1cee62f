package org.jenkinsci.plugins.gitclient.verifier;

import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;

@SuppressWarnings("serial")
public abstract class AbstractJGitHostKeyVerifier implements Serializable {

    protected AbstractJGitHostKeyVerifier(TaskListener taskListener, HostKeyVerifierFactory hostKeyVerifierFactory) {}

    public HostKeyVerifierFactory getHostKeyVerifierFactory() {
        return null;
    }

    protected abstract ServerKeyDatabase.Configuration getServerKeyDatabaseConfiguration();

    protected static class DefaultConfiguration implements ServerKeyDatabase.Configuration {

        protected DefaultConfiguration(
                HostKeyVerifierFactory hostKeyVerifierFactory, Supplier<StrictHostKeyChecking> supplier) {}

        @Override
        public List<String> getUserKnownHostsFiles() {
            return null;
        }

        @Override
        public List<String> getGlobalKnownHostsFiles() {
            return null;
        }

        @Override
        public StrictHostKeyChecking getStrictHostKeyChecking() {
            return null;
        }

        @Override
        public boolean getHashKnownHosts() {
            return false;
        }

        @Override
        public String getUsername() {
            return null;
        }
    }
}

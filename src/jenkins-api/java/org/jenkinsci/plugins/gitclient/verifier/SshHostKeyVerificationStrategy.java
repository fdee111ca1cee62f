package org.jenkinsci.plugins.gitclient.verifier;

import hudson.model.Describable;
import java.io.File;

public abstract class SshHostKeyVerificationStrategy<T extends HostKeyVerifierFactory>
        implements Describable<SshHostKeyVerificationStrategy<T>> {

    public static final File JGIT_KNOWN_HOSTS_FILE = null;

    public abstract T getVerifier();
}

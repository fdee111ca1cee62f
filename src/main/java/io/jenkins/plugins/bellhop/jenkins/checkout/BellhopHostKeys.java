package io.jenkins.plugins.bellhop.jenkins.checkout;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.gitclient.verifier.SshHostKeyVerificationStrategy;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * A choice under "Git Host Key Verification Configuration": the host keys that Bellhop pins and those that administrators
 * confirmed, then the known_hosts of the user who runs git. Strict, whatever the host.
 */
public final class BellhopHostKeys extends SshHostKeyVerificationStrategy<HostKeyVerifier> {

    @DataBoundConstructor
    public BellhopHostKeys() {
        // Stapler makes one from the form; the keys are in Bellhop's own configuration.
    }

    @Override
    public HostKeyVerifier getVerifier() {
        return new HostKeyVerifier(Wiring.get().hostKeys().text());
    }

    /** The form's side. */
    @Extension
    @Symbol("bellhopHostKeys")
    public static final class DescriptorImpl extends Descriptor<SshHostKeyVerificationStrategy<HostKeyVerifier>> {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.BellhopHostKeys_DisplayName();
        }
    }
}

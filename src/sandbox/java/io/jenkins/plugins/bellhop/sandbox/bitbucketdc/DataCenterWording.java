package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import io.jenkins.plugins.bellhop.sandbox.git.GitWording;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;

/** What Data Center's SSH server answers, as git's own remote errors. */
public final class DataCenterWording implements GitWording {

    /** As reported in chef-boneyard/delivery-cli#30. */
    @Override
    public String notFound(String name, KeyGrant grant) {
        return unknown();
    }

    @Override
    public String unknown() {
        return "Repository not found\n"
                + "The requested repository does not exist, or you do not have permission to access it.";
    }

    /** A key that opens other repositories only doesn't learn of this one, public or not. */
    @Override
    public String denied(SandboxRepository repository, KeyGrant grant) {
        return grant instanceof KeyGrant.OfAccount ? readOnly() : unknown();
    }

    @Override
    public String readOnly() {
        return "Insufficient permissions\nYou do not have permission to push to this repository: it is read-only for you.";
    }

    @Override
    public String greeting(KeyGrant grant) {
        return "shell request failed on channel 0";
    }

    @Override
    public String invalidCommand(String command) {
        return "Command '" + command + "' is not supported";
    }

    @Override
    public boolean insideTheProtocol() {
        return true;
    }
}

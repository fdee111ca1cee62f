package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.git.GitWording;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;

/** What GitHub's SSH server prints. */
public final class GitHubWording implements GitWording {

    @Override
    public String notFound(String name, KeyGrant grant) {
        return "ERROR: Repository not found.";
    }

    @Override
    public String unknown() {
        return "ERROR: Repository not found.";
    }

    /** As reported in nvm-sh/nvm#3442 for a deploy key, and in GitHub's documentation for users. */
    @Override
    public String denied(SandboxRepository repository, KeyGrant grant) {
        String holder = grant instanceof KeyGrant.OfRepository ? "deploy key" : grant.holder();
        return "ERROR: Permission to " + repository.fullName() + ".git denied to " + holder;
    }

    @Override
    public String readOnly() {
        return "ERROR: The key you are authenticating with has been marked as read only.";
    }

    @Override
    public String greeting(KeyGrant grant) {
        return "Hi " + grant.holder()
                + "! You've successfully authenticated, but GitHub does not provide shell access.";
    }

    @Override
    public String invalidCommand(String command) {
        return "Invalid command: '" + command + "'";
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.git.GitWording;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;

/** What Bitbucket Cloud's SSH server prints. */
public final class CloudWording implements GitWording {

    /** For a deploy key as reported in Shippable/support#2299. */
    @Override
    public String notFound(String name, KeyGrant grant) {
        if (grant instanceof KeyGrant.OfAccount) {
            return "The requested repository either does not exist or you do not have access. If you believe this"
                    + " repository exists and you have access, make sure you're authenticated.";
        }
        return foreignKey();
    }

    @Override
    public String unknown() {
        return "Unauthorized";
    }

    @Override
    public String denied(SandboxRepository repository, KeyGrant grant) {
        return grant instanceof KeyGrant.OfAccount ? "Unauthorized" : foreignKey();
    }

    /** As reported in Shippable/docsv2#408. */
    @Override
    public String readOnly() {
        return "repository access denied. access via a deployment key is read-only.";
    }

    /** As Atlassian's page about "Permission denied (publickey)" shows it. */
    @Override
    public String greeting(KeyGrant grant) {
        String how = grant instanceof KeyGrant.OfAccount ? "ssh key" : "a deploy key";
        return "authenticated via " + how + ".\n\nYou can use git to connect to Bitbucket. Shell access is disabled";
    }

    @Override
    public String invalidCommand(String command) {
        return "Invalid command: '" + command + "'\nYou can use git to connect to Bitbucket. Shell access is disabled.";
    }

    private static String foreignKey() {
        return "repository access denied. deployment key is not associated with the requested repository.";
    }
}

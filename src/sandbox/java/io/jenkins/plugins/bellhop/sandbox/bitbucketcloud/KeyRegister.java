package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which keys may be added, and where: a deleted key is blocked for up to thirty days. */
final class KeyRegister {

    private final ForgeState forge;
    private final Set<SshPublicKey> deleted = ConcurrentHashMap.newKeySet();

    KeyRegister(ForgeState forge) {
        this.forge = forge;
    }

    static SshPublicKey read(String text) {
        return SshPublicKey.parse(text).orElseThrow(() -> Refused.badField("key", "Invalid SSH key."));
    }

    /** The key of this text, if it may become a deploy key of the repository. */
    SshPublicKey admitted(String text, SandboxRepository repository) {
        return admitted(text, "repository", grant -> opens(grant, repository));
    }

    /** The key of this text, if it may become a deploy key of the workspace's project. */
    SshPublicKey admitted(String text, Account workspace) {
        return admitted(
                text, "project", grant -> grant instanceof KeyGrant.OfOwner project && project.owner() == workspace);
    }

    private SshPublicKey admitted(String text, String holder, Predicate<KeyGrant> there) {
        SshPublicKey key = read(text);
        List<KeyGrant> grants = forge.grants(key);
        if (grants.stream().anyMatch(there)) {
            throw Refused.badField("key", "Someone has already added that access key to this " + holder + ".");
        }
        if (grants.stream().anyMatch(KeyGrant.OfAccount.class::isInstance)) {
            throw registered();
        }
        requireLiving(key);
        return key;
    }

    /** The key of this text, if it may become the key of a person. */
    SshPublicKey admitted(String text) {
        SshPublicKey key = read(text);
        if (!forge.grants(key).isEmpty()) {
            throw registered();
        }
        requireLiving(key);
        return key;
    }

    /** Notes that a key was taken from somewhere; it is blocked once it is nowhere. */
    void removed(SshPublicKey key) {
        if (forge.grants(key).isEmpty()) {
            deleted.add(key);
        }
    }

    private void requireLiving(SshPublicKey key) {
        if (deleted.contains(key)) {
            throw Refused.badField(
                    "key",
                    "SSH keys must be unique and deleted keys may take up to 30 days to be removed. Please use a unique"
                            + " SSH key.");
        }
    }

    private static boolean opens(KeyGrant grant, SandboxRepository repository) {
        return grant instanceof KeyGrant.OfRepository deploy && deploy.repository() == repository;
    }

    private static Refusal registered() {
        return Refused.badField("key", "Someone has already registered that SSH key.");
    }
}

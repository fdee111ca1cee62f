package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/**
 * Proves where builds run that a key opens a repository: with the agent's own git, network and user. The key is there for
 * the time of the proof, in the directory that it is called for: one that Jenkins noted, and only the agent's user can enter.
 */
final class AgentProof extends MasterToSlaveFileCallable<String> {

    private static final long serialVersionUID = 1L;

    private final String sshUrl;
    private final String publicLine;
    private final String privateText;
    private final String knownHosts;

    /** @param knownHosts a known_hosts file for the repository's host */
    AgentProof(String sshUrl, SshKeyPair key, String knownHosts) {
        this.sshUrl = sshUrl;
        this.publicLine = key.publicLine();
        this.privateText = key.privateText();
        this.knownHosts = knownHosts;
    }

    /** Answers why it failed; nothing when it went well. */
    @Override
    public String invoke(File directory, VirtualChannel channel) throws IOException {
        SshKeyPair key = SshKeyPair.stored(OpenSshPublicKey.parse(publicLine), privateText);
        try (KeyDirectory place = KeyDirectory.createAt(directory.toPath().toAbsolutePath())) {
            return GitProof.against(knownHosts, "git", place.path())
                    .prove(sshUrl, key)
                    .match(proven -> "", notProven -> notProven.failure().sentence());
        }
    }
}

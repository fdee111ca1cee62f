package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.File;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;

/**
 * Proves where builds run that a key opens a repository: with the agent's own git, network and user. The key is there for
 * the time of the proof, in a directory that only the agent's user can enter.
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
    public String invoke(File directory, VirtualChannel channel) {
        SshKeyPair key = SshKeyPair.stored(OpenSshPublicKey.parse(publicLine), privateText);
        return GitProof.against(knownHosts, "git", Path.of(System.getProperty("java.io.tmpdir")))
                .prove(sshUrl, key)
                .match(proven -> "", notProven -> notProven.failure().sentence());
    }
}

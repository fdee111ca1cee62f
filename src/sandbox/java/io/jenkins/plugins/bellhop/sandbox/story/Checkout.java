package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.ConnectionSecrets;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import io.jenkins.plugins.bellhop.key.SshConfig;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.sandbox.SandboxAgent;
import io.jenkins.plugins.bellhop.sandbox.SandboxAgent.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A checkout with the connection's deploy key, which is on the agent for exactly as long as git needs it. */
final class Checkout {

    private final HostKeys hostKeys;
    private final Path keys;

    Checkout(HostKeys hostKeys, Path keys) {
        this.hostKeys = hostKeys;
        this.keys = keys;
    }

    Run run(SandboxAgent agent, Connection connection, ConnectionSecrets secrets, String ref, String commit)
            throws IOException {
        String refspec = "+" + ref + ":refs/remotes/origin/" + ref.substring("refs/".length());
        return withKey(connection, secrets, ssh -> agent.checkout(connection.sshUrl(), refspec, commit, ssh));
    }

    /** Runs a command of git while the key is there; afterwards it is gone. */
    Run withKey(Connection connection, ConnectionSecrets secrets, Command command) throws IOException {
        RemoteUrl remote = RemoteUrl.parse(connection.sshUrl());
        SshHost host = new SshHost(remote.host(), remote.port().orElse(SshHost.DEFAULT_PORT));
        try (KeyDirectory directory = KeyDirectory.create(keys)) {
            Path identity = directory.write("identity", secrets.privateKey().reveal());
            Path knownHosts = directory.write("known_hosts", hostKeys.fileFor(host));
            SshConfig config = SshConfig.of(identity.toString(), knownHosts.toString());
            Path file = directory.write("ssh_config", config.text());
            return command.run(SshConfig.gitEnvironment(file.toString()));
        }
    }

    /** Something that runs git with the environment that leads it to the key. */
    interface Command {
        Run run(Map<String, String> ssh) throws IOException;
    }
}

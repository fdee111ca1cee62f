package io.jenkins.plugins.bellhop.sandbox;

import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A key pair on disk, made by {@code ssh-keygen}. */
record ClientKey(Path file, String text) {

    static ClientKey generate(Path directory, String name) throws IOException {
        return generate(directory, name, "ed25519", "256");
    }

    static ClientKey generate(Path directory, String name, String type, String bits) throws IOException {
        Path file = directory.resolve(name);
        Process process = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", "", "-f", file.toString())
                .inheritIO()
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("ssh-keygen failed");
        }
        return new ClientKey(file, Files.readString(Path.of(file + ".pub")).strip());
    }

    String fingerprint() {
        return SshPublicKey.parse(text).orElseThrow().fingerprint();
    }

    /** The environment that makes git offer these keys to this forge, in this order, and nothing else. */
    static Map<String, String> environment(SandboxForge forge, ClientKey... keys) throws IOException {
        Path knownHosts = Files.createTempFile(keys[0].file().getParent(), "known", "hosts");
        Files.writeString(knownHosts, forge.knownHosts() + "\n");
        StringBuilder command = new StringBuilder("ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes"
                + " -o StrictHostKeyChecking=yes -o GlobalKnownHostsFile=/dev/null -o UserKnownHostsFile="
                + knownHosts);
        for (ClientKey key : keys) {
            command.append(" -i ").append(key.file());
        }
        return Map.of("GIT_SSH_COMMAND", command.toString());
    }
}

package io.jenkins.plugins.bellhop.key;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * A bundle that lies on a machine. Holds no keys.
 *
 * @param directory absolute path of its key directory
 * @param socket absolute path of its ssh-agent's socket; empty when it has none
 */
public record InstalledKeys(String directory, String socket) implements Serializable {

    /** What makes git use it, and other programs its ssh-agent. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(SshWrapper.environment(directory));
        if (!socket.isEmpty()) {
            environment.put("SSH_AUTH_SOCK", socket);
        }
        return Map.copyOf(environment);
    }
}

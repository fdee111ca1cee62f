package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An SSH server as known_hosts names it.
 *
 * @param name host name or IP address, lower case, without brackets
 * @param port 1 to 65535
 */
public record SshHost(String name, int port) {

    public static final int DEFAULT_PORT = 22;

    /** Characters of a host name: RFC 1035, section 2.3.4. */
    public static final int LONGEST_NAME = 253;

    private static final int HIGHEST_PORT = 65_535;

    /** No leading minus, which ssh would take for an option, and none of known_hosts' own characters. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9._-]*|[0-9a-f:.]*:[0-9a-f:.]*");

    /** @throws KeyFormatException for a name or port that can't be a server's */
    public SshHost {
        name = name.toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new KeyFormatException("expected a host name, found " + Quoted.text(name));
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new KeyFormatException("expected a port from 1 to " + HIGHEST_PORT + ", found " + port);
        }
    }

    /** With SSH's usual port. */
    public static SshHost of(String name) {
        return new SshHost(name, DEFAULT_PORT);
    }

    /** The server that a remote leads to. */
    public static SshHost of(RemoteUrl remote) {
        return new SshHost(remote.host(), remote.port().orElse(DEFAULT_PORT));
    }

    boolean hasDefaultPort() {
        return port == DEFAULT_PORT;
    }

    /** {@code name}, or {@code [name]:port} when the port isn't 22: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
    public String spelling() {
        return hasDefaultPort() ? name : "[" + name + "]:" + port;
    }

    @Override
    public String toString() {
        return spelling();
    }
}

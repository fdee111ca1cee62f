package io.jenkins.plugins.bellhop.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An OpenSSH client configuration that offers exactly one identity and believes exactly one known_hosts file, wherever
 * it runs: nothing of the user's home directory, of the system's configuration or of an agent takes part. It is a file's
 * text, to be given with {@code -F}; source of all keywords: ssh_config(5).
 *
 * <p>Paths are texts, since they may be of another machine. They are quoted as OpenSSH 8.7 and newer read them; older
 * ones too, unless a path contains a quote or a backslash.
 */
public final class SshConfig {

    /** Bounds connecting, the exchange of banners included; a forge answers in less than one second. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** After three unanswered questions at this interval a dead connection ends. */
    public static final Duration ALIVE_INTERVAL = Duration.ofSeconds(15);

    /** Characters of a path: Linux' PATH_MAX. */
    public static final int LONGEST_PATH = 4096;

    private static final Pattern WINDOWS_PATH = Pattern.compile("[A-Za-z]:[/\\\\].*|\\\\\\\\.*");

    private final String identity;
    private final String knownHosts;
    private final String nullDevice;
    private final Optional<SshHost> host;

    private SshConfig(String identity, String knownHosts, String nullDevice, Optional<SshHost> host) {
        this.identity = identity;
        this.knownHosts = knownHosts;
        this.nullDevice = nullDevice;
        this.host = host;
    }

    /**
     * @param identity absolute path of the one private key, of Unix or of Windows
     * @param knownHosts absolute path of the one known_hosts file, on the same machine
     * @throws IllegalArgumentException for a path that the configuration can't express
     */
    public static SshConfig of(String identity, String knownHosts) {
        boolean windows = WINDOWS_PATH.matcher(identity).matches();
        return new SshConfig(plain(identity), plain(knownHosts), windows ? "NUL" : "/dev/null", Optional.empty());
    }

    /** Leads every connection to this host and port, whatever name ssh is called with. */
    public SshConfig to(SshHost target) {
        return new SshConfig(identity, knownHosts, nullDevice, Optional.of(target));
    }

    /** The file's text. */
    public String text() {
        List<String> lines = new ArrayList<>();
        host.ifPresent(target -> {
            lines.add("HostName " + target.name());
            lines.add("Port " + target.port());
        });
        lines.addAll(List.of(
                "IdentityFile " + quoted(identity),
                "IdentitiesOnly yes",
                "IdentityAgent none",
                "UserKnownHostsFile " + quoted(knownHosts),
                "GlobalKnownHostsFile " + nullDevice,
                "StrictHostKeyChecking yes",
                "UpdateHostKeys no",
                "CheckHostIP no",
                "BatchMode yes",
                "PreferredAuthentications publickey",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "ControlMaster no",
                "ControlPath none",
                "ForwardAgent no",
                "ClearAllForwardings yes",
                "PermitLocalCommand no",
                "ConnectTimeout " + CONNECT_TIMEOUT.toSeconds(),
                "ServerAliveInterval " + ALIVE_INTERVAL.toSeconds(),
                "ServerAliveCountMax 3"));
        return String.join("\n", lines) + "\n";
    }

    /**
     * How to call ssh with a configuration, as arguments: the caller appends options, host and command.
     *
     * @param configFile absolute path of a file that holds {@link #text()}
     */
    public static List<String> arguments(String configFile) {
        return List.of("ssh", "-F", plain(configFile));
    }

    /**
     * What makes git use a configuration. Git hands GIT_SSH_COMMAND to a shell, so the path is quoted for one; the variant
     * is named, or git would first start ssh to find out.
     *
     * @param configFile absolute path of a file that holds {@link #text()}
     */
    public static Map<String, String> gitEnvironment(String configFile) {
        String path = "'" + plain(configFile).replace("'", "'\\''") + "'";
        return Map.of("GIT_SSH_COMMAND", "ssh -F " + path, "GIT_SSH_VARIANT", "ssh");
    }

    /**
     * Within double quotes OpenSSH takes a backslash for an escape and, in these two keywords, a percent sign for a
     * token. For a dollar sign with a brace there is no escape.
     */
    private static String quoted(String path) {
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
    }

    /** Absolute, so that neither a tilde nor "none" can lead it; and with slashes on Windows, where ssh takes both. */
    static String plain(String path) {
        boolean windows = WINDOWS_PATH.matcher(path).matches();
        if (!windows && !path.startsWith("/")) {
            throw new IllegalArgumentException("expected an absolute path for ssh, found a relative one");
        }
        if (path.length() > LONGEST_PATH) {
            throw new IllegalArgumentException(
                    "expected a path of at most " + LONGEST_PATH + " characters for ssh, found " + path.length());
        }
        if (path.chars().anyMatch(Character::isISOControl) || path.contains("${")) {
            throw new IllegalArgumentException(
                    "expected a path without control characters and without ${, which ssh would replace, found one of them");
        }
        return windows ? path.replace('\\', '/') : path;
    }
}

package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a key is for: one repository of an SSH server, or the whole server.
 *
 * @param host the server's name, lower case
 * @param port its SSH port
 * @param path the repository's path without leading slash and {@code .git}; empty for the whole server
 * @param ignoresCase whether the server takes two spellings of a path for one repository
 */
public record KeyScope(String host, int port, String path, boolean ignoresCase) implements Serializable {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9.-]*";
    private static final Pattern HOST_ALONE =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]*|\\[[^\\]\\s]+])(?::([0-9]{1,5}))?");
    private static final Pattern HOST_AND_PATH = Pattern.compile(
            "(?:[A-Za-z0-9_.-]+@(?<named>" + NAME + ")|(?<host>" + NAME + ")(?::(?<port>[0-9]{1,5}))?)/(?<path>.+)");

    /** How a Bitbucket Data Center's repositories are reached over HTTPS, and never over SSH. */
    private static final Pattern DATA_CENTER_HTTPS = Pattern.compile("(?:.+/)?scm/[^/]+/[^/]+");

    /** @throws KeyFormatException for a host or port that can't be a server's */
    public KeyScope {
        SshHost checked = new SshHost(host, port);
        host = checked.name();
    }

    public static KeyScope of(SshHost server) {
        return new KeyScope(server.name(), server.port(), "", true);
    }

    /** @throws IllegalArgumentException when the remote isn't reached over SSH */
    public static KeyScope of(RemoteUrl remote, boolean ignoresCase) {
        if (!remote.overSsh()) {
            throw new IllegalArgumentException(
                    "expected an SSH remote such as git@host:owner/name.git, found " + remote);
        }
        return new KeyScope(remote.host(), remote.port().orElse(SshHost.DEFAULT_PORT), remote.path(), ignoresCase);
    }

    /**
     * Reads what people write: {@code host}, {@code host:port}, {@code host/owner/name}, or a repository's URL.
     *
     * @throws IllegalArgumentException saying what was expected and what was found
     */
    public static KeyScope parse(String text, boolean ignoresCase) {
        String stripped = text.strip();
        Matcher alone = HOST_ALONE.matcher(stripped);
        if (alone.matches()) {
            String name = alone.group(1).replaceAll("[\\[\\]]", "");
            return of(new SshHost(name, port(alone.group(2))));
        }
        Matcher withPath = HOST_AND_PATH.matcher(stripped);
        if (withPath.matches()) {
            // After user@ a colon begins a path, as in git@host:owner/name, and no port.
            String host = withPath.group(withPath.group("named") == null ? "host" : "named");
            RemoteUrl remote = RemoteUrl.parse("ssh://" + host + "/" + withPath.group("path"));
            return new KeyScope(remote.host(), port(withPath.group("port")), remote.path(), ignoresCase);
        }
        RemoteUrl remote = RemoteUrl.parse(stripped);
        if (!remote.overSsh() && DATA_CENTER_HTTPS.matcher(remote.path()).matches()) {
            throw new IllegalArgumentException("expected the SSH URL of the repository, such as"
                    + " ssh://git@host:7999/project/name.git, since the HTTPS URL of a Bitbucket Data Center tells neither"
                    + " the port nor the path of SSH; found " + remote);
        }
        // The port of https:// isn't SSH's.
        int port = remote.overSsh() ? remote.port().orElse(SshHost.DEFAULT_PORT) : SshHost.DEFAULT_PORT;
        return new KeyScope(remote.host(), port, remote.path(), ignoresCase);
    }

    private static int port(String digits) {
        return digits == null ? SshHost.DEFAULT_PORT : Integer.parseInt(digits);
    }

    public SshHost server() {
        return new SshHost(host, port);
    }

    public boolean isWholeServer() {
        return path.isEmpty();
    }

    /** The same repository, or everything, on another name of the server. */
    public KeyScope at(SshHost other) {
        return new KeyScope(other.name(), other.port(), path, ignoresCase);
    }

    /** Whether a key for this scope is one for the repository, too. */
    public boolean covers(KeyScope repository) {
        return server().equals(repository.server()) && (isWholeServer() || isSameAs(repository));
    }

    private boolean isSameAs(KeyScope other) {
        return ignoresCase || other.ignoresCase ? path.equalsIgnoreCase(other.path) : path.equals(other.path);
    }

    /** The path to compare and index by. */
    String comparedPath() {
        return ignoresCase ? path.toLowerCase(Locale.ROOT) : path;
    }

    /** {@code host/owner/name}, or {@code host}; with the port when it isn't SSH's usual one. */
    @Override
    public String toString() {
        String server = server().spelling();
        return isWholeServer() ? server : server + "/" + path;
    }
}

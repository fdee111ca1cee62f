package io.jenkins.plugins.bellhop.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A git remote on a server, in any of the spellings that people paste: {@code https://host/owner/name.git},
 * {@code ssh://git@host:port/owner/name}, {@code git+ssh://…}, {@code git@host:owner/name.git}. Local paths,
 * {@code file:} and whatever git could take for an option are refused.
 */
public final class RemoteUrl {

    /** Characters; longer than any real remote. */
    public static final int LONGEST = 2048;

    private static final Pattern SCP_LIKE =
            Pattern.compile("(?:([A-Za-z0-9_.][A-Za-z0-9_.-]*)@)?([^/:@\\s]+):(?!/)(.+)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.~@/{}-]+");

    private final String text;
    private final String host;
    private final OptionalInt port;
    private final String path;
    private final boolean overSsh;

    private RemoteUrl(String text, String host, OptionalInt port, String path, boolean overSsh) {
        this.text = text;
        this.host = host.toLowerCase(Locale.ROOT);
        this.port = port;
        this.path = normalised(path);
        this.overSsh = overSsh;
        boolean wellFormed = HOST.matcher(host).matches()
                && !host.contains("..")
                && PATH.matcher(this.path).matches()
                && this.path.contains("/")
                && Arrays.stream(this.path.split("/", -1)).noneMatch(RemoteUrl::namesNothing)
                && !this.path.startsWith("-");
        if (!wellFormed) {
            throw unreadable(text);
        }
    }

    /** @throws IllegalArgumentException saying what was expected and what was found */
    public static RemoteUrl parse(String text) {
        boolean plain = !text.isBlank()
                && text.length() <= LONGEST
                && !text.startsWith("-")
                && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
        if (!plain) {
            throw unreadable(text);
        }
        return text.contains("://") ? fromUrl(text) : fromScpLike(text);
    }

    private static RemoteUrl fromUrl(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw unreadable(text);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean overSsh = scheme.equals("ssh") || scheme.equals("git+ssh") || scheme.equals("ssh+git");
        boolean overHttp = scheme.equals("https") || scheme.equals("http");
        boolean readable = (overSsh || overHttp)
                && uri.getHost() != null
                && uri.getPath() != null
                && isPort(uri.getPort())
                && !isOption(uri.getUserInfo())
                && uri.getQuery() == null
                && uri.getFragment() == null;
        if (!readable) {
            throw unreadable(text);
        }
        OptionalInt port = uri.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(uri.getPort());
        return new RemoteUrl(text, uri.getHost(), port, uri.getPath(), overSsh);
    }

    /** A URI without a port has -1. */
    private static boolean isPort(int port) {
        return port == -1 || port > 0 && port <= 65_535;
    }

    /** git hands {@code user@host} to ssh as one word. */
    private static boolean isOption(String userInfo) {
        return userInfo != null && userInfo.startsWith("-");
    }

    private static boolean namesNothing(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
    }

    private static RemoteUrl fromScpLike(String text) {
        Matcher parts = SCP_LIKE.matcher(text);
        if (!parts.matches() || isPassword(parts)) {
            throw unreadable(text);
        }
        return new RemoteUrl(text, parts.group(2), OptionalInt.empty(), parts.group(3), true);
    }

    /** {@code user:token@host/owner/name} lost its scheme on the way; it isn't a path on a host called user. */
    private static boolean isPassword(Matcher parts) {
        return parts.group(1) == null && parts.group(3).contains("@");
    }

    /** The path as forges compare it: no leading or trailing slash, no {@code .git}. */
    private static String normalised(String path) {
        String trimmed = path.replaceAll("^/+|/+$", "");
        return trimmed.endsWith(".git") ? trimmed.substring(0, trimmed.length() - ".git".length()) : trimmed;
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("expected a repository URL such as https://host/owner/name,"
                + " ssh://git@host/owner/name.git or git@host:owner/name.git, found "
                + Quoted.text(withoutSecret(text)));
    }

    /**
     * The first two parts of the path: owner and name on a forge where no repository lies deeper. What comes after them is one
     * of the repository's pages: {@code /owner/name/tree/main}.
     *
     * @throws IllegalArgumentException when no forge allows them as such
     */
    public RepositoryName leadingName() {
        String[] parts = path.split("/");
        return new RepositoryName(parts[0], parts[1].replaceFirst("\\.git$", ""));
    }

    /**
     * People paste {@code https://user:token@host/…} and {@code …?access_token=…}; the message must not repeat the token.
     * Nobody can say where a token ends in a text that isn't well-formed, so all before the last {@code @} is left out.
     */
    private static String withoutSecret(String text) {
        return text.replaceFirst("(?s)^([A-Za-z+]+://)?.*@", "$1…@").replaceFirst("(?s)[?#].+", "?…");
    }

    /** Lower case, without port. */
    public String host() {
        return host;
    }

    public OptionalInt port() {
        return port;
    }

    /** Without leading slash and {@code .git}; may have more than two parts. */
    public String path() {
        return path;
    }

    public boolean overSsh() {
        return overSsh;
    }

    /**
     * The last two parts of the path: owner and name.
     *
     * @throws IllegalArgumentException when no forge allows them as such
     */
    public RepositoryName repositoryName() {
        int nameAt = path.lastIndexOf('/');
        int ownerAt = path.lastIndexOf('/', nameAt - 1);
        return new RepositoryName(path.substring(ownerAt + 1, nameAt), path.substring(nameAt + 1));
    }

    /**
     * People paste {@code https://user:token@host/owner/name}, and {@code https://token@host/owner/name}: over HTTPS whatever
     * stands before the host may be a token. SSH has a user there, and no password.
     */
    public boolean holdsCredentials() {
        return text.matches("[A-Za-z+]+://[^/@]*:[^/@]*@.*") || !overSsh && text.matches("[A-Za-z+]+://[^/]*@.*");
    }

    /** The same remote for whoever has no business with its user and password. */
    public RemoteUrl withoutCredentials() {
        return holdsCredentials() ? parse(text.replaceFirst("://[^/]*@", overSsh ? "://git@" : "://")) : this;
    }

    /** Whether both lead to one repository, however they are spelt: same host, same path but for case. */
    public boolean leadsToSameRepositoryAs(RemoteUrl other) {
        return host.equals(other.host) && path.equalsIgnoreCase(other.path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RemoteUrl that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** As it was written, but for user and password; forges' own SSH user is no secret. */
    @Override
    public String toString() {
        return text.replaceFirst("://(?!git@)[^/@]*@", "://…@");
    }
}

package io.jenkins.plugins.bellhop.event;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a repository stands on its forge today: {@code owner/name}. The owner is a GitHub account, a Bitbucket workspace
 * or a Data Center project key ({@code ~user} for a personal project). It changes when somebody renames or transfers
 * the repository; {@link RepositoryId} is what stays.
 */
public record RepositoryName(String owner, String name) {

    /** No forge allows longer owners or names. */
    public static final int LONGEST_PART = 255;

    private static final Pattern OWNER = Pattern.compile("~?[A-Za-z0-9_][A-Za-z0-9_.@-]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*");

    public RepositoryName {
        boolean wellFormed = fits(OWNER, owner) && fits(NAME, name) && !isDots(name);
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "expected a repository as owner/name, found " + Quoted.text(owner + "/" + name));
        }
    }

    /** Reads {@code owner/name}; a trailing {@code .git} is part of a URL, not of a name, and isn't removed. */
    public static RepositoryName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("expected a repository as owner/name, found " + Quoted.text(text));
        }
        return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Whether two spellings name one repository: every forge here ignores case in owners and names. */
    public boolean isSameAs(RepositoryName other) {
        return key().equals(other.key());
    }

    /** The spelling to compare and index by. */
    public String key() {
        return toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }

    private static boolean fits(Pattern shape, String part) {
        return part.length() <= LONGEST_PART && shape.matcher(part).matches();
    }

    private static boolean isDots(String name) {
        return name.equals(".") || name.equals("..");
    }
}

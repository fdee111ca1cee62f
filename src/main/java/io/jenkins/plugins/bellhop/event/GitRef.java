package io.jenkins.plugins.bellhop.event;

import java.util.regex.Pattern;

/**
 * A branch or a tag by its full name ({@code refs/heads/…}, {@code refs/tags/…}), checked by git's own rules for ref
 * names (<a href="https://git-scm.com/docs/git-check-ref-format">git-check-ref-format</a>), so that it may stand in a
 * refspec without further thought.
 */
public record GitRef(String fullName) {

    /** Longer names can't exist as loose refs on common file systems. */
    public static final int LONGEST = 1024;

    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";
    /** Half a surrogate pair is in it because it has no bytes: git would see a question mark. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\\\p{Cs}]|\\.\\.|@\\{|//|/\\.|\\.lock(/|\\z)|\\.\\z|/\\z");

    public GitRef {
        if (!fullName.startsWith(BRANCH) && !fullName.startsWith(TAG)) {
            throw new IllegalArgumentException(
                    "expected a ref that starts with refs/heads/ or refs/tags/, found " + Quoted.text(fullName));
        }
        String shortName = shortNameOf(fullName);
        boolean wellFormed = !shortName.isEmpty()
                && fullName.length() <= LONGEST
                && !shortName.startsWith("-")
                && !shortName.startsWith("/")
                && !FORBIDDEN.matcher(fullName).find();
        if (!wellFormed) {
            throw new IllegalArgumentException("expected a ref name that git allows, at most " + LONGEST
                    + " characters, found " + Quoted.text(fullName));
        }
    }

    public static GitRef branch(String shortName) {
        return new GitRef(BRANCH + shortName);
    }

    public static GitRef tag(String shortName) {
        return new GitRef(TAG + shortName);
    }

    public boolean isTag() {
        return fullName.startsWith(TAG);
    }

    /** The name without {@code refs/heads/} or {@code refs/tags/}. */
    public String shortName() {
        return shortNameOf(fullName);
    }

    /** For sentences: {@code branch main}, {@code tag v1.0}. */
    public String described() {
        return (isTag() ? "tag " : "branch ") + shortName();
    }

    @Override
    public String toString() {
        return fullName;
    }

    private static String shortNameOf(String fullName) {
        return fullName.substring((fullName.startsWith(TAG) ? TAG : BRANCH).length());
    }
}

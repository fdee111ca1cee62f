package io.jenkins.plugins.bellhop.sandbox.state;

/** One ref moved by a push; forty zeros stand for "no such ref" before a creation and after a deletion. */
public record RefChange(String ref, String before, String after, boolean forced) {

    public static final String NOTHING = "0".repeat(40);

    public boolean created() {
        return before.equals(NOTHING);
    }

    public boolean deleted() {
        return after.equals(NOTHING);
    }

    public boolean isTag() {
        return ref.startsWith("refs/tags/");
    }

    /** The name without {@code refs/heads/} or {@code refs/tags/}. */
    public String shortName() {
        return ref.substring(ref.indexOf('/', "refs/".length()) + 1);
    }
}

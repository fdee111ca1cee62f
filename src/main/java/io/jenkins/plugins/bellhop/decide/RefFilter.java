package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Globs over whole names of branches or tags, or over whole paths of files, as the git plugin and the forges write them:
 * {@code *} is any text without a slash, {@code **} any text, {@code ?} one character other than a slash, and a leading
 * {@code !} excludes.
 */
public final class RefFilter {

    /** Filters nothing out, and matches nothing either. */
    public static final RefFilter NONE = new RefFilter("");

    /** Patterns of one filter. */
    public static final int MOST_PATTERNS = 100;
    /** Characters of one pattern. */
    public static final int LONGEST_PATTERN = Glob.LONGEST;

    private final String text;
    private final List<Glob> included = new ArrayList<>();
    private final List<Glob> excluded = new ArrayList<>();

    /**
     * @param text patterns separated by blanks, commas or line ends
     * @throws IllegalArgumentException saying which pattern is wrong and why
     */
    public RefFilter(String text) {
        this.text = text.trim();
        List<String> patterns = Arrays.stream(text.split("[\\s,]+"))
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        if (patterns.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException(
                    "expected at most " + MOST_PATTERNS + " patterns, found " + patterns.size());
        }
        for (String pattern : patterns) {
            boolean excludes = pattern.startsWith("!");
            (excludes ? excluded : included).add(new Glob(excludes ? pattern.substring(1) : pattern));
        }
    }

    public boolean isEmpty() {
        return included.isEmpty() && excluded.isEmpty();
    }

    /** Whether a branch or a file may be built for: some pattern includes it, or none includes anything, and none excludes it. */
    public boolean allows(String name) {
        return (included.isEmpty() || matchesAny(included, name)) && !matchesAny(excluded, name);
    }

    /** Whether a tag is asked for: it is allowed, and there is a filter at all. */
    public boolean selects(String name) {
        return !isEmpty() && allows(name);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RefFilter that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return Quoted.text(text);
    }

    private static boolean matchesAny(List<Glob> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
}

package io.jenkins.plugins.bellhop.event;

import java.util.Set;
import java.util.TreeSet;

/**
 * The files that a push or a pull request adds, changes, renames (both names) or removes.
 *
 * @param paths from the repository's root, with slashes; untrusted text
 * @param whole whether these are all; otherwise there are more, and which ones nobody told
 */
public record ChangedFiles(Set<String> paths, boolean whole) {

    /** Files that are kept; of larger changes it isn't known which files they touch. */
    public static final int MOST = 1_000;

    public ChangedFiles {
        paths = Set.copyOf(paths);
    }

    /** All of them, unless there are more than {@link #MOST}. */
    public static ChangedFiles all(Iterable<String> paths) {
        Set<String> kept = new TreeSet<>();
        for (String path : paths) {
            kept.add(path);
            if (kept.size() > MOST) {
                return unknown();
            }
        }
        return new ChangedFiles(kept, true);
    }

    /** Nobody can tell. */
    public static ChangedFiles unknown() {
        return new ChangedFiles(Set.of(), false);
    }
}

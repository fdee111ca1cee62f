package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.event.ChangedFiles;
import java.util.List;

/** Changed files as a forge's lists name them: one entry for each file, with two paths where it was renamed. */
public final class ListedFiles {

    private ListedFiles() {}

    /**
     * All of a list, unless it is cut off.
     *
     * @param most entries that the forge lists at all; a list as long as that may be cut off
     */
    public static ChangedFiles upTo(int most, List<List<String>> entries) {
        if (entries.size() >= most) {
            return ChangedFiles.unknown();
        }
        return ChangedFiles.all(entries.stream().flatMap(List::stream).toList());
    }

    /** A commit that is gone, as after a forced push, can't be compared with: nobody can tell then. */
    public static ChangedFiles unlessGone(Asked list) throws ForgeFailure {
        try {
            return list.files();
        } catch (ForgeFailure failure) {
            if (failure.kind() == ForgeFailure.Kind.NOT_FOUND) {
                return ChangedFiles.unknown();
            }
            throw failure;
        }
    }

    /** A call that lists files. */
    @FunctionalInterface
    public interface Asked {
        ChangedFiles files() throws ForgeFailure;
    }
}

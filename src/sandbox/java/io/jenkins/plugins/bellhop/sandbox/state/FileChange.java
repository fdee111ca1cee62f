package io.jenkins.plugins.bellhop.sandbox.state;

/** A file that differs between two commits. Renames are told as one file gone and another one there. */
public record FileChange(String path, Kind kind) {

    /** What became of it. */
    public enum Kind {
        ADDED,
        MODIFIED,
        REMOVED
    }
}

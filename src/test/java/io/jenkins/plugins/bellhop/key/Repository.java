package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bare repository on disk.
 *
 * @param commit the hash of its commit; empty when it has none
 */
record Repository(Path path, String commit) {

    private static final String ONE_COMMIT = String.join(
            "\n",
            "commit refs/heads/main",
            "committer Tester <tester@example.org> 1700000000 +0000",
            "data 5",
            "first",
            "M 644 inline README",
            "data 5",
            "hello",
            "",
            "reset refs/heads/topic/one",
            "from refs/heads/main",
            "",
            "");

    static Repository empty(Path path) {
        Program.in(path.getRoot()).output("git", "init", "-q", "--bare", "-b", "main", path.toString());
        return new Repository(path, "");
    }

    /** With the branches {@code main} and {@code topic/one} at one commit. */
    static Repository withOneCommit(Path path) throws IOException {
        empty(path);
        return filled(path);
    }

    /** Gives a repository that is there already the one commit. */
    static Repository filled(Path path) throws IOException {
        Path input = Files.createTempFile("commit", ".txt");
        try {
            Files.writeString(input, ONE_COMMIT);
            Program.in(path).reading(input).output("git", "fast-import", "--quiet");
        } finally {
            Files.delete(input);
        }
        return new Repository(
                path,
                Program.in(path).output("git", "rev-parse", "refs/heads/main").strip());
    }

    /** As it stands in a URL, without the leading slash. */
    String urlPath() {
        return path.toString().substring(1);
    }
}

package io.jenkins.plugins.bellhop.jenkins.checkout;

import java.io.File;
import java.nio.file.Path;

/** Options for the ssh command line that the git client plugin writes into a script of its own. */
final class SshOptions {

    /**
     * The git client plugin uses these options only beside a key that it names with {@code -i}. Without this, ssh would offer
     * the keys of an agent first, and a forge take one of them for another repository's.
     */
    private static final String ONE_IDENTITY = "-o IdentitiesOnly=yes -o IdentityAgent=none";

    private SshOptions() {}

    /**
     * Strict checking against our file, then the user's own. The git client plugin makes the file under a name without
     * quotes; a directory above it may still hold blanks, so both layers are quoted: the shell's and OpenSSH's.
     */
    static String knownHosts(Path file) {
        String files = "UserKnownHostsFile=\"" + file.toAbsolutePath() + "\" ~/.ssh/known_hosts";
        return "-o StrictHostKeyChecking=yes " + ONE_IDENTITY + " -o " + quoted(files);
    }

    /** cmd.exe knows double quotes alone, the POSIX shell takes single ones literally. */
    private static String quoted(String option) {
        if (File.separatorChar == '\\') {
            return "\"" + option.replace("\"", "\\\"") + "\"";
        }
        return "'" + option.replace("'", "'\\''") + "'";
    }
}

package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The program that git runs in ssh's place: a POSIX shell script, the same everywhere, with a table beside it that says
 * which repository has which key. Nothing is written into the script, and nothing that git passes to it is evaluated.
 */
public final class SshWrapper {

    static final String NAME = "ssh-for-git";
    static final String TABLE = "routes";
    static final String BEFORE = "before";
    static final String AGENT_BEFORE = "agent-before";
    static final String CONFIGURATION = "config-";

    /** A path that no repository has. */
    private static final String EVERY_PATH = "*";

    private SshWrapper() {}

    /** The script's text. */
    static String script() {
        try (InputStream script = SshWrapper.class.getResourceAsStream("ssh-for-git.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("the script that git runs in ssh's place can't be read", e);
        }
    }

    /** One line of the table. Its words are checked values: none contains a blank. */
    static String line(String kind, KeyScope target, int number) {
        String spelling = target.ignoresCase() ? "any-case" : "exact";
        String path = target.isWholeServer() ? EVERY_PATH : target.comparedPath();
        return String.join(
                        " ",
                        kind,
                        target.host(),
                        Integer.toString(target.port()),
                        spelling,
                        path,
                        Integer.toString(number))
                + "\n";
    }

    /**
     * What makes git use an installed bundle. Git hands GIT_SSH_COMMAND to a shell, so the path is quoted for one; the
     * variant is named, or git would first start the program to find out. The script is read by sh and not started, since
     * the file system may forbid that.
     *
     * @param directory absolute path of the key directory, of Unix or of Windows
     */
    public static Map<String, String> environment(String directory) {
        String script = SshConfig.plain(directory) + "/" + NAME;
        return Map.of("GIT_SSH_COMMAND", "sh '" + script.replace("'", "'\\''") + "'", "GIT_SSH_VARIANT", "ssh");
    }
}

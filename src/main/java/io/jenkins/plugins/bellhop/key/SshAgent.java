package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An ssh-agent of OpenSSH that belongs to a key directory, for programs that bring an SSH of their own and ask no other for
 * keys. Its process is found by the directory's name, which nobody can guess: so it can be ended whatever happened to the
 * files, and to whoever started it.
 */
final class SshAgent {

    /** Bytes of a socket's path: macOS takes 104 with the zero at the end, Linux 108. */
    static final int LONGEST_SOCKET = 103;

    static final String SOCKET = "agent";

    /** Both programs answer at once; a machine may be slow. */
    private static final Duration TIME = Duration.ofSeconds(30);

    /** Seconds after which it forgets a key, whatever became of the block: two days are longer than builds should be. */
    private static final String LONGEST_LIFE = "172800";

    private static final Logger LOGGER = Logger.getLogger(SshAgent.class.getName());

    private static final int LONGEST_ANSWER = 4096;

    private SshAgent() {}

    /**
     * Starts one. When it fails, {@link #end} takes away what there is of it.
     *
     * @param identities files of the directory
     * @return the absolute path of its socket
     * @throws IOException when this machine has no ssh-agent, or it doesn't take the keys
     */
    static String start(KeyDirectory directory, List<Path> identities) throws IOException {
        requireUnix(directory.path().getFileSystem().supportedFileAttributeViews());
        String socket = socket(directory.path(), shortPlace(directory.path())).toString();
        run(List.of("ssh-agent", "-s", "-t", LONGEST_LIFE, "-a", socket), Map.of());
        if (!identities.isEmpty()) {
            List<String> add = new ArrayList<>(List.of("ssh-add", "-q"));
            identities.forEach(identity -> add.add(identity.toString()));
            run(add, Map.of("SSH_AUTH_SOCK", socket));
        }
        return socket;
    }

    static void requireUnix(Set<String> attributeViews) throws IOException {
        if (!attributeViews.contains("posix")) {
            throw new IOException(
                    "expected a Unix node for an ssh-agent of the block's own, found one where each user has"
                            + " a single ssh-agent for everything");
        }
    }

    /** Beside the keys, where containers of the build see it; or, if that is too long, in a short place of its own. */
    static Path socket(Path directory, Path shortPlace) throws IOException {
        Path beside = directory.resolve(SOCKET);
        if (length(beside) <= LONGEST_SOCKET) {
            return beside;
        }
        Path apart = shortPlace.resolve(SOCKET);
        if (length(apart) > LONGEST_SOCKET) {
            throw new IOException("expected a path of at most " + LONGEST_SOCKET
                    + " bytes for the socket of an ssh-agent, found " + length(beside) + " in " + directory.getParent()
                    + " and " + length(apart) + " in " + shortPlace.getParent());
        }
        return KeyDirectory.createAt(shortPlace).path().resolve(SOCKET);
    }

    private static int length(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static Path shortPlace(Path directory) {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve(directory.getFileName());
    }

    static void run(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        BoundedCommand.Result result;
        try {
            result = BoundedCommand.run(builder, TIME, LONGEST_ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an ssh-agent was made ready");
        } catch (IOException e) {
            throw new IOException(
                    "expected OpenSSH's " + command.get(0)
                            + " on this node, for the ssh-agent that was asked for; it can't be started",
                    e);
        }
        if (result.stopped() || result.exitCode() != 0) {
            throw new IOException("expected " + command.get(0) + " to end well, found: "
                    + (result.stopped()
                            ? "no end within " + TIME.toSeconds() + " s"
                            : result.errors().strip()));
        }
    }

    /**
     * Ends the one of a key directory, if there is one.
     *
     * @param directory absolute path, of a name by {@link KeyDirectory#newName}
     */
    static void end(Path directory) throws IOException {
        KeyDirectory.checkName(directory);
        String socket = directory.getFileName() + "/" + SOCKET;
        for (Path place : List.of(directory, shortPlace(directory))) {
            forgetKeys(place.resolve(SOCKET));
        }
        ProcessHandle.allProcesses()
                .filter(process -> isAgent(process.info().arguments().orElse(new String[0]), socket))
                .forEach(ProcessHandle::destroyForcibly);
        KeyDirectory.removeAt(shortPlace(directory));
    }

    /** The process can't be seen where /proc hides others' and its own: without keys it does no harm. */
    private static void forgetKeys(Path socket) {
        if (Files.exists(socket)) {
            try {
                run(List.of("ssh-add", "-q", "-D"), Map.of("SSH_AUTH_SOCK", socket.toString()));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "Nobody listens at " + socket + " any more", e);
            }
        }
    }

    private static boolean isAgent(String[] arguments, String socket) {
        return arguments.length == 5
                && Arrays.asList(arguments).subList(0, 4).equals(List.of("-s", "-t", LONGEST_LIFE, "-a"))
                && arguments[4].endsWith("/" + socket);
    }
}

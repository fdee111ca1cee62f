package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A directory of its own for key files on this machine: it is the owner's alone before anything is in it, its files are
 * created owner-only, and closing removes it with all it holds. Open it in a try-with-resources: the undo is then
 * armed before the first byte of a key is written.
 */
public final class KeyDirectory implements AutoCloseable {

    /** How the directories begin, so that what a crash left behind can be found. */
    public static final String PREFIX = "bellhop-keys-";

    /** Bytes of one file: a known_hosts file at its own limit fits twice. */
    public static final int LARGEST_FILE = 2 << 20;

    /** Characters of a file name. */
    public static final int LONGEST_NAME = 64;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0," + (LONGEST_NAME - 1) + "}");

    private static final Pattern NEW_NAME = Pattern.compile(PREFIX + "[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path path;

    private KeyDirectory(Path path) {
        this.path = path;
    }

    /**
     * @param parent an existing directory
     * @throws IOException when the directory can't be made, or can't be made private there
     */
    public static KeyDirectory create(Path parent) throws IOException {
        Path path = Files.createTempDirectory(parent, PREFIX, OwnerOnly.directory(parent.getFileSystem()));
        return new KeyDirectory(path.toAbsolutePath());
    }

    /**
     * Makes the directory of a name that was chosen before, so that whoever chose it can remove it whatever happens.
     *
     * @param path absolute; its last part is of {@link #newName}; its parent is made if it is missing
     * @throws IOException when it exists already, can't be made, or can't be made private there
     */
    public static KeyDirectory createAt(Path path) throws IOException {
        checkName(path);
        Files.createDirectories(path.getParent());
        Files.createDirectory(path, OwnerOnly.directory(path.getFileSystem()));
        return new KeyDirectory(path);
    }

    /**
     * Removes the directory of a name that was chosen before, if it is there.
     *
     * @throws IOException when something stayed; everything else is gone then
     */
    public static void removeAt(Path path) throws IOException {
        checkName(path);
        new KeyDirectory(path).close();
    }

    /** A name that nobody can guess. */
    public static String newName() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return PREFIX + HexFormat.of().formatHex(random);
    }

    static void checkName(Path path) {
        boolean ours = path.isAbsolute()
                && path.getFileName() != null
                && NEW_NAME.matcher(path.getFileName().toString()).matches();
        if (!ours) {
            throw new IllegalArgumentException("expected the absolute path of a key directory, found another one");
        }
    }

    /**
     * Removes what a crash left in the parent. To be called before the first directory is made there.
     *
     * @throws IOException when something stayed; everything else is gone then
     */
    public static void sweep(Path parent) throws IOException {
        Removal removal = new Removal();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : left) {
                Files.walkFileTree(directory, removal);
            }
        }
        removal.throwFailures();
    }

    public Path path() {
        return path;
    }

    /**
     * Writes a new file, of mode 0600 before it has content.
     *
     * @param name chosen by the program, never by a user: lower-case letters, digits, {@code _ . -}
     * @throws IOException when it exists already or can't be written
     */
    public Path write(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected a plain file name for a key directory, found another one");
        }
        if (bytes.length > LARGEST_FILE) {
            throw new IllegalArgumentException(
                    "expected at most " + LARGEST_FILE + " bytes for a file of a key directory, found " + bytes.length);
        }
        Path file = path.resolve(name);
        Files.createFile(file, OwnerOnly.file(path.getFileSystem()));
        Files.write(file, bytes);
        return file;
    }

    /**
     * Removes the directory and all in it; symbolic links are removed, not followed. Closing again does nothing.
     *
     * @throws IOException when something stayed; everything else is gone then
     */
    @Override
    public void close() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Removal removal = new Removal();
            Files.walkFileTree(path, removal);
            removal.throwFailures();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Goes on after a failure: a file that can't be deleted must not save the key beside it. */
    private static final class Removal extends SimpleFileVisitor<Path> {

        private final List<IOException> failures = new ArrayList<>();

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return delete(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            failures.add(failure);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
            return delete(directory);
        }

        private FileVisitResult delete(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                failures.add(e);
            }
            return FileVisitResult.CONTINUE;
        }

        private void throwFailures() throws IOException {
            if (!failures.isEmpty()) {
                IOException first = failures.remove(0);
                failures.forEach(first::addSuppressed);
                throw first;
            }
        }
    }
}

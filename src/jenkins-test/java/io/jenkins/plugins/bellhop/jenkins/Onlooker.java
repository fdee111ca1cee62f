package io.jenkins.plugins.bellhop.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks, again and again, at what others on the machine could see while builds run: the modes of key directories and of
 * all in them, and the environments and arguments of processes.
 */
final class Onlooker implements AutoCloseable {

    private static final long PAUSE_NANOS = 2_000_000;

    private final List<Path> roots;
    private final List<String> secrets;
    private final Set<String> modes = new ConcurrentSkipListSet<>();
    private final Set<String> betrayals = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::lookOn, "onlooker");

    /** @param secrets what no process may show */
    Onlooker(List<String> secrets, Path... roots) {
        this.secrets = secrets;
        this.roots = List.of(roots);
        thread.start();
    }

    /** Of everything in key directories so far: {@code d} or {@code -}, and the permissions. */
    Set<String> modes() {
        return new TreeSet<>(modes);
    }

    /** What showed a secret so far. */
    Set<String> betrayals() {
        return new TreeSet<>(betrayals);
    }

    private void lookOn() {
        while (!Thread.currentThread().isInterrupted()) {
            roots.forEach(this::lookAtFiles);
            lookAtProcesses();
            // A breath: the builds need the processor, too.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void lookAtFiles(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return note(directory);
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    return note(file);
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    // Went away meanwhile.
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileVisitResult note(Path path) {
        if (path.toString().contains("/bellhop-keys-")) {
            try {
                PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class);
                modes.add((found.isDirectory() ? "d" : "-") + PosixFilePermissions.toString(found.permissions()));
            } catch (IOException e) {
                // Went away meanwhile.
                return FileVisitResult.CONTINUE;
            }
        }
        return FileVisitResult.CONTINUE;
    }

    private void lookAtProcesses() {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                for (String shown : List.of("environ", "cmdline")) {
                    String text = read(process.resolve(shown));
                    if (secrets.stream().anyMatch(text::contains)) {
                        betrayals.add(process.resolve(shown) + " of " + read(process.resolve("comm")));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The process ended, or is somebody else's.
            return "";
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}

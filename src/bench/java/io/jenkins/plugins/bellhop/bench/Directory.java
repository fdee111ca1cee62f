package io.jenkins.plugins.bellhop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory on the disk that the build is on: many machines' temporary one is memory, whose fsync costs nothing. */
record Directory(Path path) implements AutoCloseable {

    private static final Path PARENT = Path.of("target", "bench", "work");

    Directory() throws IOException {
        this(Files.createTempDirectory(Files.createDirectories(PARENT), "run"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

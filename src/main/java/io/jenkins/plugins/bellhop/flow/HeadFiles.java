package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One file for each connection, whole or not there. */
public final class HeadFiles implements SeenHeads.Pages {

    private final Path directory;

    /** @param directory made if it isn't there */
    public HeadFiles(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
    }

    @Override
    public List<String> read(String connectionId) throws IOException {
        Path file = file(connectionId);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Override
    public void write(String connectionId, List<String> lines) throws IOException {
        Durable.write(file(connectionId), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void remove(String connectionId) throws IOException {
        Files.deleteIfExists(file(connectionId));
    }

    private Path file(String connectionId) {
        return directory.resolve(connectionId + ".heads");
    }
}

package io.jenkins.plugins.bellhop.jenkins.health;

import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.key.KeyFormatException;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What forges publish and nobody has decided on, one file each with a key in each line. Nothing is trusted for it. */
final class PublishedFiles {

    private static final Logger LOGGER = Logger.getLogger(PublishedFiles.class.getName());

    private final Path directory;

    PublishedFiles(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
    }

    /** What can't be read is looked up anew. */
    Optional<List<OpenSshPublicKey>> of(PinnedForge forge) {
        try {
            Path file = file(forge);
            return Files.exists(file)
                    ? Optional.of(Files.readAllLines(file).stream()
                            .map(OpenSshPublicKey::parse)
                            .toList())
                    : Optional.empty();
        } catch (IOException | KeyFormatException e) {
            LOGGER.log(Level.INFO, e, () -> "Can't read what " + forge + " was found to publish");
            return Optional.empty();
        }
    }

    void keep(PinnedForge forge, List<OpenSshPublicKey> published) {
        String lines = published.stream().map(OpenSshPublicKey::typeAndData).collect(Collectors.joining("\n"));
        try {
            Durable.write(file(forge), lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't write down what " + forge + " publishes");
        }
    }

    void forget(PinnedForge forge) {
        try {
            Files.deleteIfExists(file(forge));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't forget what " + forge + " was found to publish");
        }
    }

    private Path file(PinnedForge forge) {
        return directory.resolve(forge.name());
    }
}

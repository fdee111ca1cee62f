package io.jenkins.plugins.bellhop.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Deliveries that wait in a file each, as the first versions of Bellhop left them. */
final class EarlierSpool {

    private static final Logger LOGGER = Logger.getLogger(EarlierSpool.class.getName());

    private final Path directory;

    EarlierSpool(Path directory) {
        this.directory = directory;
    }

    /** Stores one durably, once, however often it is asked to. */
    interface Taker {
        void take(long number, Instant storedAt, VerifiedDelivery delivery) throws IOException;
    }

    /** Returns when all are taken and their files gone for good. One that can't be read stays where it is. */
    void moveInto(Taker taker) throws IOException {
        List<Path> files = files();
        for (Path file : files) {
            String name = file.getFileName().toString();
            Optional<VerifiedDelivery> delivery = read(file);
            if (delivery.isPresent()) {
                Instant storedAt = Files.getLastModifiedTime(file).toInstant();
                taker.take(SpoolFile.sequenceIn(name), storedAt, delivery.get());
                Files.delete(file);
            }
        }
        if (!files.isEmpty()) {
            Durable.syncDirectory(directory);
        }
    }

    private static Optional<VerifiedDelivery> read(Path file) {
        try {
            return Optional.of(SpoolFile.read(new ByteArrayInputStream(Files.readAllBytes(file))));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't read the delivery in " + file + "; it is left there");
            return Optional.empty();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> SpoolFile.isName(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}

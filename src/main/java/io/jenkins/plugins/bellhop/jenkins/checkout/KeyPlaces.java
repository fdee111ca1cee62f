package io.jenkins.plugins.bellhop.jenkins.checkout;

import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;

/** Where builds' keys lie on nodes, as small files: a crash of Jenkins doesn't forget one. Holds no keys. */
public final class KeyPlaces {

    private static final String SUFFIX = ".properties";

    private final Path directory;

    /** @param directory existing, for these files alone */
    public KeyPlaces(Path directory) {
        this.directory = directory;
    }

    synchronized void put(KeyPlace place) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("node", place.node());
        properties.setProperty("path", place.path());
        properties.setProperty("run", place.run());
        properties.setProperty("withAgent", Boolean.toString(place.withAgent()));
        properties.setProperty("ended", Boolean.toString(place.ended()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        properties.store(bytes, null);
        Durable.write(file(place.id()), bytes.toByteArray());
    }

    synchronized void remove(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    synchronized Optional<KeyPlace> find(String id) throws IOException {
        return Files.exists(file(id)) ? Optional.of(read(file(id))) : Optional.empty();
    }

    synchronized List<KeyPlace> where(Predicate<KeyPlace> condition) throws IOException {
        List<KeyPlace> places = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                KeyPlace place = read(file);
                if (condition.test(place)) {
                    places.add(place);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever placed, or somebody emptied the home directory.
            return List.of();
        }
        return places;
    }

    private static KeyPlace read(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        String name = file.getFileName().toString();
        return new KeyPlace(
                name.substring(0, name.length() - SUFFIX.length()),
                properties.getProperty("node", ""),
                properties.getProperty("path", ""),
                properties.getProperty("run", ""),
                Boolean.parseBoolean(properties.getProperty("withAgent")),
                Boolean.parseBoolean(properties.getProperty("ended")));
    }

    private Path file(String id) {
        return directory.resolve(id + SUFFIX);
    }
}

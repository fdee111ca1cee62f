package io.jenkins.plugins.bellhop.jenkins.checkout;

import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where builds' keys lie on nodes, as small files: a crash of Jenkins doesn't forget one. Holds no keys. */
public final class KeyPlaces {

    private static final Logger LOGGER = Logger.getLogger(KeyPlaces.class.getName());
    private static final String SUFFIX = ".properties";

    private final Path directory;
    /** All of them, by id; null before the files were read. */
    private Map<String, KeyPlace> known;

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
        known().put(place.id(), place);
    }

    synchronized void remove(String id) throws IOException {
        Files.deleteIfExists(file(id));
        known().remove(id);
    }

    synchronized Optional<KeyPlace> find(String id) throws IOException {
        return Optional.ofNullable(known().get(id));
    }

    synchronized List<KeyPlace> where(Predicate<KeyPlace> condition) throws IOException {
        return known().values().stream().filter(condition).toList();
    }

    /** The node is gone for good, and its disk with it. */
    synchronized void forgetNode(String node) throws IOException {
        for (KeyPlace place : where(each -> each.node().equals(node))) {
            remove(place.id());
        }
    }

    private Map<String, KeyPlace> known() throws IOException {
        if (known == null) {
            Map<String, KeyPlace> read = new TreeMap<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                for (Path file : files) {
                    KeyPlace place = read(file);
                    read.put(place.id(), place);
                }
            } catch (NoSuchFileException e) {
                LOGGER.log(Level.FINE, "Nothing was ever placed, or somebody emptied the home directory", e);
            }
            known = read;
        }
        return known;
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

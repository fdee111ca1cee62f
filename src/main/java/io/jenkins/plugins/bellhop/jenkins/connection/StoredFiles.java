package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Things of one kind, one XML file each in a directory that only Jenkins' user can enter. A file that can't be read stays as it
 * is.
 *
 * @param <T> immutable; its fields' names are a file format
 */
final class StoredFiles<T> {

    private static final Logger LOGGER = Logger.getLogger(StoredFiles.class.getName());

    private final Format<T> format;
    private final Path directory;
    private final Map<String, T> byId = new ConcurrentHashMap<>();
    private final Set<String> unreadable = new ConcurrentSkipListSet<>();

    /** How things of one kind are written. */
    static final class Format<T> {

        private final Class<T> type;
        private final String name;
        private final Function<T, String> id;
        private final XStream2 xstream = new XStream2();

        /**
         * @param name for people, such as {@code user key}; the file's element is {@code bellhop-user-key} then
         * @param id also the file's name, without its ending
         * @param fields all that the file has: what of them can't be read must not be dropped, since a former key would stay at
         *     the forge for good
         */
        Format(Class<T> type, String name, Function<T, String> id, Stream<Field> fields) {
            this.type = type;
            this.name = name;
            this.id = id;
            xstream.alias("bellhop-" + name.replace(' ', '-'), type);
            fields.forEach(field -> xstream.addCriticalField(field.getDeclaringClass(), field.getName()));
        }
    }

    StoredFiles(Format<T> format, Path directory) throws IOException {
        this.format = format;
        this.directory = Durable.directory(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.xml")) {
            for (Path file : files) {
                load(file);
            }
        }
    }

    private void load(Path file) {
        try {
            Object read = new XmlFile(format.xstream, file.toFile()).read();
            if (!format.type.isInstance(read)) {
                throw new IOException("expected a " + format.name + ", found something else");
            }
            keep(format.type.cast(read));
        } catch (IOException | RuntimeException e) {
            unreadable.add(file.getFileName().toString());
            LOGGER.log(
                    Level.WARNING, "Can't read " + format.name + " " + file.getFileName() + "; it stays as it is", e);
        }
    }

    /** Names of the files that could not be read when Jenkins started, and are still there. */
    List<String> unreadable() {
        return unreadable.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .toList();
    }

    List<T> all() {
        return List.copyOf(byId.values());
    }

    Optional<T> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** In the place of the one with the same id, if there is one. */
    synchronized void write(T stored) throws IOException {
        new XmlFile(format.xstream, file(format.id.apply(stored)).toFile()).write(stored);
        keep(stored);
    }

    /** Until Jenkins is restarted; {@link #write} is for longer. */
    void keep(T stored) {
        byId.put(format.id.apply(stored), stored);
    }

    /** One that is gone already counts as forgotten. */
    synchronized void forget(String id) throws IOException {
        Files.deleteIfExists(file(id));
        byId.remove(id);
    }

    private Path file(String id) {
        return directory.resolve(id + ".xml");
    }
}

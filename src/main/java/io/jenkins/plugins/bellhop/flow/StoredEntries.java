package io.jenkins.plugins.bellhop.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The newest entries, which outlive a restart: in memory for looking up, and a line of JSON each in a file that is written
 * anew when half of it is out of date. A line that can't be read is left out. What {@link FairEntries} says goes first.
 */
final class StoredEntries<T> implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(StoredEntries.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final int most;
    private final Format<T> format;
    private final Sync sync;
    private final FairEntries<T> entries;
    private FileChannel lines;
    private int written;

    /** How an entry is a line. */
    interface Format<T> {
        void write(T entry, ObjectNode line);

        T read(Json line) throws UnreadablePayload;
    }

    /** What an entry outlives once it was added. */
    enum Sync {
        CRASH_OF_JENKINS,
        CRASH_OF_THE_MACHINE
    }

    /** Reads what is there and readable. Nothing about this file may keep Bellhop from starting. */
    StoredEntries(Path file, int most, Function<T, String> ownerOf, Format<T> format, Sync sync) {
        this.file = file;
        this.most = most;
        this.format = format;
        this.sync = sync;
        this.entries = new FairEntries<>(most, ownerOf);
        try {
            if (Files.exists(file)) {
                // A line that was cut short may end within a character.
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .map(this::read)
                        .flatMap(Optional::stream)
                        .forEach(entries::add);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't read the list of " + file.getFileName() + "; it begins anew", e);
        }
    }

    synchronized void add(T entry) {
        entries.add(entry);
        try {
            if (lines == null || written >= 2 * most) {
                writeAnew();
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(line(entry).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                lines.write(bytes);
            }
            if (sync == Sync.CRASH_OF_THE_MACHINE) {
                lines.force(false);
            }
            written++;
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Can't write down one of the " + file.getFileName() + "; it is known until the next restart",
                    e);
        }
    }

    private void writeAnew() throws IOException {
        close();
        Durable.directory(file.resolveSibling(""));
        StringBuilder all = new StringBuilder();
        for (T entry : entries.oldestFirst()) {
            all.append(line(entry));
        }
        Durable.write(file, all.toString().getBytes(StandardCharsets.UTF_8));
        lines = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        written = entries.size();
    }

    /** Newest first, without the first of them. */
    synchronized List<T> find(Predicate<T> wanted, int skipped, int limit) {
        return entries.newestFirst().filter(wanted).skip(skipped).limit(limit).toList();
    }

    synchronized int size() {
        return entries.size();
    }

    private String line(T entry) throws JsonProcessingException {
        ObjectNode line = MAPPER.createObjectNode();
        format.write(entry, line);
        return MAPPER.writeValueAsString(line) + "\n";
    }

    private Optional<T> read(String text) {
        try {
            return Optional.of(format.read(Json.parse(text.getBytes(StandardCharsets.UTF_8))));
        } catch (UnreadablePayload | DateTimeException e) {
            LOGGER.log(Level.WARNING, "Left out one of the {0} that can''t be read: {1}", new Object[] {
                file.getFileName(), e.getMessage()
            });
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (lines != null) {
                lines.close();
                lines = null;
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't close the list of " + file.getFileName(), e);
        }
    }
}

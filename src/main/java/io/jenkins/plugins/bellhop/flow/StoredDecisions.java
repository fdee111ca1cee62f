package io.jenkins.plugins.bellhop.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The newest decisions of all connections, which outlive a restart: in memory for looking up, and a line of JSON each in a
 * file that is written anew when half of it is out of date. A line that can't be read is left out.
 */
public final class StoredDecisions implements DecisionLog, AutoCloseable {

    /** Entries; the oldest go first. */
    public static final int MOST = 10_000;

    private static final Logger LOGGER = Logger.getLogger(StoredDecisions.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Clock clock;
    private final int most;
    private final Deque<Dated> entries = new ArrayDeque<>();
    private BufferedWriter lines;
    private int written;

    /** An entry and when it was made. */
    public record Dated(Instant at, Entry entry) {}

    /** Reads what is there and readable. Nothing about this file may keep Bellhop from starting. */
    public StoredDecisions(Path file, Clock clock) {
        this(file, clock, MOST);
    }

    StoredDecisions(Path file, Clock clock, int most) {
        this.file = file;
        this.clock = clock;
        this.most = most;
        try {
            if (Files.exists(file)) {
                // A line that was cut short may end within a character.
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .map(StoredDecisions::read)
                        .flatMap(Optional::stream)
                        .forEach(this::keep);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't read the list of decisions; it begins anew", e);
        }
    }

    @Override
    public synchronized void add(Entry entry) {
        Dated dated = new Dated(clock.instant(), entry);
        keep(dated);
        try {
            if (lines == null || written >= 2 * most) {
                writeAnew();
                return;
            }
            lines.write(line(dated));
            lines.newLine();
            lines.flush();
            written++;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't write down a decision; it is known until the next restart", e);
        }
    }

    private void keep(Dated dated) {
        entries.addFirst(dated);
        if (entries.size() > most) {
            entries.removeLast();
        }
    }

    private void writeAnew() throws IOException {
        close();
        Durable.directory(file.resolveSibling(""));
        StringBuilder all = new StringBuilder();
        for (Iterator<Dated> oldestFirst = entries.descendingIterator(); oldestFirst.hasNext(); ) {
            all.append(line(oldestFirst.next())).append('\n');
        }
        Durable.write(file, all.toString().getBytes(StandardCharsets.UTF_8));
        lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        written = entries.size();
    }

    /** Those of one connection that concern the job or no job at all, newest first. */
    public List<Dated> of(String connectionId, String job, int limit) {
        return find(
                dated -> dated.entry().connectionId().equals(connectionId)
                        && dated.entry()
                                .job()
                                .filter(other -> !other.equals(job))
                                .isEmpty(),
                limit);
    }

    /** Newest first. */
    public synchronized List<Dated> find(Predicate<Dated> wanted, int limit) {
        return entries.stream().filter(wanted).limit(limit).toList();
    }

    private static String line(Dated dated) throws JsonProcessingException {
        Entry entry = dated.entry();
        ObjectNode line = MAPPER.createObjectNode()
                .put("at", dated.at().toString())
                .put("connection", entry.connectionId())
                .put("event", entry.event())
                .put("outcome", entry.outcome().name())
                .put("sentence", entry.sentence());
        entry.deliveryId().ifPresent(id -> line.put("delivery", id));
        entry.job().ifPresent(job -> line.put("job", job));
        return MAPPER.writeValueAsString(line);
    }

    private static Optional<Dated> read(String text) {
        try {
            Json line = Json.parse(text.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new Dated(
                    Instant.parse(line.at("at").text()),
                    new Entry(
                            line.at("connection").text(),
                            line.findText("delivery"),
                            line.findText("job"),
                            line.at("event").text(),
                            line.at("outcome").as(Outcome::valueOf),
                            line.at("sentence").text())));
        } catch (UnreadablePayload | DateTimeException e) {
            LOGGER.log(Level.WARNING, "Left out a decision that can't be read: {0}", e.getMessage());
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
            LOGGER.log(Level.WARNING, "Can't close the list of decisions", e);
        }
    }
}

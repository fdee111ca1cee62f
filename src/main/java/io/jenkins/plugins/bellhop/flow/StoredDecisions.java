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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The newest decisions of all connections, which outlive a restart: in memory for looking up, and a line of JSON each in a
 * file that is written anew when half of it is out of date. A line that can't be read is left out. What {@link FairEntries}
 * says goes first.
 */
public final class StoredDecisions implements DecisionLog, AutoCloseable {

    /** Entries of all connections. */
    public static final int MOST = 10_000;
    /** Refusals of one connection that are written down in a minute; others are answered all the same. */
    public static final int MOST_REFUSED = 30;

    private static final Logger LOGGER = Logger.getLogger(StoredDecisions.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Clock clock;
    private final int most;
    private final UnaryOperator<String> repositories;
    private final FairEntries entries;
    private final UnknownHooks unknown;
    private final Map<String, PerMinute> refusals = new HashMap<>();
    private BufferedWriter lines;
    private int written;

    /**
     * An entry and when it was made.
     *
     * @param repository what the connection's repository was called then; empty when that wasn't known
     */
    public record Dated(Instant at, Entry entry, String repository) {}

    /** For whom connections are ids. */
    public StoredDecisions(Path file, Clock clock) {
        this(file, clock, connectionId -> "");
    }

    /**
     * Reads what is there and readable. Nothing about this file may keep Bellhop from starting.
     *
     * @param repositories what the repository of a connection is called; empty when it isn't known
     */
    public StoredDecisions(Path file, Clock clock, UnaryOperator<String> repositories) {
        this(file, clock, repositories, MOST);
    }

    StoredDecisions(Path file, Clock clock, UnaryOperator<String> repositories, int most) {
        this.file = file;
        this.clock = clock;
        this.most = most;
        this.repositories = repositories;
        this.entries = new FairEntries(most);
        this.unknown = new UnknownHooks(clock);
        try {
            if (Files.exists(file)) {
                // A line that was cut short may end within a character.
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .map(StoredDecisions::read)
                        .flatMap(Optional::stream)
                        .forEach(entries::add);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't read the list of decisions; it begins anew", e);
        }
    }

    @Override
    public synchronized void add(Entry entry) {
        if (entry.outcome() == Outcome.REFUSED && !mayBeNoted(entry.connectionId())) {
            return;
        }
        Dated dated = new Dated(clock.instant(), entry, repositories.apply(entry.connectionId()));
        entries.add(dated);
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

    /** Whoever knows an address can send without end what is refused. */
    private boolean mayBeNoted(String connectionId) {
        return refusals.computeIfAbsent(connectionId, none -> new PerMinute(MOST_REFUSED, clock))
                .mayPass();
    }

    @Override
    public void unknownHook(String hookPath) {
        unknown.add(hookPath);
    }

    /** Who knocked where no hook is. */
    public UnknownHooks unknownHooks() {
        return unknown;
    }

    private void writeAnew() throws IOException {
        close();
        Durable.directory(file.resolveSibling(""));
        StringBuilder all = new StringBuilder();
        for (Dated dated : entries.oldestFirst()) {
            all.append(line(dated)).append('\n');
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
    public List<Dated> find(Predicate<Dated> wanted, int limit) {
        return find(wanted, 0, limit);
    }

    /** Newest first, without the first of them. */
    public synchronized List<Dated> find(Predicate<Dated> wanted, int skipped, int limit) {
        return entries.newestFirst().filter(wanted).skip(skipped).limit(limit).toList();
    }

    public synchronized int size() {
        return entries.size();
    }

    private static String line(Dated dated) throws JsonProcessingException {
        Entry entry = dated.entry();
        ObjectNode line = MAPPER.createObjectNode()
                .put("at", dated.at().toString())
                .put("connection", entry.connectionId())
                .put("event", entry.event())
                .put("outcome", entry.outcome().name())
                .put("sentence", entry.sentence());
        if (!dated.repository().isEmpty()) {
            line.put("repository", dated.repository());
        }
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
                            line.at("sentence").text()),
                    line.findText("repository").orElse("")));
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

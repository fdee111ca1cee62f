package io.jenkins.plugins.bellhop.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The newest decisions of all connections, which outlive a restart. A noisy connection pushes out its own entries, not those
 * of others. What was refused counts apart from its connection's other entries, so that who merely knows an address pushes
 * out nothing that was proven.
 */
public final class StoredDecisions implements DecisionLog, AutoCloseable {

    /** Entries of all connections. */
    public static final int MOST = 10_000;
    /** Refusals of one connection that are written down in a minute; others are answered all the same. */
    public static final int MOST_REFUSED = 30;

    private final Clock clock;
    private final UnaryOperator<String> repositories;
    private final StoredEntries<Dated> entries;
    private final UnknownHooks unknown;
    private final Map<String, PerMinute> refusals = new HashMap<>();

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
        this.clock = clock;
        this.repositories = repositories;
        this.entries = new StoredEntries<>(
                file, most, StoredDecisions::owner, new Lines(), StoredEntries.Sync.CRASH_OF_JENKINS);
        this.unknown = new UnknownHooks(clock);
    }

    private static String owner(Dated dated) {
        Entry entry = dated.entry();
        return entry.outcome() == Outcome.REFUSED ? "refused " + entry.connectionId() : entry.connectionId();
    }

    @Override
    public synchronized void add(Entry entry) {
        if (entry.outcome() == Outcome.REFUSED && !mayBeNoted(entry.connectionId())) {
            return;
        }
        entries.add(new Dated(clock.instant(), entry, repositories.apply(entry.connectionId())));
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
    public List<Dated> find(Predicate<Dated> wanted, int skipped, int limit) {
        return entries.find(wanted, skipped, limit);
    }

    public int size() {
        return entries.size();
    }

    @Override
    public void close() {
        entries.close();
    }

    /** A decision as a line. The members' names are a file format. */
    private static final class Lines implements StoredEntries.Format<Dated> {
        @Override
        public void write(Dated dated, ObjectNode line) {
            Entry entry = dated.entry();
            line.put("at", dated.at().toString())
                    .put("connection", entry.connectionId())
                    .put("event", entry.event())
                    .put("outcome", entry.outcome().name())
                    .put("sentence", entry.sentence());
            if (!dated.repository().isEmpty()) {
                line.put("repository", dated.repository());
            }
            entry.deliveryId().ifPresent(id -> line.put("delivery", id));
            entry.job().ifPresent(job -> line.put("job", job));
        }

        @Override
        public Dated read(Json line) throws UnreadablePayload {
            return new Dated(
                    Instant.parse(line.at("at").text()),
                    new Entry(
                            line.at("connection").text(),
                            line.findText("delivery"),
                            line.findText("job"),
                            line.at("event").text(),
                            line.at("outcome").as(Outcome::valueOf),
                            line.at("sentence").text()),
                    line.findText("repository").orElse(""));
        }
    }
}

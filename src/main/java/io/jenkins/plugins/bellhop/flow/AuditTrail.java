package io.jenkins.plugins.bellhop.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who did what with connections and keys, and which build was given which key. Only added to, and written down before
 * {@link #add} returns. Who does much pushes out what he did himself, not what others did; builds push out nothing that people
 * did.
 */
public final class AuditTrail implements AutoCloseable {

    /** Of what people and Bellhop did. */
    public static final int MOST_ACTS = 10_000;
    /** Of keys that builds were given. */
    public static final int MOST_USES = 10_000;

    private final StoredEntries<Act> acts;
    private final StoredEntries<Act> uses;
    private final Clock clock;

    /** @param directory where its files lie, or will */
    public AuditTrail(Path directory, Clock clock) {
        this(directory, clock, MOST_ACTS, MOST_USES);
    }

    AuditTrail(Path directory, Clock clock, int mostActs, int mostUses) {
        this.clock = clock;
        this.acts = new StoredEntries<>(
                directory.resolve("acts"), mostActs, Act::who, new Lines(), StoredEntries.Sync.CRASH_OF_THE_MACHINE);
        this.uses = new StoredEntries<>(
                directory.resolve("key-uses"),
                mostUses,
                Act::repository,
                new Lines(),
                StoredEntries.Sync.CRASH_OF_THE_MACHINE);
    }

    /** See {@link Act} for what the texts are. */
    public void add(Kind kind, String who, String repository, String item, String detail) {
        Act act = new Act(clock.instant(), kind, who, repository, item, detail);
        (kind == Kind.KEY_USED ? uses : acts).add(act);
    }

    /** Newest first, without the first of them. */
    public List<Act> find(Predicate<Act> wanted, int skipped, int limit) {
        int most = skipped + limit;
        return Stream.concat(acts.find(wanted, 0, most).stream(), uses.find(wanted, 0, most).stream())
                .sorted(Comparator.comparing(Act::at).reversed())
                .skip(skipped)
                .limit(limit)
                .toList();
    }

    /** How many acts there are. */
    public int acts() {
        return acts.size();
    }

    /** How many uses of keys there are. */
    public int uses() {
        return uses.size();
    }

    @Override
    public void close() {
        acts.close();
        uses.close();
    }

    /** An act as a line. The members' names are a file format. */
    private static final class Lines implements StoredEntries.Format<Act> {
        @Override
        public void write(Act act, ObjectNode line) {
            line.put("at", act.at().toString())
                    .put("kind", act.kind().name())
                    .put("who", act.who())
                    .put("repository", act.repository())
                    .put("item", act.item())
                    .put("detail", act.detail());
        }

        @Override
        public Act read(Json line) throws UnreadablePayload {
            return new Act(
                    Instant.parse(line.at("at").text()),
                    line.at("kind").as(Kind::valueOf),
                    line.at("who").text(),
                    line.at("repository").text(),
                    line.at("item").text(),
                    line.at("detail").text());
        }
    }
}

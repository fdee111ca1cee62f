package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.HookEvents;
import io.jenkins.plugins.bellhop.forge.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One occasion of one connection, from what it tells to the decisions of all jobs. */
final class Handling implements Reading.Cases<Result> {

    /** Every arrival is after it. */
    static final String LONG_AGO = "";

    private final Lookout lookout;
    private final Knowledge knowledge;
    private final SeenHeads heads;
    private final KnownHooks hooks;
    private final Watches watches;
    private final Source source;
    private final Occasion occasion;
    private final Mode mode;
    private final DecisionLog notes;
    private final Predicate<String> concerned;
    private final JobDecisions decisions;

    /** @param concerned tells by its name whether a job is decided for */
    Handling(
            Lookout lookout,
            Knowledge knowledge,
            Memory memory,
            Watches watches,
            Source source,
            Occasion occasion,
            Mode mode,
            DecisionLog notes,
            Predicate<String> concerned) {
        this.lookout = lookout;
        this.knowledge = knowledge;
        this.heads = memory.heads();
        this.hooks = memory.hooks();
        this.watches = watches;
        this.source = source;
        this.occasion = occasion;
        this.mode = mode;
        this.notes = notes;
        this.concerned = concerned;
        this.decisions = new JobDecisions(knowledge.in(mode), memory.approvals(), source, occasion, mode, notes);
    }

    @Override
    public Result happened(Reading.Happened reading) {
        Result result = Result.NOTHING_BUILT;
        for (Event event : reading.events()) {
            if (mode == Mode.FIRST) {
                hooks.delivered(source.connection().id(), event);
            }
            result = result.and(decided(event));
        }
        return result;
    }

    @Override
    public Result ping(Reading.Ping reading) {
        notes.add(Entry.of(source, occasion, "ping", Outcome.IGNORED, "The forge reaches this Jenkins."));
        return Result.NOTHING_BUILT;
    }

    @Override
    public Result ignored(Reading.Ignored reading) {
        notes.add(Entry.of(source, occasion, occasion.event(), Outcome.IGNORED, reading.why()));
        return Result.NOTHING_BUILT;
    }

    Result decided(Event event) {
        Connection connection = source.connection();
        if (!event.repository().equals(connection.repository())) {
            return nobody(
                    event, "Not built: this hook belongs to another repository, " + connection.repository() + ".");
        }
        if (event instanceof Event.HeadsUnknown && mode == Mode.DRY_RUN) {
            return nobody(event, "Would compare all heads with those last seen, and decide what changed.");
        }
        return event instanceof Event.HeadsUnknown
                ? ifKnown(event, this::compared)
                : ifKnown(event, this::decidedUnlessOvertaken);
    }

    private Result ifKnown(Event event, Step step) {
        try {
            return step.of(event);
        } catch (ForgeFailure failure) {
            return notKnown(event, failure);
        }
    }

    private Result notKnown(Event event, ForgeFailure failure) {
        lookout.limits().heard(source.forge().host(), failure);
        boolean gone = failure.kind() == ForgeFailure.Kind.NOT_FOUND;
        notes.add(Entry.of(
                source,
                occasion,
                event.described(),
                gone ? Outcome.SKIPPED : Outcome.FAILED,
                (gone ? "Not built: " : "Not decided yet: ") + failure.getMessage()));
        return gone ? Result.NOTHING_BUILT : Result.FAILED;
    }

    /** The forge doesn't say what changed: find out what did. */
    private Result compared(Event event) throws ForgeFailure {
        HeadComparison now = lookout.look(source);
        String arrival = heads.latest(source.connection().id(), occasion.arrival());
        List<Event> news = news(now, arrival);
        notes.add(Entry.of(
                source,
                occasion,
                event.described(),
                Outcome.IGNORED,
                "Compared all heads with those last seen: " + news.size() + " changed."));
        return decidedAll(news, now, arrival);
    }

    /** What was missed, as if it had been delivered. Says nothing when nothing was. */
    Result caughtUp(HeadComparison now) {
        return decidedAll(news(now, occasion.arrival()), now, occasion.arrival());
    }

    private List<Event> news(HeadComparison now, String arrival) {
        String id = source.connection().id();
        Set<String> later = heads.laterThan(id, arrival);
        Map<String, CommitId> before = new HashMap<>(heads.all(id));
        before.keySet().removeAll(later);
        return now.without(later).news(before, heads.isWhole(id)).stream()
                .filter(this::isSent)
                .toList();
    }

    /** Events that an administrator took from the hook don't come back by another way. */
    private boolean isSent(Event event) {
        HookEvents sent = hooks.of(source.connection().id()).events();
        return event instanceof Event.PullRequestChanged ? sent.pullRequests() : sent.pushes();
    }

    private Result decidedAll(List<Event> news, HeadComparison now, String arrival) {
        String id = source.connection().id();
        // A replay cancels nothing: what it finds stays news to the comparison that does.
        boolean learns = mode == Mode.FIRST;
        if (learns) {
            knowledge.listed(source.connection(), now.pullRequests(), heads.laterThan(id, arrival));
        }
        Result result = Result.NOTHING_BUILT;
        for (Event change : news) {
            result = result.and(ifKnown(change, this::decidedInFull));
        }
        if (learns && result != Result.FAILED) {
            heads.listed(id, now.heads(), arrival);
        }
        return result;
    }

    private Result decidedUnlessOvertaken(Event event) throws ForgeFailure {
        String heard = mode == Mode.FIRST ? occasion.arrival() : LONG_AGO;
        Optional<String> later = knowledge.overtakenBy(source.connection(), event, heard);
        if (later.isPresent()) {
            String since = mode == Mode.FIRST ? "while this event waited" : "since this event";
            return nobody(event, "Not built: " + since + ", " + later.get() + ".");
        }
        return decidedInFull(event);
    }

    private Result decidedInFull(Event told) throws ForgeFailure {
        Connection connection = source.connection();
        Event event = FullCommits.areMissing(told, source) ? FullCommits.filledIn(told, lookout.api(source)) : told;
        if (mode != Mode.FIRST) {
            // It was learnt when it came; what is known since then is newer.
            return decidedForAll(event);
        }
        knowledge.learn(connection, event);
        if (!event.repository().name().isSameAs(connection.repository().name())) {
            // Told by an event of its own, or noticed in another one when that was missed.
            lookout.renamed(source, event.repository());
        }
        Result result = decidedForAll(event);
        if (result == Result.FAILED) {
            knowledge.failed(connection);
        } else {
            knowledge.handled(connection, event, occasion.arrival());
        }
        return result;
    }

    private Result decidedForAll(Event event) {
        List<WatchingJob> jobs = watches.of(source.connection().id()).stream()
                .filter(job -> concerned.test(job.name()))
                .toList();
        if (jobs.isEmpty()) {
            return nobody(
                    event, "Not built: no job watches " + source.connection().repository() + ".");
        }
        Result result = Result.NOTHING_BUILT;
        for (WatchingJob job : jobs) {
            result = result.and(decisions.decided(job, event));
        }
        return result;
    }

    private Result nobody(Event event, String sentence) {
        notes.add(Entry.of(source, occasion, event.described(), Outcome.SKIPPED, sentence));
        return Result.NOTHING_BUILT;
    }

    /** A step that has to ask the forge. */
    @FunctionalInterface
    private interface Step {
        Result of(Event event) throws ForgeFailure;
    }
}

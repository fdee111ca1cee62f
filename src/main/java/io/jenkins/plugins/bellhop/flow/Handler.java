package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Decider;
import io.jenkins.plugins.bellhop.decide.Decision;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns one verified delivery into decisions, and decisions into builds. Every decision is logged with its sentence. */
public final class Handler {

    private static final Logger LOGGER = Logger.getLogger(Handler.class.getName());

    private final Sources sources;
    private final Watches watches;
    private final Repositories repositories;
    private final SeenHeads seen;
    private final DecisionLog log;
    private final Knowledge knowledge;

    public Handler(Sources sources, Watches watches, Repositories repositories, SeenHeads seen, DecisionLog log) {
        this.sources = sources;
        this.watches = watches;
        this.repositories = repositories;
        this.log = log;
        this.seen = seen;
        this.knowledge = new Knowledge(repositories, seen);
    }

    /**
     * Safe to call again for the same delivery: what was built already is found to be a duplicate.
     *
     * @param arrival compares as a text: greater than that of every delivery which came before
     */
    public Result handle(VerifiedDelivery delivery, String arrival) {
        Occasion occasion = Occasion.of(delivery, arrival);
        Optional<Source> source = sources.find(delivery.hookId());
        if (source.isEmpty()) {
            return unknown(delivery.hookId());
        }
        try {
            Reading reading = source.get().forge().dialect().read(delivery);
            return reading.match(new ByReading(source.get(), occasion));
        } catch (UnreadablePayload e) {
            log.add(Entry.of(
                    source.get(), occasion, occasion.event(), Outcome.IGNORED, "Not built: " + e.getMessage() + "."));
            return Result.NOTHING_BUILT;
        }
    }

    /** An accepted delivery isn't thrown away because somebody took its forge out of the configuration for a moment. */
    private Result unknown(String hookId) {
        if (!sources.isKnown(hookId)) {
            return Result.NOTHING_BUILT;
        }
        LOGGER.warning("A delivery waits: the forge of its connection isn't configured any more");
        return Result.FAILED;
    }

    /**
     * Asks the forge where a connection's branches, tags and pull requests are. May take minutes; touches nothing else.
     *
     * @throws ForgeFailure also when another repository has the name now
     */
    HeadComparison look(Source source) throws ForgeFailure {
        Connection connection = source.connection();
        ForgeApi api = repositories.api(connection);
        RepositoryId today = api.repositories().current(connection.repository()).id();
        if (!today.name().isSameAs(connection.repository().name())) {
            repositories.renamed(connection, today);
        }
        return HeadComparison.asked(today, api);
    }

    /**
     * Handles what was missed as if it had been delivered. The first time there is nothing to compare with: then it only
     * notes what is there.
     *
     * @param arrival of the time before {@link #look}: what was heard since then is newer
     */
    Result catchUp(Source source, HeadComparison now, String arrival) {
        return new ByReading(source, Occasion.catchUp(arrival)).caughtUp(now);
    }

    /** Says that a connection could not be looked after. */
    void couldNotLook(Source source, ForgeFailure failure, String arrival) {
        log.add(Entry.of(
                source,
                Occasion.catchUp(arrival),
                Occasion.CATCH_UP,
                Outcome.FAILED,
                "Could not compare the heads with those last seen. " + failure.getMessage()));
    }

    /** Nothing waits just now: there is time to write down what was seen. */
    public void rest() {
        seen.save();
    }

    /** What handling came to. */
    public enum Result {
        BUILT,
        NOTHING_BUILT,
        /** Something that had to be known or done was out of reach: handle it again later. */
        FAILED;

        private Result and(Result other) {
            if (this == FAILED || other == FAILED) {
                return FAILED;
            }
            return this == BUILT ? BUILT : other;
        }
    }

    private final class ByReading implements Reading.Cases<Result> {

        private final Source source;
        private final Occasion occasion;

        ByReading(Source source, Occasion occasion) {
            this.source = source;
            this.occasion = occasion;
        }

        @Override
        public Result happened(Reading.Happened reading) {
            Result result = Result.NOTHING_BUILT;
            for (Event event : reading.events()) {
                result = result.and(decided(event));
            }
            return result;
        }

        @Override
        public Result ping(Reading.Ping reading) {
            log.add(Entry.of(source, occasion, "ping", Outcome.IGNORED, "The forge reaches this Jenkins."));
            return Result.NOTHING_BUILT;
        }

        @Override
        public Result ignored(Reading.Ignored reading) {
            log.add(Entry.of(source, occasion, occasion.event(), Outcome.IGNORED, reading.why()));
            return Result.NOTHING_BUILT;
        }

        private Result decided(Event event) {
            Connection connection = source.connection();
            if (!event.repository().equals(connection.repository())) {
                return nobody(
                        event, "Not built: this hook belongs to another repository, " + connection.repository() + ".");
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
            boolean gone = failure.kind() == ForgeFailure.Kind.NOT_FOUND;
            log.add(Entry.of(
                    source,
                    occasion,
                    event.described(),
                    gone ? Outcome.SKIPPED : Outcome.FAILED,
                    (gone ? "Not built: " : "Not decided yet: ") + failure.getMessage()));
            return gone ? Result.NOTHING_BUILT : Result.FAILED;
        }

        /** The forge doesn't say what changed: find out what did. */
        private Result compared(Event event) throws ForgeFailure {
            HeadComparison now = look(source);
            String arrival = seen.latest(source.connection().id(), occasion.arrival());
            List<Event> news = news(now, arrival);
            log.add(Entry.of(
                    source,
                    occasion,
                    event.described(),
                    Outcome.IGNORED,
                    "Compared all heads with those last seen: " + news.size() + " changed."));
            return decidedAll(news, now, arrival);
        }

        /** Says nothing when nothing was missed. */
        private Result caughtUp(HeadComparison now) {
            return decidedAll(news(now, occasion.arrival()), now, occasion.arrival());
        }

        private List<Event> news(HeadComparison now, String arrival) {
            String id = source.connection().id();
            Set<String> later = seen.laterThan(id, arrival);
            Map<String, CommitId> before = new HashMap<>(seen.all(id));
            before.keySet().removeAll(later);
            return now.without(later).news(before, seen.isWhole(id));
        }

        private Result decidedAll(List<Event> news, HeadComparison now, String arrival) {
            Result result = Result.NOTHING_BUILT;
            for (Event change : news) {
                result = result.and(ifKnown(change, this::decidedInFull));
            }
            if (result != Result.FAILED) {
                seen.listed(source.connection().id(), now.heads(), arrival);
            }
            return result;
        }

        private Result decidedUnlessOvertaken(Event event) throws ForgeFailure {
            Optional<String> later = knowledge.overtakenBy(source.connection(), event, occasion.arrival());
            if (later.isPresent()) {
                return nobody(event, "Not built: while this event waited, " + later.get() + ".");
            }
            return decidedInFull(event);
        }

        private Result decidedInFull(Event told) throws ForgeFailure {
            Connection connection = source.connection();
            Event event = FullCommits.areMissing(told, source)
                    ? FullCommits.filledIn(told, repositories.api(connection))
                    : told;
            knowledge.learn(event);
            if (!event.repository().name().isSameAs(connection.repository().name())) {
                // Told by an event of its own, or noticed in another one when that was missed.
                repositories.renamed(connection, event.repository());
            }
            Result result = decidedForAll(event);
            if (result != Result.FAILED) {
                knowledge.handled(connection, event, occasion.arrival());
            }
            return result;
        }

        private Result decidedForAll(Event event) {
            List<WatchingJob> jobs = watches.of(source.connection().id());
            List<Told> told = watches.tell(new Trigger(source, occasion.id(), event), false);
            if (jobs.isEmpty() && told.isEmpty()) {
                return nobody(
                        event,
                        "Not built: no job watches " + source.connection().repository() + ".");
            }
            Result result = Result.NOTHING_BUILT;
            for (WatchingJob job : jobs) {
                result = result.and(decidedFor(job, event));
            }
            for (Told each : told) {
                note(each.project(), event, each.outcome(), each.sentence());
                result = result.and(each.outcome() == Outcome.FAILED ? Result.FAILED : Result.NOTHING_BUILT);
            }
            return result;
        }

        private Result nobody(Event event, String sentence) {
            log.add(Entry.of(source, occasion, event.described(), Outcome.SKIPPED, sentence));
            return Result.NOTHING_BUILT;
        }

        private Result decidedFor(WatchingJob job, Event event) {
            try {
                Decision decision = Decider.decide(event, job.watch(), knowledge.situation(source, job));
                if (decision instanceof Decision.Build build) {
                    job.build(build, new Trigger(source, occasion.id(), event));
                }
                Outcome outcome = decision.match(build -> Outcome.BUILT, skip -> Outcome.SKIPPED);
                note(job.name(), event, outcome, decision.reason());
                return outcome == Outcome.BUILT ? Result.BUILT : Result.NOTHING_BUILT;
            } catch (Undecided | WatchingJob.BuildFailure e) {
                note(job.name(), event, Outcome.FAILED, e.getMessage());
                return Result.FAILED;
            } catch (RuntimeException fault) {
                // Of this job alone; the others are still decided.
                LOGGER.log(Level.WARNING, fault, () -> "Could not decide for " + job.name() + "; it is tried again");
                note(
                        job.name(),
                        event,
                        Outcome.FAILED,
                        "Not decided: a fault in Bellhop, see the log of Jenkins ("
                                + fault.getClass().getName() + ").");
                return Result.FAILED;
            }
        }

        private void note(String item, Event event, Outcome outcome, String sentence) {
            log.add(new Entry(
                    source.connection().id(),
                    Optional.of(occasion.id().text()),
                    Optional.of(item),
                    event.described(),
                    outcome,
                    sentence));
        }
    }

    /** A step that has to ask the forge. */
    @FunctionalInterface
    private interface Step {
        Result of(Event event) throws ForgeFailure;
    }
}

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Decider;
import io.jenkins.plugins.bellhop.decide.Decision;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.List;
import java.util.Optional;
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
            return Result.NOTHING_BUILT;
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

    /**
     * Compares a connection's heads with those last seen, and handles what was missed as if it had been delivered. The first
     * time there is nothing to compare with: then it only notes what is there.
     */
    public Result catchUp(Source source, String arrival) {
        Occasion occasion = Occasion.catchUp(arrival);
        try {
            return new ByReading(source, occasion).caughtUp();
        } catch (ForgeFailure failure) {
            log.add(Entry.of(
                    source,
                    occasion,
                    occasion.event(),
                    Outcome.FAILED,
                    "Could not compare the heads with those last seen. " + failure.getMessage()));
            return Result.FAILED;
        }
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
            HeadComparison now = heads();
            List<Event> news = news(now);
            log.add(Entry.of(
                    source,
                    occasion,
                    event.described(),
                    Outcome.IGNORED,
                    "Compared all heads with those last seen: " + news.size() + " changed."));
            return decidedAll(news, now);
        }

        /** Says nothing when nothing was missed. */
        private Result caughtUp() throws ForgeFailure {
            HeadComparison now = heads();
            return decidedAll(news(now), now);
        }

        private HeadComparison heads() throws ForgeFailure {
            Connection connection = source.connection();
            return HeadComparison.asked(connection.repository(), repositories.api(connection));
        }

        private List<Event> news(HeadComparison now) {
            String id = source.connection().id();
            return now.news(seen.all(id), seen.isWhole(id));
        }

        private Result decidedAll(List<Event> news, HeadComparison now) {
            Result result = Result.NOTHING_BUILT;
            for (Event change : news) {
                result = result.and(ifKnown(change, this::decidedInFull));
            }
            if (result != Result.FAILED) {
                seen.listed(source.connection().id(), now.heads(), occasion.arrival());
            }
            return result;
        }

        private Result decidedUnlessOvertaken(Event event) throws ForgeFailure {
            Optional<CommitId> later = knowledge.overtakenBy(source.connection(), event, occasion.arrival());
            if (later.isPresent()) {
                return nobody(
                        event,
                        "Not built: while this event waited, a later one was handled, with head "
                                + later.get().shortHex() + ".");
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
            if (jobs.isEmpty()) {
                return nobody(
                        event,
                        "Not built: no job watches " + source.connection().repository() + ".");
            }
            Result result = Result.NOTHING_BUILT;
            for (WatchingJob job : jobs) {
                result = result.and(decidedFor(job, event));
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
                note(job, event, outcome, decision.reason());
                return outcome == Outcome.BUILT ? Result.BUILT : Result.NOTHING_BUILT;
            } catch (Undecided | WatchingJob.BuildFailure e) {
                note(job, event, Outcome.FAILED, e.getMessage());
                return Result.FAILED;
            } catch (RuntimeException fault) {
                // Of this job alone; the others are still decided.
                LOGGER.log(Level.WARNING, fault, () -> "Could not decide for " + job.name() + "; it is tried again");
                note(
                        job,
                        event,
                        Outcome.FAILED,
                        "Not decided: a fault in Bellhop, see the log of Jenkins ("
                                + fault.getClass().getName() + ").");
                return Result.FAILED;
            }
        }

        private void note(WatchingJob job, Event event, Outcome outcome, String sentence) {
            log.add(new Entry(
                    source.connection().id(),
                    Optional.of(occasion.id().text()),
                    Optional.of(job.name()),
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

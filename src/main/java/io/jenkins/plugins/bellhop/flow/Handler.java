package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Cancellation;
import io.jenkins.plugins.bellhop.decide.Cancelling;
import io.jenkins.plugins.bellhop.decide.Decider;
import io.jenkins.plugins.bellhop.decide.Decision;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.WatchingJob.Cancellable;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.HookEvents;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns one verified delivery into decisions, and decisions into builds. Every decision is logged with its sentence. */
public final class Handler {

    private static final Logger LOGGER = Logger.getLogger(Handler.class.getName());

    /** Every arrival is after it. */
    private static final String LONG_AGO = "";

    private final Sources sources;
    private final Watches watches;
    private final Repositories repositories;
    private final Memory memory;
    private final HookLook hookLook;
    private final DecisionLog log;
    private final Knowledge knowledge;
    private final RateLimits limits;

    public Handler(
            Sources sources, Watches watches, Repositories repositories, Memory memory, DecisionLog log, Clock clock) {
        this.sources = sources;
        this.watches = watches;
        this.repositories = repositories;
        this.log = log;
        this.limits = new RateLimits(clock);
        this.memory = memory;
        this.hookLook = new HookLook(memory.hooks(), log);
        this.knowledge = new Knowledge(repositories, memory, limits, clock);
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
            log.add(unreadable(source.get(), occasion, e));
            return Result.NOTHING_BUILT;
        }
    }

    /**
     * Decides a delivery that was handled before once more, by what is configured and known now, and builds what the rules
     * want built: what is built already is a duplicate unless it was aborted, and what isn't the head any more stays unbuilt.
     */
    Result replay(VerifiedDelivery delivery, String arrival) {
        return again(delivery, Occasion.replay(delivery, arrival), Mode.REPLAY, log);
    }

    /** What would be decided now, without building or learning anything. May ask the forge. */
    public List<Entry> dryRun(VerifiedDelivery delivery) {
        List<Entry> notes = new ArrayList<>();
        again(delivery, Occasion.of(delivery, LONG_AGO), Mode.DRY_RUN, notes::add);
        return notes;
    }

    private Result again(VerifiedDelivery delivery, Occasion occasion, Mode mode, DecisionLog notes) {
        Optional<Source> source = sources.find(delivery.hookId());
        if (source.isEmpty()) {
            return Result.NOTHING_BUILT;
        }
        try {
            Reading reading = source.get().forge().dialect().read(delivery);
            return reading.match(new ByReading(source.get(), occasion, mode, notes));
        } catch (UnreadablePayload e) {
            notes.add(unreadable(source.get(), occasion, e));
            return Result.NOTHING_BUILT;
        }
    }

    private static Entry unreadable(Source source, Occasion occasion, UnreadablePayload e) {
        return Entry.of(source, occasion, occasion.event(), Outcome.IGNORED, "Not built: " + e.getMessage() + ".");
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
            renamed(source, today);
        }
        hookLook.at(source, today, api);
        return HeadComparison.asked(today, api);
    }

    private void renamed(Source source, RepositoryId today) {
        Connection connection = source.connection();
        repositories.renamed(connection, today);
        log.add(Entry.about(
                source,
                "rename",
                Outcome.IGNORED,
                "Known under its new name " + today.name() + " (was "
                        + connection.repository().name() + ")."));
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

    /**
     * Decides about a pull request anew whose head commit somebody let in.
     *
     * @param arrival of the time when the forge showed it: what was heard since then is newer
     */
    Result approved(Source source, PullRequest request, Set<String> jobs, String arrival) {
        RepositoryId repository = source.connection().repository();
        // Should this fail, or Jenkins crash meanwhile, catching up finds it as if it were new.
        memory.heads().unsee(source.connection().id(), SeenHeads.pullRequest(request.number()));
        memory.heads().save();
        Event event = new Event.PullRequestChanged(repository, request, Event.Change.APPROVED);
        return new ByReading(source, Occasion.approval(arrival), jobs::contains).decided(event);
    }

    /**
     * The pull request as the forge shows it now. May take a while; touches nothing else.
     *
     * @throws ForgeFailure also when it isn't open any more, or has another head
     */
    PullRequest shown(Source source, Approvals.Waiting what) throws ForgeFailure {
        Connection connection = source.connection();
        for (PullRequest request : repositories.api(connection).pullRequests().open(connection.repository())) {
            if (request.number() == what.number() && request.head().equals(what.commit())) {
                return request;
            }
        }
        throw new ForgeFailure(
                ForgeFailure.Kind.NOT_FOUND,
                "Not approved: pull request #" + what.number() + " is not open, or its newest commit isn't "
                        + what.commit().shortHex() + " any more. Look at what it is now.");
    }

    /** Where approvals are kept. */
    Approvals approvals() {
        return memory.approvals();
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

    /** How long a forge that could not be looked at is to be left alone: an answer about one repository says nothing of others. */
    Duration pauseAfter(Source source, ForgeFailure failure) {
        limits.heard(source.forge().host(), failure);
        Duration asked = limits.pause(source.forge().host());
        return asked.isZero() && failure.kind() == ForgeFailure.Kind.UNREACHABLE ? CatchUp.ROUND : asked;
    }

    /** What forges said about when to ask them again. */
    RateLimits limits() {
        return limits;
    }

    /** Nothing waits just now: there is time to write down what was seen. */
    public void rest() {
        memory.heads().save();
    }

    /** Whether a delivery is handled as it came, or looked at once more. */
    private enum Mode {
        FIRST,
        REPLAY,
        DRY_RUN
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
        private final Mode mode;
        private final DecisionLog notes;
        private final Predicate<String> concerned;

        ByReading(Source source, Occasion occasion) {
            this(source, occasion, Mode.FIRST, log, job -> true);
        }

        /** @param concerned tells by its name whether a job is decided for */
        ByReading(Source source, Occasion occasion, Predicate<String> concerned) {
            this(source, occasion, Mode.FIRST, log, concerned);
        }

        ByReading(Source source, Occasion occasion, Mode mode, DecisionLog notes) {
            this(source, occasion, mode, notes, job -> true);
        }

        private ByReading(Source source, Occasion occasion, Mode mode, DecisionLog notes, Predicate<String> concerned) {
            this.source = source;
            this.occasion = occasion;
            this.mode = mode;
            this.notes = notes;
            this.concerned = concerned;
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
            notes.add(Entry.of(source, occasion, "ping", Outcome.IGNORED, "The forge reaches this Jenkins."));
            return Result.NOTHING_BUILT;
        }

        @Override
        public Result ignored(Reading.Ignored reading) {
            notes.add(Entry.of(source, occasion, occasion.event(), Outcome.IGNORED, reading.why()));
            return Result.NOTHING_BUILT;
        }

        private Result decided(Event event) {
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
            limits.heard(source.forge().host(), failure);
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
            HeadComparison now = look(source);
            String arrival = memory.heads().latest(source.connection().id(), occasion.arrival());
            List<Event> news = news(now, arrival);
            notes.add(Entry.of(
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
            Set<String> later = memory.heads().laterThan(id, arrival);
            Map<String, CommitId> before = new HashMap<>(memory.heads().all(id));
            before.keySet().removeAll(later);
            return now.without(later).news(before, memory.heads().isWhole(id)).stream()
                    .filter(this::isSent)
                    .toList();
        }

        /** Events that an administrator took from the hook don't come back by another way. */
        private boolean isSent(Event event) {
            HookEvents sent = memory.hooks().of(source.connection().id()).events();
            return event instanceof Event.PullRequestChanged ? sent.pullRequests() : sent.pushes();
        }

        private Result decidedAll(List<Event> news, HeadComparison now, String arrival) {
            String id = source.connection().id();
            knowledge.listed(
                    source.connection(), now.pullRequests(), memory.heads().laterThan(id, arrival));
            Result result = Result.NOTHING_BUILT;
            for (Event change : news) {
                result = result.and(ifKnown(change, this::decidedInFull));
            }
            if (result != Result.FAILED) {
                memory.heads().listed(id, now.heads(), arrival);
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
            Event event = FullCommits.areMissing(told, source)
                    ? FullCommits.filledIn(told, repositories.api(connection))
                    : told;
            if (mode != Mode.FIRST) {
                // It was learnt when it came; what is known since then is newer.
                return decidedForAll(event);
            }
            knowledge.learn(connection, event);
            if (!event.repository().name().isSameAs(connection.repository().name())) {
                // Told by an event of its own, or noticed in another one when that was missed.
                renamed(source, event.repository());
            }
            Result result = decidedForAll(event);
            if (result != Result.FAILED) {
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
            notes.add(Entry.of(source, occasion, event.described(), Outcome.SKIPPED, sentence));
            return Result.NOTHING_BUILT;
        }

        private Result decidedFor(WatchingJob job, Event event) {
            Optional<String> outOfReach = job.whyOutOfReach();
            if (outOfReach.isPresent()) {
                note(job, event, Outcome.FAILED, outOfReach.get());
                return Result.FAILED;
            }
            try {
                Situation situation = knowledge.situation(source, job);
                Decision decision = Decider.decide(event, job.watch(), situation);
                if (decision instanceof Decision.Build build && mode != Mode.DRY_RUN) {
                    job.build(build, new Trigger(source, occasion.id(), event, occasion.arrival()));
                }
                if (mode != Mode.DRY_RUN) {
                    noteWaiting(job, event, decision);
                }
                Outcome outcome = decision.match(build -> Outcome.BUILT, skip -> Outcome.SKIPPED);
                note(job, event, outcome, decision.reason());
                if (mode == Mode.FIRST) {
                    cancelOthers(job, event, situation);
                }
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

        /** So that people see what they are asked to approve; the decision itself doesn't depend on it. */
        private void noteWaiting(WatchingJob job, Event event, Decision decision) {
            String id = source.connection().id();
            try {
                if (decision instanceof Decision.Skip skip && skip.waiting().isPresent()) {
                    memory.approvals().waits(id, job.name(), skip.waiting().get());
                } else if (event instanceof Event.PullRequestChanged changed
                        && changed.change() == Event.Change.CLOSED) {
                    memory.approvals().closed(id, changed.pullRequest().number());
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Can't write down what waits for approval", e);
            }
        }

        /** Asked also when nothing was built: what was built before a crash may still have something to supersede. */
        private void cancelOthers(WatchingJob job, Event event, Situation situation)
                throws Undecided, WatchingJob.BuildFailure {
            Cancelling cancelling = new Cancelling(event, occasion.arrival(), job.watch(), situation);
            Optional<String> subject = cancelling.subject();
            if (subject.isEmpty()) {
                return;
            }
            for (Cancellable other : job.unfinished(subject.get(), cancelling.concernsRunning())) {
                Cancellation cancellation = cancelling.of(other.build()).orElse(null);
                if (cancellation == null) {
                    continue;
                }
                if (cancellation instanceof Cancellation.Cancel) {
                    other.cancel(cancellation.reason());
                }
                Outcome outcome = cancellation.match(cancel -> Outcome.CANCELLED, keep -> Outcome.SKIPPED);
                note(job, event, outcome, cancellation.reason());
            }
        }

        private void note(WatchingJob job, Event event, Outcome outcome, String sentence) {
            notes.add(new Entry(
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

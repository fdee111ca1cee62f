package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Logger;

/** Turns one verified delivery into decisions, and decisions into builds. Every decision is logged with its sentence. */
public final class Handler {

    private static final Logger LOGGER = Logger.getLogger(Handler.class.getName());

    private final Sources sources;
    private final Watches watches;
    private final Memory memory;
    private final DecisionLog log;
    private final Lookout lookout;
    private final Knowledge knowledge;

    public Handler(
            Sources sources, Watches watches, Repositories repositories, Memory memory, DecisionLog log, Clock clock) {
        this(sources, watches, repositories, memory, log, new RateLimits(clock), clock);
    }

    /** @param limits shared with whoever else asks these forges */
    public Handler(
            Sources sources,
            Watches watches,
            Repositories repositories,
            Memory memory,
            DecisionLog log,
            RateLimits limits,
            Clock clock) {
        this.sources = sources;
        this.watches = watches;
        this.memory = memory;
        this.log = log;
        this.lookout = new Lookout(repositories, memory, limits, log, clock);
        this.knowledge = new Knowledge(repositories, memory, limits, clock);
    }

    /**
     * Safe to call again for the same delivery: what was built already is found to be a duplicate.
     *
     * @param arrival compares as a text: greater than that of every delivery which came before
     */
    public Result handle(VerifiedDelivery delivery, String arrival) {
        return sources.find(delivery.hookId())
                .map(source -> read(delivery, source, Occasion.of(delivery, arrival), Mode.FIRST, log))
                .orElseGet(() -> unknown(delivery.hookId()));
    }

    /**
     * Decides a delivery that was handled before once more, by what is configured and known now, and builds what the rules
     * want built: what is built already is a duplicate unless it was aborted, and what isn't the head any more stays unbuilt.
     */
    Result replay(VerifiedDelivery delivery, String arrival) {
        return sources.find(delivery.hookId())
                .map(source -> read(delivery, source, Occasion.replay(delivery, arrival), Mode.REPLAY, log))
                .orElse(Result.NOTHING_BUILT);
    }

    /** What would be decided now, without building or learning anything. May ask the forge. */
    public List<Entry> dryRun(VerifiedDelivery delivery) {
        List<Entry> notes = new ArrayList<>();
        Occasion occasion = Occasion.of(delivery, Handling.LONG_AGO);
        sources.find(delivery.hookId()).ifPresent(source -> read(delivery, source, occasion, Mode.DRY_RUN, notes::add));
        return notes;
    }

    private Result read(VerifiedDelivery delivery, Source source, Occasion occasion, Mode mode, DecisionLog notes) {
        try {
            Reading reading = source.forge().dialect().read(delivery);
            return reading.match(handling(source, occasion, mode, notes, job -> true));
        } catch (UnreadablePayload e) {
            notes.add(Entry.of(
                    source, occasion, occasion.event(), Outcome.IGNORED, "Not built: " + e.getMessage() + "."));
            return Result.NOTHING_BUILT;
        }
    }

    private Handling handling(
            Source source, Occasion occasion, Mode mode, DecisionLog notes, Predicate<String> concerned) {
        return new Handling(lookout, knowledge, memory, watches, source, occasion, mode, notes, concerned);
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
     * Handles what was missed as if it had been delivered. The first time there is nothing to compare with: then it only
     * notes what is there.
     *
     * @param arrival of the time before {@link Lookout#look}: what was heard since then is newer
     */
    Result catchUp(Source source, HeadComparison now, String arrival) {
        return handling(source, Occasion.catchUp(arrival), Mode.FIRST, log, job -> true)
                .caughtUp(now);
    }

    /**
     * Lets jobs build a pull request's head commit; {@link #approved} then decides. If it never comes to that, catching up finds
     * the commit as if it were new.
     *
     * @throws IOException when the approval can't be written down
     */
    void approve(Source source, Approvals.Waiting what, Set<String> jobs, String approver) throws IOException {
        String id = source.connection().id();
        memory.approvals().approve(id, jobs, what, approver);
        memory.heads().unsee(id, SeenHeads.pullRequest(what.number()));
        memory.heads().save();
    }

    /**
     * Decides about a pull request anew whose head commit somebody let in.
     *
     * @param jobs full names of those that it is decided for
     * @param arrival of the time when the forge showed it: what was heard since then is newer
     */
    Result approved(Source source, PullRequest request, Set<String> jobs, String arrival) {
        RepositoryId repository = source.connection().repository();
        Event event = new Event.PullRequestChanged(repository, request, Event.Change.APPROVED);
        return handling(source, Occasion.approval(arrival), Mode.FIRST, log, jobs::contains)
                .decided(event);
    }

    /** What was learnt by a connection that is gone must not be believed by the next one, which may have its id. */
    public void forget(String connectionId) {
        memory.forget(connectionId);
        knowledge.forget(connectionId);
    }

    /** Where approvals are kept. */
    Approvals approvals() {
        return memory.approvals();
    }

    /** Asks forges, without handling anything. */
    Lookout lookout() {
        return lookout;
    }

    /** Nothing waits just now: there is time to write down what was seen. */
    public void rest() {
        memory.heads().save();
    }

    /** What handling came to. */
    public enum Result {
        BUILT,
        NOTHING_BUILT,
        /** Something that had to be known or done was out of reach: handle it again later. */
        FAILED;

        Result and(Result other) {
            if (this == FAILED || other == FAILED) {
                return FAILED;
            }
            return this == BUILT ? BUILT : other;
        }
    }
}

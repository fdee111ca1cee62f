package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.decide.Cancellation;
import io.jenkins.plugins.bellhop.decide.Cancelling;
import io.jenkins.plugins.bellhop.decide.Decider;
import io.jenkins.plugins.bellhop.decide.Decision;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.flow.WatchingJob.Cancellable;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What one occasion means for one job after the other: build, skip, cancel, each with its sentence. */
final class JobDecisions {

    private static final Logger LOGGER = Logger.getLogger(JobDecisions.class.getName());

    private final Knowledge knowledge;
    private final Approvals approvals;
    private final Source source;
    private final Occasion occasion;
    private final Mode mode;
    private final DecisionLog notes;

    JobDecisions(
            Knowledge knowledge, Approvals approvals, Source source, Occasion occasion, Mode mode, DecisionLog notes) {
        this.knowledge = knowledge;
        this.approvals = approvals;
        this.source = source;
        this.occasion = occasion;
        this.mode = mode;
        this.notes = notes;
    }

    /** What is decided is also done. Of all that can go wrong, nothing reaches the jobs that come after. */
    Result decided(WatchingJob job, Event event) {
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
        } catch (RuntimeException | LinkageError fault) {
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
                approvals.waits(id, job.name(), skip.waiting().get());
            } else if (event instanceof Event.PullRequestChanged changed && changed.change() == Event.Change.CLOSED) {
                approvals.closed(id, changed.pullRequest().number());
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

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** A Jenkins job that watches a connection. */
final class ConnectedJob implements WatchingJob {

    /** Builds that are looked through for the newest one of a subject; older ones count as forgotten. */
    static final int MOST_BUILDS = 200;

    private static final int NO_QUIET_PERIOD = 0;

    private final Job<?, ?> job;
    private final String connectionId;
    private final Watch watch;
    private final OnTheirWay onTheirWay;
    private final OwedBuilds owed;

    ConnectedJob(Job<?, ?> job, String connectionId, Watch watch, OnTheirWay onTheirWay, OwedBuilds owed) {
        this.job = job;
        this.connectionId = connectionId;
        this.watch = watch;
        this.onTheirWay = onTheirWay;
        this.owed = owed;
    }

    @Override
    public String name() {
        return job.getFullName();
    }

    @Override
    public Watch watch() {
        return watch;
    }

    @Override
    public boolean isDisabled() {
        return job instanceof ParameterizedJob<?, ?> parameterized && parameterized.isDisabled();
    }

    @Override
    public boolean isBuiltAlready(Subject subject) {
        return isNewest(subject, subject.key(), revision -> true);
    }

    /** Builds for other targets don't count, nor those of pushes, which have none. */
    @Override
    public boolean isBuiltForTarget(Subject subject) {
        String target = target(subject);
        return isNewest(
                subject, forTarget(subject), revision -> revision.target().equals(target));
    }

    private boolean isNewest(Subject subject, String place, Predicate<DecidedRevision> counts) {
        String commit = subject.commit().hex();
        Predicate<DecidedRevision> counted =
                counts.and(revision -> revision.subject().equals(subject.key()));
        return onTheirWay
                .commit(name(), place)
                .or(() -> queuedCommit(counted))
                .map(commit::equals)
                .orElseGet(() -> isNewestBuildOf(counted, commit));
    }

    private static String target(Subject subject) {
        return subject.pullRequest().map(request -> request.target()).orElse("");
    }

    /** A place of its own beside the subject's. */
    private static String forTarget(Subject subject) {
        return subject.key() + " for " + target(subject);
    }

    /** Queued before Jenkins was restarted. */
    private Optional<String> queuedCommit(Predicate<DecidedRevision> counted) {
        return Wiring.get().queued(job).stream()
                .sorted(Comparator.comparingLong(Queue.Item::getId).reversed())
                .map(item -> item.getAction(DecidedRevision.class))
                .filter(revision -> revision != null && counted.test(revision))
                .map(revision -> revision.commit)
                .findFirst();
    }

    private boolean isNewestBuildOf(Predicate<DecidedRevision> counted, String commit) {
        return recentBuilds(job)
                .filter(run -> DecidedRevision.of(run).filter(counted).isPresent())
                .findFirst()
                .filter(run -> isStillGood(run, commit))
                .isPresent();
    }

    private static boolean isStillGood(Run<?, ?> run, String commit) {
        DecidedRevision revision = run.getAction(DecidedRevision.class);
        return revision.commit.equals(commit)
                && run.getResult() != Result.ABORTED
                && revision.cancellation().isEmpty();
    }

    /** Newest first. */
    static Stream<Run<?, ?>> recentBuilds(Job<?, ?> job) {
        return Stream.<Run<?, ?>>iterate(job.getLastBuild(), run -> run != null, run -> run.getPreviousBuild())
                .limit(MOST_BUILDS);
    }

    @Override
    public void build(Build decision, Trigger trigger) throws BuildFailure {
        WebhookCause cause = new WebhookCause(decision, trigger);
        DecidedRevision revision = revision(decision, trigger);
        // The delivery is forgotten once this returns, so from now on the build must survive a crash by itself.
        owe(new OwedBuild(name(), cause, revision));
        Queue.Item queued = schedule(job, cause, revision);
        if (queued == null) {
            owed.settle(revision);
            throw new BuildFailure("Not built yet: Jenkins did not take " + job.getFullName()
                    + " into its queue. Jenkins may be about to shut down.");
        }
        DecidedRevision asked = queued.getAction(DecidedRevision.class);
        if (asked != revision) {
            // Jenkins had it in its queue already.
            asked.askedForAt(trigger.arrival());
            owed.settle(revision);
        }
        Subject subject = decision.subject();
        onTheirWay.add(name(), subject.key(), subject.commit().hex(), queued);
        onTheirWay.add(name(), forTarget(subject), subject.commit().hex(), queued);
    }

    private DecidedRevision revision(Build decision, Trigger trigger) {
        Forge forge = trigger.source().forge();
        Optional<Long> number = decision.subject().pullRequest().map(PullRequest::number);
        String mergeRef =
                decision.mergeResult() ? number.flatMap(forge::mergeRef).orElse("") : "";
        return new DecidedRevision(
                trigger.source().connection().id(),
                decision.subject(),
                number.flatMap(forge::pullRequestRef).orElse(""),
                mergeRef,
                trigger.arrival(),
                owed.nextNumber());
    }

    @Override
    public List<Cancellable> unfinished(String subject, boolean running) {
        return new UnfinishedBuilds(job, connectionId, onTheirWay).of(subject, running);
    }

    private void owe(OwedBuild build) throws BuildFailure {
        try {
            owed.add(build);
        } catch (IOException e) {
            throw new BuildFailure("Not built yet: Bellhop could not write down that a build of " + job.getFullName()
                    + " is to come, and a restart would lose it: " + e.getMessage() + ". The disk may be full.");
        }
    }

    /** @return null when Jenkins doesn't take it */
    static Queue.Item schedule(Job<?, ?> job, WebhookCause cause, DecidedRevision revision) {
        return ParameterizedJobMixIn.scheduleBuild2(job, NO_QUIET_PERIOD, new CauseAction(cause), revision);
    }
}

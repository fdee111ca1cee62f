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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** A Jenkins job that watches a connection. */
final class ConnectedJob implements WatchingJob {

    /** Builds that are looked through for the newest one of a subject; older ones count as forgotten. */
    static final int MOST_BUILDS = 50;

    private static final int NO_QUIET_PERIOD = 0;

    private final Job<?, ?> job;
    private final String connectionId;
    private final Watch watch;
    private final OnTheirWay onTheirWay;

    ConnectedJob(Job<?, ?> job, String connectionId, Watch watch, OnTheirWay onTheirWay) {
        this.job = job;
        this.connectionId = connectionId;
        this.watch = watch;
        this.onTheirWay = onTheirWay;
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
        int looked = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && looked < MOST_BUILDS; run = run.getPreviousBuild()) {
            Optional<DecidedRevision> revision = DecidedRevision.of(run).filter(counted);
            if (revision.isPresent()) {
                return revision.get().commit.equals(commit)
                        && run.getResult() != Result.ABORTED
                        && revision.get().cancellation().isEmpty();
            }
            looked++;
        }
        return false;
    }

    @Override
    public void build(Build decision, Trigger trigger) throws BuildFailure {
        WebhookCause cause = new WebhookCause(decision, trigger);
        Queue.Item queued = ParameterizedJobMixIn.scheduleBuild2(
                job, NO_QUIET_PERIOD, new CauseAction(cause), revision(decision, trigger));
        if (queued == null) {
            throw new BuildFailure("Not built yet: Jenkins did not take " + job.getFullName()
                    + " into its queue. Jenkins may be about to shut down.");
        }
        // An item of the same commit may have been there before.
        queued.getAction(DecidedRevision.class).askedForAt(trigger.arrival());
        // The delivery is forgotten once this returns, so from now on the build must survive a crash by itself.
        if (!Wiring.get().savedQueue().keeps(queued)) {
            throw new BuildFailure(
                    "Not built yet: Jenkins could not write its queue, and a restart would lose this build of "
                            + job.getFullName() + ". Jenkins' log says why; its disk may be full.");
        }
        Subject subject = decision.subject();
        onTheirWay.add(name(), subject.key(), subject.commit().hex(), queued);
        onTheirWay.add(name(), forTarget(subject), subject.commit().hex(), queued);
    }

    private static DecidedRevision revision(Build decision, Trigger trigger) {
        Forge forge = trigger.source().forge();
        Optional<Long> number = decision.subject().pullRequest().map(PullRequest::number);
        String mergeRef =
                decision.mergeResult() ? number.flatMap(forge::mergeRef).orElse("") : "";
        return new DecidedRevision(
                trigger.source().connection().id(),
                decision.subject(),
                number.flatMap(forge::pullRequestRef).orElse(""),
                mergeRef,
                trigger.arrival());
    }

    @Override
    public List<Cancellable> unfinished(String subject, boolean running) {
        return new UnfinishedBuilds(job, connectionId, onTheirWay).of(subject, running);
    }
}

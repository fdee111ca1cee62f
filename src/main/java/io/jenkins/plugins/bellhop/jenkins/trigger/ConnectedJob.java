package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** A Jenkins job that watches a connection. */
final class ConnectedJob implements WatchingJob {

    /** Builds that are looked through for the newest one of a subject; older ones count as forgotten. */
    static final int MOST_BUILDS = 50;

    private static final int NO_QUIET_PERIOD = 0;

    private final Job<?, ?> job;
    private final Watch watch;
    private final OnTheirWay onTheirWay;
    private final OwedBuilds owed;

    ConnectedJob(Job<?, ?> job, Watch watch, OnTheirWay onTheirWay, OwedBuilds owed) {
        this.job = job;
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
        String commit = subject.commit().hex();
        return onTheirWay
                .commit(name(), subject.key())
                .or(() -> queuedCommit(subject.key()))
                .map(commit::equals)
                .orElseGet(() -> isNewestBuildOf(subject.key(), commit));
    }

    /** Queued before Jenkins was restarted. */
    private Optional<String> queuedCommit(String subject) {
        return Wiring.get().queued(job).stream()
                .sorted(Comparator.comparingLong(Queue.Item::getId).reversed())
                .map(item -> item.getAction(DecidedRevision.class))
                .filter(revision -> revision != null && revision.subject().equals(subject))
                .map(revision -> revision.commit)
                .findFirst();
    }

    private boolean isNewestBuildOf(String subject, String commit) {
        return recentBuilds(job)
                .filter(run -> DecidedRevision.of(run)
                        .filter(built -> built.subject().equals(subject))
                        .isPresent())
                .findFirst()
                .filter(run ->
                        run.getAction(DecidedRevision.class).commit.equals(commit) && run.getResult() != Result.ABORTED)
                .isPresent();
    }

    /** Newest first. */
    static Stream<Run<?, ?>> recentBuilds(Job<?, ?> job) {
        return Stream.<Run<?, ?>>iterate(job.getLastBuild(), run -> run != null, run -> run.getPreviousBuild())
                .limit(MOST_BUILDS);
    }

    @Override
    public void build(Build decision, Trigger trigger) throws BuildFailure {
        WebhookCause cause = new WebhookCause(decision, trigger);
        String fetchRef = decision.subject()
                .pullRequest()
                .flatMap(request -> trigger.source().forge().pullRequestRef(request.number()))
                .orElse("");
        DecidedRevision revision =
                new DecidedRevision(cause.connectionId(), decision.subject(), fetchRef, owed.nextNumber());
        // The delivery is forgotten once this returns, so from now on the build must survive a crash by itself.
        owe(new OwedBuild(name(), cause, revision));
        Queue.Item queued = schedule(job, cause, revision);
        if (queued == null) {
            owed.settle(revision);
            throw new BuildFailure("Not built yet: Jenkins did not take " + job.getFullName()
                    + " into its queue. Jenkins may be about to shut down.");
        }
        if (queued.getAction(DecidedRevision.class) != revision) {
            // Jenkins had it in its queue already.
            owed.settle(revision);
        }
        Subject subject = decision.subject();
        onTheirWay.add(name(), subject.key(), subject.commit().hex(), queued);
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

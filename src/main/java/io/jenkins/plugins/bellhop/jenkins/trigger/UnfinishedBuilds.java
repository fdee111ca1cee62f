package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Cause;
import hudson.model.Executor;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.decide.UnfinishedBuild;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.flow.WatchingJob.BuildFailure;
import io.jenkins.plugins.bellhop.flow.WatchingJob.Cancellable;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.status.StatusReporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A job's builds of one connection that wait or run and that nobody but deliveries asked for. */
final class UnfinishedBuilds {

    private final Job<?, ?> job;
    private final String connectionId;
    private final OnTheirWay onTheirWay;

    UnfinishedBuilds(Job<?, ?> job, String connectionId, OnTheirWay onTheirWay) {
        this.job = job;
        this.connectionId = connectionId;
        this.onTheirWay = onTheirWay;
    }

    List<Cancellable> of(String subject, boolean running) {
        List<Queue.Item> queued = Wiring.get().queued(job).stream()
                .filter(item -> isOf(subject, item.getAction(DecidedRevision.class), item.getCauses()))
                .toList();
        List<Cancellable> all = new ArrayList<>();
        queued.forEach(item -> all.add(new InQueue(item)));
        if (running) {
            onTheirWay
                    .item(job.getFullName(), subject)
                    .filter(item -> queued.stream().noneMatch(other -> other.getId() == item.getId()))
                    .ifPresent(item -> all.add(new Beginning(item)));
            addRunning(subject, all);
        }
        return all;
    }

    private void addRunning(String subject, List<Cancellable> all) {
        int looked = 0;
        for (Run<?, ?> run = job.getLastBuild();
                run != null && looked < ConnectedJob.MOST_BUILDS;
                run = run.getPreviousBuild()) {
            DecidedRevision revision = DecidedRevision.of(run).orElse(null);
            if (run.isBuilding() && isOf(subject, revision, run.getCauses()) && !revision.isStopped()) {
                all.add(new Running(run, revision));
            }
            looked++;
        }
    }

    /** One that a person asked for too, or another build, isn't ours to take away. */
    private boolean isOf(String subject, DecidedRevision revision, List<Cause> causes) {
        return revision != null
                && revision.subject().equals(subject)
                && revision.connectionId().equals(connectionId)
                && causes.stream().allMatch(WebhookCause.class::isInstance);
    }

    private static UnfinishedBuild described(DecidedRevision revision, boolean running) {
        return new UnfinishedBuild(revision.subject(), new CommitId(revision.commit), revision.arrival(), running);
    }

    /** Waits in the queue. */
    private final class InQueue implements Cancellable {

        private final Queue.Item item;
        private final DecidedRevision revision;

        InQueue(Queue.Item item) {
            this.item = item;
            this.revision = item.getAction(DecidedRevision.class);
        }

        @Override
        public UnfinishedBuild build() {
            return described(revision, false);
        }

        @Override
        public void cancel(String sentence) throws BuildFailure {
            if (!Wiring.withdraw(item.getId())) {
                throw new BuildFailure(notYet("it left the queue at this very moment"));
            }
            if (!isBuiltElsewhere()) {
                StatusReporter.cancelledInQueue(job, revision, sentence);
            }
        }

        /** As another branch or tag: then the commit's status is that build's. */
        private boolean isBuiltElsewhere() {
            Optional<DecidedRevision> queued = Wiring.get().queued(job).stream()
                    .map(other -> other.getAction(DecidedRevision.class))
                    .filter(this::isOfSameCommit)
                    .findFirst();
            int looked = 0;
            Optional<DecidedRevision> built = queued;
            for (Run<?, ?> run = job.getLastBuild();
                    run != null && built.isEmpty() && looked < ConnectedJob.MOST_BUILDS;
                    run = run.getPreviousBuild()) {
                built = DecidedRevision.of(run).filter(this::isOfSameCommit);
                looked++;
            }
            return built.isPresent();
        }

        private boolean isOfSameCommit(DecidedRevision other) {
            return other != null && other.commit.equals(revision.commit);
        }
    }

    /** Has left the queue and isn't a build yet, a moment in which Jenkins lets nobody stop it. */
    private final class Beginning implements Cancellable {

        private final Queue.Item item;

        Beginning(Queue.Item item) {
            this.item = item;
        }

        @Override
        public UnfinishedBuild build() {
            return described(item.getAction(DecidedRevision.class), true);
        }

        @Override
        public void cancel(String sentence) throws BuildFailure {
            throw new BuildFailure(notYet("it is about to begin"));
        }
    }

    /** Runs, or is to be resumed after a restart. */
    private final class Running implements Cancellable {

        private final Run<?, ?> run;
        private final DecidedRevision revision;

        Running(Run<?, ?> run, DecidedRevision revision) {
            this.run = run;
            this.revision = revision;
        }

        @Override
        public UnfinishedBuild build() {
            return described(revision, true);
        }

        @Override
        public void cancel(String sentence) throws BuildFailure {
            Executor executor = run.getExecutor();
            if (executor == null) {
                throw new BuildFailure(notYet("Jenkins hasn't resumed it"));
            }
            // First: while it still ends, the same commit may be asked for again.
            revision.cancelled(sentence);
            try {
                run.save();
            } catch (IOException e) {
                throw new BuildFailure(notYet("Jenkins can't write it down"));
            }
            revision.stopped();
            executor.interrupt(Result.ABORTED, new CancelledByEvent(sentence));
        }
    }

    private String notYet(String why) {
        return "Not cancelled yet: a build of " + job.getFullName() + ", since " + why + ". It is tried again.";
    }
}

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Job;
import hudson.model.Queue;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.flow.Watches;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The jobs that watch a connection: those that it permits, as long as they still ask for it. */
public final class ConnectedJobs implements Watches {

    private final ConnectionFiles files;
    private final Jobs jobs;
    private final Remotes remotes;
    private final Consumer<String> unasked;
    private final OnTheirWay onTheirWay = new OnTheirWay();
    private final OwedBuilds owed;

    /** @param unasked hears of a job that a connection permits though it doesn't ask for it any more */
    public ConnectedJobs(ConnectionFiles files, Jobs jobs, Remotes remotes, OwedBuilds owed, Consumer<String> unasked) {
        this.unasked = unasked;
        this.owed = owed;
        this.files = files;
        this.jobs = jobs;
        this.remotes = remotes;
    }

    @Override
    public List<WatchingJob> of(String connectionId) {
        StoredConnection stored = files.byId(connectionId).orElse(null);
        if (stored == null) {
            return List.of();
        }
        return stored.items().stream()
                .sorted()
                .flatMap(name -> watching(name, stored.connection()).stream())
                .toList();
    }

    private Optional<WatchingJob> watching(String name, Connection connection) {
        Job<?, ?> job = jobs.find(name).orElse(null);
        if (job == null && jobs.isOnDisk(name)) {
            return Optional.of(new UnloadedJob(name));
        }
        RepositoryConnection wanted = job == null ? null : RepositoryConnection.of(job);
        if (wanted != null && remotes.leadTo(connection, wanted.remote())) {
            return Optional.of(new ConnectedJob(job, connection.id(), wanted.watch(), onTheirWay, owed));
        }
        unasked.accept(name);
        return Optional.empty();
    }

    /** Asks Jenkins again for builds that a crash took out of its queue. To be called before any delivery is handled. */
    public void resume() {
        for (OwedBuild build : owed.all()) {
            Optional<Job<?, ?>> job = jobs.find(build.job());
            if (job.isPresent()) {
                resume(job.get(), build);
            } else if (!jobs.isOnDisk(build.job())) {
                owed.settle(build.revision());
            }
        }
        Wiring.restoredItems().resumed();
    }

    private void resume(Job<?, ?> job, OwedBuild build) {
        DecidedRevision revision = build.revision();
        Optional<Queue.Item> item = queued(job, revision)
                .or(() -> isBuilt(job, revision)
                        ? Optional.empty()
                        : Optional.ofNullable(ConnectedJob.schedule(job, build.cause(), revision)));
        item.ifPresentOrElse(
                there -> onTheirWay.add(build.job(), revision.subject(), revision.commit, there),
                // Built, or the job was disabled.
                () -> owed.settle(revision));
    }

    private static boolean isBuilt(Job<?, ?> job, DecidedRevision owed) {
        return ConnectedJob.recentBuilds(job)
                .flatMap(run -> DecidedRevision.of(run).stream())
                .anyMatch(owed::isSameBuildAs);
    }

    /** In the queue that Jenkins wrote, or has just left it. */
    private static Optional<Queue.Item> queued(Job<?, ?> job, DecidedRevision revision) {
        return Wiring.get().queued(job).stream()
                .filter(item -> revision.isSameBuildAs(item.getAction(DecidedRevision.class)))
                .findFirst()
                .or(() -> Wiring.restoredItems().find(revision));
    }
}

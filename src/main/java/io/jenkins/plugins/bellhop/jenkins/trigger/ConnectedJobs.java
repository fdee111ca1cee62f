package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.flow.Told;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.Watches;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.multibranch.BranchNews;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OwedLookResumption;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OwedLooks;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.scm.api.SCMSourceOwner;

/** The jobs and projects that watch a connection: those that it permits, as long as they still ask for it. */
public final class ConnectedJobs implements Watches {

    private final ConnectionFiles files;
    private final Jobs jobs;
    private final Remotes remotes;
    private final Consumer<String> unasked;
    private final OnTheirWay onTheirWay = new OnTheirWay();
    private final OwedBuilds owed;
    private final OwedLooks looks;

    /** @param unasked hears of a job that a connection permits though it doesn't ask for it any more */
    public ConnectedJobs(
            ConnectionFiles files,
            Jobs jobs,
            Remotes remotes,
            OwedBuilds owed,
            OwedLooks looks,
            Consumer<String> unasked) {
        this.unasked = unasked;
        this.looks = looks;
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

    @Override
    public List<Told> tell(Trigger trigger, boolean dry) {
        Connection connection = trigger.source().connection();
        List<SCMSourceOwner> projects = files.byId(connection.id()).stream()
                .flatMap(stored -> stored.items().stream())
                .sorted()
                .flatMap(name -> watchingProject(name, connection).stream())
                .toList();
        return projects.isEmpty() ? List.of() : new BranchNews(connection, remotes, looks).tell(projects, trigger, dry);
    }

    private Optional<SCMSourceOwner> watchingProject(String name, Connection connection) {
        return jobs.find(name)
                .filter(item -> Wish.of(item)
                        .filter(wanted -> remotes.leadTo(connection, wanted.remote()))
                        .isPresent())
                .flatMap(item -> item instanceof SCMSourceOwner project ? Optional.of(project) : Optional.empty());
    }

    private Optional<WatchingJob> watching(String name, Connection connection) {
        Item item = jobs.find(name).orElse(null);
        if (item == null && jobs.isOnDisk(name)) {
            return Optional.of(UnloadedJob.notLoaded(name));
        }
        Wish wanted = item == null ? null : Wish.of(item).orElse(null);
        if (wanted == null && jobs.isConnectedOnDisk(name)) {
            return Optional.of(UnloadedJob.beingChanged(name));
        }
        if (wanted == null || !remotes.leadTo(connection, wanted.remote())) {
            unasked.accept(name);
            return Optional.empty();
        }
        return item instanceof Job<?, ?> job
                ? Optional.of(new ConnectedJob(
                        job, connection.id(), RepositoryConnection.of(job).watch(), onTheirWay, owed))
                : Optional.empty();
    }

    /** Asks Jenkins again for builds that a crash took out of its queue, and tells projects again. To be called before any delivery is handled. */
    public void resume() {
        for (OwedBuild build : owed.all()) {
            if (jobs.find(build.job()).orElse(null) instanceof Job<?, ?> job) {
                resume(job, build);
            } else if (!jobs.isOnDisk(build.job())) {
                owed.settle(build.revision());
            }
        }
        Wiring.restoredItems().resumed();
        new OwedLookResumption(looks, jobs, remotes).resume();
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

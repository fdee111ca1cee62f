package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.flow.Watches;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
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

    /** @param unasked hears of a job that a connection permits though it doesn't ask for it any more */
    public ConnectedJobs(ConnectionFiles files, Jobs jobs, Remotes remotes, Consumer<String> unasked) {
        this.unasked = unasked;
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
            return Optional.of(new ConnectedJob(job, connection.id(), wanted.watch(), onTheirWay));
        }
        unasked.accept(name);
        return Optional.empty();
    }
}

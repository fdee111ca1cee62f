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

/** The jobs that watch a connection: those that it permits, as long as they still ask for it. */
public final class ConnectedJobs implements Watches {

    private final ConnectionFiles files;
    private final Jobs jobs;
    private final Remotes remotes;
    private final OnTheirWay onTheirWay = new OnTheirWay();

    public ConnectedJobs(ConnectionFiles files, Jobs jobs, Remotes remotes) {
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
        RepositoryConnection wanted = job == null ? null : RepositoryConnection.of(job);
        return wanted != null && remotes.leadTo(connection, wanted.remote())
                ? Optional.of(new ConnectedJob(job, connection.id(), wanted.watch(), onTheirWay))
                : Optional.empty();
    }
}

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Job;
import io.jenkins.plugins.bellhop.flow.Watches;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import java.util.List;
import java.util.Optional;

/** The jobs that watch a connection: those that it permits, as long as they still ask for it. */
public final class ConnectedJobs implements Watches {

    private final ConnectionFiles files;
    private final Jobs jobs;
    private final OnTheirWay onTheirWay = new OnTheirWay();

    public ConnectedJobs(ConnectionFiles files, Jobs jobs) {
        this.files = files;
        this.jobs = jobs;
    }

    @Override
    public List<WatchingJob> of(String connectionId) {
        return files.byId(connectionId).stream()
                .flatMap(stored -> stored.items().stream().sorted())
                .flatMap(name -> watching(name).stream())
                .toList();
    }

    private Optional<WatchingJob> watching(String name) {
        Optional<Job<?, ?>> job = jobs.find(name);
        RepositoryConnection property = job.map(RepositoryConnection::of).orElse(null);
        return property == null
                ? Optional.empty()
                : Optional.of(new ConnectedJob(job.get(), property.watch(), onTheirWay));
    }
}

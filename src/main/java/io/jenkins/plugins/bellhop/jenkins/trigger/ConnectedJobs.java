package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.flow.Told;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.Watches;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.multibranch.BranchNews;
import java.util.List;
import java.util.Optional;
import jenkins.scm.api.SCMSourceOwner;

/** The jobs and projects that watch a connection: those that it permits, as long as they still ask for it. */
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

    @Override
    public List<Told> tell(Trigger trigger, boolean dry) {
        Connection connection = trigger.source().connection();
        List<SCMSourceOwner> projects = files.byId(connection.id()).stream()
                .flatMap(stored -> stored.items().stream())
                .sorted()
                .flatMap(name -> watchingProject(name, connection).stream())
                .toList();
        return projects.isEmpty() ? List.of() : new BranchNews(connection, remotes).tell(projects, trigger, dry);
    }

    private Optional<SCMSourceOwner> watchingProject(String name, Connection connection) {
        return jobs.find(name)
                .filter(item -> Wish.of(item)
                        .filter(wanted -> remotes.leadTo(connection, wanted.remote()))
                        .isPresent())
                .flatMap(item -> item instanceof SCMSourceOwner project ? Optional.of(project) : Optional.empty());
    }

    private Optional<WatchingJob> watching(String name, Connection connection) {
        if (!(jobs.find(name).orElse(null) instanceof Job<?, ?> job)) {
            return Optional.empty();
        }
        RepositoryConnection wanted = RepositoryConnection.of(job);
        return wanted != null && remotes.leadTo(connection, wanted.remote())
                ? Optional.of(new ConnectedJob(job, wanted.watch(), onTheirWay))
                : Optional.empty();
    }
}

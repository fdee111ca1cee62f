package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.model.Item;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.Forges;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.bellhop.moving.Preview;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import jenkins.scm.api.SCMNavigatorOwner;
import jenkins.scm.api.SCMSourceOwner;

/**
 * The jobs, multibranch projects and organisation folders that ask for no connection. What lies in a project or such a folder
 * isn't listed: those decide for it.
 */
public final class UnconnectedJobs {

    private final Jobs jobs;
    private final Forges forges;
    private final ConnectionFiles connections;

    public UnconnectedJobs(Jobs jobs, Forges forges, ConnectionFiles connections) {
        this.jobs = jobs;
        this.forges = forges;
        this.connections = connections;
    }

    /** By name. */
    List<Preview> all() {
        KnownRepositories known = new KnownRepositories(forges, connections);
        return jobs.all().stream()
                .filter(UnconnectedJobs::isUnconnected)
                .map(item -> Preview.of(JobReading.of(item), known))
                .sorted(Comparator.comparing(preview -> preview.job().name()))
                .toList();
    }

    /** Empty when the item asks for a connection, or is none that could. */
    Optional<Preview> of(Item item) {
        return Optional.of(item)
                .filter(UnconnectedJobs::isUnconnected)
                .map(job -> Preview.of(JobReading.of(job), new KnownRepositories(forges, connections)));
    }

    private static boolean isUnconnected(Item item) {
        boolean connectable = item instanceof ParameterizedJob<?, ?> || item instanceof SCMSourceOwner;
        return connectable
                && item instanceof TopLevelItem
                && !(item.getParent() instanceof SCMSourceOwner)
                && Wish.of(item).isEmpty()
                && !isConnectedOrganization(item);
    }

    private static boolean isConnectedOrganization(Item item) {
        return item instanceof SCMNavigatorOwner
                && Wiring.isActive(ProjectConnection.PLUGIN)
                && OrganizationConnection.of(item).isPresent();
    }
}

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
import io.jenkins.plugins.bellhop.moving.JobNow;
import io.jenkins.plugins.bellhop.moving.Preview;
import io.jenkins.plugins.bellhop.moving.Repositories;
import io.jenkins.plugins.bellhop.moving.Source.Elsewhere;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import jenkins.scm.api.SCMNavigatorOwner;
import jenkins.scm.api.SCMSourceOwner;

/**
 * The jobs, multibranch projects and organisation folders that ask for no connection. What lies in a project or such a folder
 * isn't listed: those decide for it.
 */
public final class UnconnectedJobs {

    private static final Logger LOGGER = Logger.getLogger(UnconnectedJobs.class.getName());

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
        Repositories known = known();
        return jobs.all().stream()
                .filter(UnconnectedJobs::isUnconnected)
                .map(item -> read(item, known))
                .sorted(Comparator.comparing(preview -> preview.job().name()))
                .toList();
    }

    /** Empty when the item asks for a connection, or is none that could. */
    Optional<Preview> of(Item item, Repositories known) {
        return Optional.of(item).filter(UnconnectedJobs::isUnconnected).map(job -> read(job, known));
    }

    /** What is known now, for many jobs. */
    Repositories known() {
        return new KnownRepositories(forges, connections);
    }

    /** What other plugins left in one job may be broken, and says nothing of the others. */
    private static Preview read(Item item, Repositories known) {
        try {
            return Preview.of(JobReading.of(item), known);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the configuration of " + item.getFullName());
            return Preview.of(new JobNow(item.getFullName(), false, List.of(), Elsewhere.UNREADABLE), known);
        }
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

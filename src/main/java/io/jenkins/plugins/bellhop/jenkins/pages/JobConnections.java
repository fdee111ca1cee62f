package io.jenkins.plugins.bellhop.jenkins.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives every job that is connected, or asks to be, its page. */
@Extension
@SuppressWarnings("rawtypes") // Jenkins' own signatures.
public final class JobConnections extends TransientActionFactory<Job> {

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    /** Jenkins asks for other actions very often. */
    @Override
    public Class<? extends Action> actionType() {
        return JobConnection.class;
    }

    @Override
    @NonNull
    public Collection<? extends Action> createFor(@NonNull Job job) {
        boolean concerned = RepositoryConnection.of(job) != null
                || !Wiring.get().connections().ofItem(job.getFullName()).isEmpty();
        return concerned ? List.of(new JobConnection(job)) : List.of();
    }
}

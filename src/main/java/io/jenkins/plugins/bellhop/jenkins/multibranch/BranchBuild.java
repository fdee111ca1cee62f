package io.jenkins.plugins.bellhop.jenkins.multibranch;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource.SCMRevisionImpl;
import jenkins.plugins.git.GitSCMSource;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceOwner;

/**
 * A build of a branch whose project is connected to the branch's repository.
 *
 * @param project the project's full name
 */
public record BranchBuild(String connectionId, String project, CommitId commit) {

    /** Empty for other builds, and as long as a build doesn't know its commit. */
    public static Optional<BranchBuild> of(Run<?, ?> run) {
        Job<?, ?> job = run.getParent();
        if (!(job.getParent() instanceof SCMSourceOwner project)
                || !(SCMSource.SourceByItem.findSource(job) instanceof GitSCMSource source)
                || !(SCMRevisionAction.getRevision(source, run) instanceof SCMRevisionImpl revision)) {
            return Optional.empty();
        }
        return Wiring.get().connections().ofItem(project.getFullName()).stream()
                .filter(stored -> ConnectedSource.leads(source, stored.id()))
                .map(StoredConnection::id)
                .map(id -> new BranchBuild(id, project.getFullName(), new CommitId(revision.getHash())))
                .findFirst();
    }
}

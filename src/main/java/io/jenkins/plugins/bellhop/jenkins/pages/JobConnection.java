package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.io.IOException;

/** A job's page: besides the state, commits from forks that wait for a word, and the badge. */
public final class JobConnection extends ConnectionPage {

    private final Job<?, ?> job;

    JobConnection(Job<?, ?> job) {
        super(job);
        this.job = job;
    }

    @Override
    void removeWish() throws IOException {
        job.removeProperty(RepositoryConnection.class);
    }

    /** The picture at {@code statusBadge} below this page. Jenkins takes an action's badge for a mark beside its name. */
    public Badge getStatusBadge() {
        return new Badge(
                job,
                getState()
                        .stored()
                        .map(StoredConnection::connection)
                        .flatMap(Connection::defaultBranch)
                        .orElse(""));
    }

    /** For the repository's README; empty when Jenkins doesn't know its own address. */
    public String getBadgeMarkdown() {
        return Wiring.get()
                .connectionPageOf(job)
                .flatMap(page -> Wiring.get()
                        .urlOf(job)
                        .map(url -> "[![" + Messages.Badge_Label() + "](" + page + "/statusBadge/)](" + url + ")"))
                .orElse("");
    }

    /** Lies at {@code approvals} below this page. */
    public PullRequestApprovals getApprovals() {
        return new PullRequestApprovals(job);
    }
}

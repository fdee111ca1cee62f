package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.flow.Approvals.Waiting;
import io.jenkins.plugins.bellhop.flow.Source;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Commits from forks that wait until somebody who may configure the job lets it build them. */
public final class PullRequestApprovals {

    private final Job<?, ?> job;

    PullRequestApprovals(Job<?, ?> job) {
        this.job = job;
    }

    /** Empty unless the job asks for approval. */
    public List<WaitingCommit> getWaiting() {
        if (!asksForApproval(job)) {
            return List.of();
        }
        return connection()
                .map(found -> Wiring.get().approvals().waiting(found.id(), job.getFullName()).stream()
                        .map(WaitingCommit::new)
                        .toList())
                .orElse(List.of());
    }

    /**
     * Lets the commit be built by this job, and by the others of this repository that ask for approval and that the same
     * person may configure.
     */
    @RequirePOST
    public HttpResponse doApprove(@QueryParameter String number, @QueryParameter String commit) throws IOException {
        job.checkPermission(Item.CONFIGURE);
        StoredConnection stored =
                connection().orElseThrow(() -> new Failure(Messages.PullRequestApprovals_NoConnection()));
        Source source = Wiring.get()
                .sources()
                .of(stored)
                .orElseThrow(() -> new Failure(Messages.RepositoryConnection_NoForge()));
        try {
            Waiting what = new Waiting(Long.parseLong(number), new CommitId(commit));
            Wiring.get().dispatcher().approve(source, what, spokenFor(stored), Wiring.user(), () -> {});
            Wiring.get()
                    .audit(
                            Kind.APPROVED,
                            AuditedChanges.named(stored.connection().repository()),
                            job.getFullName(),
                            "#" + number + " " + commit);
        } catch (ForgeFailure | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect("..");
    }

    private static Set<String> spokenFor(StoredConnection stored) {
        Set<String> jobs = new HashSet<>();
        for (String name : stored.items()) {
            Wiring.get()
                    .jobs()
                    .find(name)
                    .filter(found -> found instanceof Job<?, ?> other && asksForApproval(other))
                    .filter(found -> found.hasPermission(Item.CONFIGURE))
                    .ifPresent(found -> jobs.add(name));
        }
        return jobs;
    }

    private static boolean asksForApproval(Job<?, ?> job) {
        RepositoryConnection wanted = RepositoryConnection.of(job);
        return wanted != null && wanted.watch().forks() == Forks.APPROVED;
    }

    private Optional<StoredConnection> connection() {
        return Wiring.get().connections().ofItem(job.getFullName()).stream()
                .filter(stored -> stored.connection().isReady())
                .findFirst();
    }

    /** One commit as a row of the page. */
    public static final class WaitingCommit {

        private final Waiting waiting;

        WaitingCommit(Waiting waiting) {
            this.waiting = waiting;
        }

        public String getNumber() {
            return Long.toString(waiting.number());
        }

        public String getCommit() {
            return waiting.commit().hex();
        }
    }
}

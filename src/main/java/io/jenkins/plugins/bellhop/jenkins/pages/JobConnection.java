package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The job's page "Repository connection": its state, its key and hook, and why the last deliveries built or didn't. */
public final class JobConnection implements Action {

    /** Decisions on the page. */
    static final int MOST_SHOWN = 50;

    public static final String URL_NAME = "bellhop";

    private final Job<?, ?> job;

    JobConnection(Job<?, ?> job) {
        this.job = job;
    }

    @Override
    public String getIconFileName() {
        return "symbol-link";
    }

    @Override
    public String getDisplayName() {
        return Messages.JobConnection_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    public boolean isMayConfigure() {
        return Wiring.mayConfigure(job);
    }

    public String getRepositoryUrl() {
        RepositoryConnection wanted = RepositoryConnection.of(job);
        return wanted == null ? "" : wanted.getRepositoryUrl();
    }

    public boolean isConnected() {
        return connection().isPresent();
    }

    public String getRepository() {
        return connection().map(found -> found.repository().toString()).orElse("");
    }

    public String getForge() {
        return connection().map(found -> found.repository().host()).orElse("");
    }

    public String getFingerprint() {
        return connection().map(found -> found.fingerprint().toString()).orElse("");
    }

    public String getHook() {
        return connection().flatMap(Connection::hookId).orElse("");
    }

    public String getCredentialsId() {
        return connection().map(found -> "bellhop-" + found.id()).orElse("");
    }

    /** Why the job isn't connected, when that is known. */
    public String getProblem() {
        return Wiring.get()
                .reconciler()
                .lastAttempt(job)
                .filter(attempt -> !attempt.connected())
                .map(Attempt::sentence)
                .orElse("");
    }

    public List<DecisionRow> getDecisions() {
        return connection()
                .map(found -> Wiring.get().decisions().of(found.id(), job.getFullName(), MOST_SHOWN).stream()
                        .map(DecisionRow::new)
                        .toList())
                .orElse(List.of());
    }

    private Optional<Connection> connection() {
        return Wiring.get().connections().ofItem(job.getFullName()).stream()
                .map(StoredConnection::connection)
                .filter(Connection::isReady)
                .findFirst();
    }

    /** Tries what the job's configuration asks for, now. */
    @RequirePOST
    public HttpResponse doConnect() {
        job.checkPermission(Item.CONFIGURE);
        RepositoryConnection wanted = RepositoryConnection.of(job);
        if (wanted != null) {
            Wiring.get().reconciler().connectNow(job, wanted.getRepositoryUrl(), wanted.getCredentialsId());
        }
        return new HttpRedirect(".");
    }

    /** Removes hook and key at the forge, unless other jobs still use them, and the wish from the job's configuration. */
    @RequirePOST
    public HttpResponse doDisconnect() throws IOException {
        job.checkPermission(Item.CONFIGURE);
        try {
            Wiring.get().reconciler().disconnectNow(job);
        } catch (ConnectFailure | ForgeFailure | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        job.removeProperty(RepositoryConnection.class);
        return new HttpRedirect("..");
    }
}

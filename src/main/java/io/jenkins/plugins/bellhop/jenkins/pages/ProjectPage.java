package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.scm.api.SCMSourceOwner;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A multibranch project's page "Repository connection", as jobs have it. What it can change, its folder's people may, too. */
public final class ProjectPage implements Action {

    private final SCMSourceOwner project;

    ProjectPage(SCMSourceOwner project) {
        this.project = project;
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
        return JobConnection.URL_NAME;
    }

    public Item getProject() {
        return project;
    }

    public boolean isMayConfigure() {
        return Wiring.mayConfigure(asking());
    }

    private Item asking() {
        return Wish.askedBy(project);
    }

    /** Whether an organisation folder asks for the connection, so that only there it can be given up. */
    public boolean isAskedByFolder() {
        return asking() != project;
    }

    public String getRepositoryUrl() {
        return Wish.of(project).map(Wish::getRepositoryUrl).orElse("");
    }

    public boolean isConnected() {
        return stored().isPresent();
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

    /** Why the project isn't connected, when that is known. */
    public String getProblem() {
        return Wiring.get()
                .reconciler()
                .lastAttempt(project)
                .filter(attempt -> !attempt.connected())
                .map(Attempt::sentence)
                .orElse("");
    }

    public boolean isRevoked() {
        return stored().filter(StoredConnection::isRevoked).isPresent();
    }

    /** Whether to offer to forget the connection, since it can't be removed at the forge. */
    public boolean isStuck() {
        return Wiring.get().reconciler().isStuck(project);
    }

    /** What was found at the last look; nothing before there was one. */
    public List<FindingRow> getFindings() {
        return FindingRow.of(health(), isMayConfigure());
    }

    public boolean isRepairable() {
        return health().filter(Health::isRepairable).isPresent();
    }

    /** What an administrator took from the hook at the forge; empty when it is whole, as far as is known. */
    public String getHookProblem() {
        return connection()
                .map(found -> Wiring.get().hooks().of(found.id()).sentence())
                .orElse("");
    }

    public List<DecisionRow> getDecisions() {
        return getDeliveries().newest(JobConnection.MOST_SHOWN);
    }

    /** The page of all that arrived for the project. */
    public Deliveries getDeliveries() {
        return Deliveries.of(project);
    }

    private Optional<Health> health() {
        return stored().flatMap(found -> Wiring.get().healthRounds().latest(found.id()));
    }

    private Optional<Connection> connection() {
        return stored().map(StoredConnection::connection);
    }

    private Optional<StoredConnection> stored() {
        return Wiring.get().connections().ofItem(project.getFullName()).stream()
                .filter(found -> found.connection().isReady())
                .findFirst();
    }

    /** Tries what is asked for, now. */
    @RequirePOST
    public HttpResponse doConnect() {
        asking().checkPermission(Item.CONFIGURE);
        Wish.of(project)
                .ifPresent(wanted -> Wiring.get()
                        .reconciler()
                        .connectNow(project, wanted.getRepositoryUrl(), wanted.getCredentialsId()));
        return new HttpRedirect(".");
    }

    /** Removes hook and key at the forge, unless others still use them, and the wish from the project's configuration. */
    @RequirePOST
    public HttpResponse doDisconnect() throws IOException {
        return ended(() -> Wiring.get().reconciler().disconnectNow(project));
    }

    /** Leaves hook and key at the forge as they are: for repositories that no credential reaches any more. */
    @RequirePOST
    public HttpResponse doForget() throws IOException {
        return ended(() -> Wiring.get().reconciler().forgetNow(project));
    }

    private HttpResponse ended(Change end) throws IOException {
        asking().checkPermission(Item.CONFIGURE);
        if (isAskedByFolder()) {
            throw new Failure(Messages.ProjectPage_AskedByFolder());
        }
        done(end);
        ProjectConnection.removeFrom(project);
        return new HttpRedirect("..");
    }

    /** A new key and webhook secret, without a gap. */
    @RequirePOST
    public HttpResponse doRotate() throws IOException {
        return changed(found -> Wiring.get().rotations().rotateNow(found.id(), project));
    }

    /** For a key that leaked: it goes at once, and builds wait for the next one. */
    @RequirePOST
    public HttpResponse doRevoke() throws IOException {
        return changed(found -> Wiring.get().rotations().revokeNow(found.id(), project));
    }

    /** Looks whether everything is in order at the forge. */
    @RequirePOST
    public HttpResponse doCheck() throws IOException {
        return changed(found -> Wiring.get().healthRounds().lookNow(found));
    }

    /** Makes again what is missing at the forge. */
    @RequirePOST
    public HttpResponse doRepair() throws IOException {
        return changed(found -> {
            Wiring.get().healthRounds().repairNow(found, project);
            Wiring.get()
                    .audit(
                            Act.Kind.REPAIRED,
                            AuditedChanges.named(found.connection().repository()),
                            project.getFullName(),
                            "");
        });
    }

    private HttpResponse changed(ChangeOfConnection change) throws IOException {
        asking().checkPermission(Item.CONFIGURE);
        StoredConnection stored = stored().orElseThrow(() -> new Failure(getProblem()));
        done(() -> change.make(stored));
        return new HttpRedirect(".");
    }

    private static void done(Change change) throws IOException {
        try {
            change.make();
        } catch (ConnectFailure | ForgeFailure | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** Something that a forge may refuse. */
    @FunctionalInterface
    private interface Change {
        void make() throws ConnectFailure, ForgeFailure, IOException;
    }

    /** The same with the connection as it is. */
    @FunctionalInterface
    private interface ChangeOfConnection {
        void make(StoredConnection stored) throws ConnectFailure, ForgeFailure, IOException;
    }
}

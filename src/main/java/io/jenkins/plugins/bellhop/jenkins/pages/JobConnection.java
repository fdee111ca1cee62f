package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.Util;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.BulkRotation;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StepRow;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The job's page "Repository connection": its state, its key and hook, and why the last deliveries built or didn't. */
public final class JobConnection implements Action {

    /** Decisions on the page; the page "Deliveries" has all. */
    static final int MOST_SHOWN = 10;

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

    /** Deploy keys for all who may see the job, the others for those who may configure it. */
    public List<JobKeys.KeyRow> getKeys() {
        return stored().map(found -> JobKeys.rows(job, found, isMayConfigure())).orElse(List.of());
    }

    /** Null when there is no connection. */
    public Condition getCondition() {
        return stored().map(Condition::of).orElse(null);
    }

    /** When somebody looked; null when nobody did since Jenkins started. */
    public Date getLookedAt() {
        return health().map(Health::at).map(Date::from).orElse(null);
    }

    /** Null when none arrived yet. */
    public DecisionRow getLastDelivery() {
        return getDeliveries().newest(MOST_SHOWN).stream()
                .filter(row -> !row.getDelivery().isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** The picture at {@code statusBadge} below this page. Jenkins takes an action's badge for a mark beside its name. */
    public Badge getStatusBadge() {
        return new Badge(job, connection().flatMap(Connection::defaultBranch).orElse(""));
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

    /** The steps so far of a job that is just being connected; null when it isn't. */
    public List<StepRow> getProgress() {
        return Wiring.get().reconciler().progress(job).orElse(null);
    }

    /** Whether the job is let in, but nobody saved it so: somebody pressed Connect in its form and left. */
    public boolean isUnsaved() {
        return stored().filter(found -> !Wiring.get().reconciler().isAskedFor(job, found))
                .isPresent();
    }

    /** Whether the key is revoked and there is no other yet. */
    public boolean isRevoked() {
        return stored().filter(StoredConnection::isRevoked).isPresent();
    }

    /** Whether to offer to forget the connection, since it can't be removed at the forge. */
    public boolean isStuck() {
        return Wiring.get().reconciler().isStuck(job);
    }

    /** What was found at the last look; nothing before there was one. */
    public List<FindingRow> getFindings() {
        return FindingRow.of(health(), isMayConfigure());
    }

    /** When the key was used last, where the forge tells; null otherwise, since the page's formatter wants that. */
    public Date getKeyLastUsed() {
        return health().flatMap(Health::keyLastUsed).map(Date::from).orElse(null);
    }

    /** Whose the API credential is, when that is known. */
    public String getCredentialOwner() {
        return health().flatMap(Health::credentialOwner).orElse("");
    }

    public boolean isRepairable() {
        return health().filter(Health::isRepairable).isPresent();
    }

    /** How the last try on an agent went; empty when there was none. */
    public String getTested() {
        return stored().filter(found -> isMayConfigure())
                .map(found -> Wiring.get().agentTests().latest(found.id()))
                .orElse("");
    }

    private Optional<Health> health() {
        return stored().flatMap(found -> Wiring.get().healthRounds().latest(found.id()));
    }

    public List<DecisionRow> getDecisions() {
        return getDeliveries().newest(MOST_SHOWN);
    }

    /** The page of all that arrived for the job. */
    public Deliveries getDeliveries() {
        return Deliveries.of(job);
    }

    /** What an administrator took from the hook at the forge; empty when it is whole, as far as is known. */
    public String getHookProblem() {
        return connection()
                .map(found -> Wiring.get().hooks().of(found.id()).sentence())
                .orElse("");
    }

    /** Lies at {@code approvals} below this page. */
    public PullRequestApprovals getApprovals() {
        return new PullRequestApprovals(job);
    }

    private Optional<Connection> connection() {
        return stored().map(StoredConnection::connection);
    }

    private Optional<StoredConnection> stored() {
        return Wiring.get().connections().ofItem(job.getFullName()).stream()
                .filter(found -> found.connection().isReady())
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

    /** Leaves hook and key at the forge as they are: for repositories that no credential reaches any more. */
    @RequirePOST
    public HttpResponse doForget() throws IOException {
        job.checkPermission(Item.CONFIGURE);
        Wiring.get().reconciler().forgetNow(job);
        job.removeProperty(RepositoryConnection.class);
        return new HttpRedirect("..");
    }

    /** A new key and webhook secret, without a gap. */
    @RequirePOST
    public HttpResponse doRotate() {
        job.checkPermission(Item.CONFIGURE);
        return changed(id -> Wiring.get().rotations().rotateNow(id, job));
    }

    /** For a key that leaked: it goes at once, and builds wait for the next one. */
    @RequirePOST
    public HttpResponse doRevoke() {
        job.checkPermission(Item.CONFIGURE);
        return changed(id -> Wiring.get().rotations().revokeNow(id, job));
    }

    /** Looks whether everything is in order at the forge. */
    @RequirePOST
    public HttpResponse doCheck() {
        job.checkPermission(Item.CONFIGURE);
        return looked(found -> Wiring.get().healthRounds().lookNow(found));
    }

    /** Makes again what is missing at the forge. */
    @RequirePOST
    public HttpResponse doRepair() {
        job.checkPermission(Item.CONFIGURE);
        return looked(found -> {
            Health health = Wiring.get().healthRounds().repairNow(found, job);
            Wiring.get()
                    .audit(
                            Kind.REPAIRED,
                            AuditedChanges.named(found.connection().repository()),
                            job.getFullName(),
                            "");
            return health;
        });
    }

    /** Tries the key where builds run. */
    @RequirePOST
    public HttpResponse doTestOnAgent(@QueryParameter String node) throws IOException, InterruptedException {
        job.checkPermission(Item.CONFIGURE);
        try {
            Wiring.get()
                    .agentTests()
                    .run(
                            stored().orElseThrow(() -> new Failure(getProblem())),
                            Util.fixNull(node).trim());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect(".");
    }

    private HttpResponse looked(Look look) {
        try {
            look.at(stored().orElseThrow(() -> new Failure(getProblem())));
        } catch (ConnectFailure | ForgeFailure | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect(".");
    }

    /** Something that ends with a look at a connection. */
    private interface Look {
        Health at(StoredConnection stored) throws ConnectFailure, ForgeFailure;
    }

    private HttpResponse changed(BulkRotation.Step change) {
        try {
            change.rotate(stored().map(StoredConnection::id).orElseThrow(() -> new Failure(getProblem())));
        } catch (ConnectFailure | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect(".");
    }
}

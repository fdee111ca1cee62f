package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes connections what the jobs ask for: connects what isn't, lets a job use the connection that its credential can
 * read, and disconnects what nobody watches any more. One thing at a time, on a thread of its own; forms, Job DSL and
 * {@code properties([...])} only leave word here.
 */
public final class Reconciler implements AutoCloseable {

    /** Between the last watch's end and the removal at the forge, so that a regenerated job finds its connection again. */
    public static final Duration GRACE = Duration.ofHours(24);

    private static final Logger LOGGER = Logger.getLogger(Reconciler.class.getName());
    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final Duration ROUND = Duration.ofHours(1);
    private static final Secret NO_TOKEN = Secret.of("none");

    private final ConnectionFiles files;
    private final PendingJobs pending;
    private final Forges forges;
    private final Supplier<Connector> connector;
    private final Jobs jobs;
    private final Clock clock;
    private final Map<String, Attempt> lastAttempts = new ConcurrentHashMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop connections");
        named.setDaemon(true);
        return named;
    });

    public Reconciler(
            ConnectionFiles files,
            PendingJobs pending,
            Forges forges,
            Supplier<Connector> connector,
            Jobs jobs,
            Clock clock) {
        this.files = files;
        this.pending = pending;
        this.forges = forges;
        this.connector = connector;
        this.jobs = jobs;
        this.clock = clock;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Goes on with what an earlier run left, and looks round every hour. */
    public void start() {
        thread.scheduleWithFixedDelay(this::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        forgetLostItems();
        removeUnwatched();
        pending.all().forEach(this::workOn);
    }

    /** The job was saved: what it asks for now will be carried out. Returns at once. */
    public void jobChanged(Job<?, ?> job) {
        String name = job.getFullName();
        RepositoryConnection wanted = RepositoryConnection.of(job);
        if (wanted == null && files.ofItem(name).isEmpty() || wanted != null && isInOrder(name, wanted)) {
            return;
        }
        leaveWord(name);
    }

    /** The item is about to go. Its watch ends now; what that means for the forge is seen to in the next rounds. */
    public void itemDeleted(String name) {
        lastAttempts.remove(name);
        leaveAll(name);
    }

    private void leaveWord(String name) {
        quietly("note that " + name + " changed", () -> pending.add(name));
        try {
            thread.execute(() -> workOn(name));
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; pending jobs are worked on at the next start");
        }
    }

    /** The item, and with a folder all that is in it, has another name. */
    public void itemMoved(String oldName, String newName) {
        for (StoredConnection stored : files.all()) {
            boolean concerned =
                    stored.items().stream().anyMatch(item -> item.equals(oldName) || item.startsWith(oldName + "/"));
            if (concerned) {
                quietly("rename " + oldName, () -> files.change(stored.id(), c -> c.renaming(oldName, newName)));
            }
        }
    }

    private boolean isInOrder(String name, RepositoryConnection wanted) {
        return files.ofItem(name).size() == 1
                && files.ofItem(name).stream()
                        .allMatch(stored -> leadsTo(stored.connection(), wanted.remote())
                                && stored.connection().isReady());
    }

    /** Whether a remote is the connected repository, under its present name. */
    public boolean leadsTo(Connection connection, RemoteUrl remote) {
        return forges.owning(remote)
                .filter(forge -> forge.host().equals(connection.repository().host()))
                .filter(forge ->
                        forge.nameOf(remote).isSameAs(connection.repository().name()))
                .isPresent();
    }

    private void workOn(String name) {
        Optional<Job<?, ?>> job = jobs.find(name);
        RepositoryConnection wanted = job.map(RepositoryConnection::of).orElse(null);
        if (wanted == null) {
            leaveAll(name);
            return;
        }
        Attempt attempt = attempt(job.get(), wanted.getRepositoryUrl(), wanted.getCredentialsId());
        if (attempt.mayPass()) {
            thread.schedule(() -> workOn(name), RETRY.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        quietly("note that " + name + " is done", () -> pending.remove(name));
    }

    private void leaveAll(String name) {
        quietly("end the watch of " + name, () -> {
            for (StoredConnection stored : files.ofItem(name)) {
                files.forbid(stored.id(), name, clock.instant());
            }
            pending.remove(name);
        });
    }

    /** Connects while somebody waits for the answer. */
    public Attempt connectNow(Job<?, ?> job, String repositoryUrl, String credentialsId) {
        return attempt(job, repositoryUrl.trim(), credentialsId.trim());
    }

    private Attempt attempt(Job<?, ?> job, String repositoryUrl, String credentialsId) {
        oneAtATime.lock();
        Attempt attempt;
        try {
            attempt = connected(job, repositoryUrl, credentialsId);
        } catch (ConnectFailure failure) {
            attempt = new Attempt(false, failure.mayPass(), failure.getMessage());
        } catch (ForgeFailure failure) {
            attempt = new Attempt(false, failure.mayPass(), failure.getMessage());
        } catch (IOException failure) {
            attempt = new Attempt(false, true, "Could not save the connection: " + failure.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            attempt = new Attempt(false, false, e.getMessage() + ".");
        } finally {
            oneAtATime.unlock();
        }
        lastAttempts.put(job.getFullName(), attempt);
        return attempt;
    }

    private Attempt connected(Job<?, ?> job, String repositoryUrl, String credentialsId)
            throws ConnectFailure, ForgeFailure, IOException {
        RemoteUrl remote = RemoteUrl.parse(repositoryUrl);
        Optional<Forge> forge = forges.owning(remote);
        if (forge.isEmpty()) {
            return new Attempt(
                    false,
                    false,
                    "No forge is configured for " + remote.host() + ". Add it under Manage Jenkins, System, Bellhop.");
        }
        Optional<Secret> token = ApiCredentials.find(job, credentialsId);
        if (token.isEmpty()) {
            return new Attempt(
                    false,
                    false,
                    "Choose a credential of the kind \"Secret text\" that holds an API token for "
                            + forge.get().host() + "; it is needed to add the deploy key and the webhook.");
        }
        Connection connection =
                connector.get().connect(forge.get().nameOf(remote), forge.get().api(token.get()));
        permitOnly(connection, job.getFullName(), credentialsId);
        return new Attempt(
                true,
                false,
                "Connected to " + connection.repository() + " on "
                        + connection.repository().host() + " with deploy key " + connection.fingerprint()
                        + " (read-only) and webhook " + connection.hookId().orElseThrow() + ".");
    }

    /** A job watches one repository: it leaves those that it asked for before. */
    private void permitOnly(Connection connection, String name, String credentialsId) throws IOException {
        for (StoredConnection stored : files.ofItem(name)) {
            if (!stored.id().equals(connection.id())) {
                files.forbid(stored.id(), name, clock.instant());
            }
        }
        files.permit(connection.id(), name, credentialsId);
    }

    /** How the job's last attempt went; empty when there was none since Jenkins started. */
    public Optional<Attempt> lastAttempt(Job<?, ?> job) {
        return Optional.ofNullable(lastAttempts.get(job.getFullName()));
    }

    /**
     * Takes the job off its connection; the last one takes hook and key away at the forge, at once.
     *
     * @throws ConnectFailure saying what could not be removed; the connection is then still there
     * @throws ForgeFailure when the credential is of the wrong kind; then too
     */
    public void disconnectNow(Job<?, ?> job) throws ConnectFailure, ForgeFailure, IOException {
        oneAtATime.lock();
        try {
            for (StoredConnection stored : files.ofItem(job.getFullName())) {
                if (stored.items().size() == 1) {
                    removeAtForge(stored, job);
                } else {
                    files.forbid(stored.id(), job.getFullName(), clock.instant());
                }
            }
            lastAttempts.remove(job.getFullName());
        } finally {
            oneAtATime.unlock();
        }
    }

    /** With the job's own credential if it still names one: the stored one may be long revoked. */
    private void removeAtForge(StoredConnection stored, Job<?, ?> job) throws ConnectFailure, ForgeFailure {
        RepositoryConnection wanted = RepositoryConnection.of(job);
        Credentials credentials =
                wanted == null ? stored.credentials() : new Credentials(wanted.getCredentialsId(), job.getFullName());
        removeAtForge(stored, credentials);
    }

    private void removeAtForge(StoredConnection stored, Credentials credentials) throws ConnectFailure, ForgeFailure {
        connector.get().disconnect(stored.connection(), stored.secrets(), api(stored.connection(), credentials));
    }

    /** The connection's API with the credential that connected it last. */
    public ForgeApi api(StoredConnection stored) throws ForgeFailure {
        return api(stored.connection(), stored.credentials());
    }

    /** Without a token the forge says what it says to strangers, which is the failure that people then see. */
    private ForgeApi api(Connection connection, Credentials credentials) throws ForgeFailure {
        String host = connection.repository().host();
        Forge forge =
                forges.of(host).orElseThrow(() -> new IllegalArgumentException("No forge is configured for " + host));
        return forge.api(jobs.token(credentials).orElse(NO_TOKEN));
    }

    private void removeUnwatched() {
        oneAtATime.lock();
        try {
            for (StoredConnection stored : files.all()) {
                boolean halfMade =
                        stored.items().isEmpty() && !stored.connection().isReady();
                if (halfMade || isOutOfGrace(stored)) {
                    quietly("remove " + stored, () -> removeAtForge(stored, stored.credentials()));
                }
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** An attempt may have let a job in while it was being deleted. */
    private void forgetLostItems() {
        for (StoredConnection stored : files.all()) {
            stored.items().stream().filter(item -> jobs.find(item).isEmpty()).forEach(this::leaveAll);
        }
    }

    private boolean isOutOfGrace(StoredConnection stored) {
        return stored.unwatchedSince()
                .filter(since -> since.plus(GRACE).isBefore(clock.instant()))
                .isPresent();
    }

    private static void quietly(String what, Work work) {
        try {
            work.run();
        } catch (IOException | ConnectFailure | ForgeFailure | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Could not " + what + "; it is tried again within the hour", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private interface Work {
        void run() throws IOException, ConnectFailure, ForgeFailure;
    }
}

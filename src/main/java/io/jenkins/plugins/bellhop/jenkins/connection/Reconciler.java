package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.connect.Progress.Step;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.connection.Departures.Departure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMNavigatorOwner;

/**
 * Makes connections what the jobs ask for: connects what isn't, lets a job use the connection that its credential can
 * read, and disconnects what nobody watches any more. One thing at a time, on a thread of its own; forms, Job DSL and
 * {@code properties([...])} only leave word here.
 */
public final class Reconciler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Reconciler.class.getName());
    private static final String CLOSED = "Closed already; pending jobs are worked on at the next start";
    private static final Duration LOADED = Duration.ofSeconds(5);
    /** Jenkins tells of one save more than once, within some milliseconds. */
    private static final Duration SETTLED = Duration.ofMillis(500);

    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final Duration ROUND = Duration.ofHours(1);

    private final ConnectionFiles files;
    private final PendingJobs pending;
    private final Forges forges;
    private final Remotes remotes;
    private final Function<Credentials, Connector> connector;
    private final Jobs jobs;
    private final Departures departures;
    private final Lock oneAtATime;
    private final Attempts attempts = new Attempts();
    /** Jobs that somebody tried to disconnect in vain. */
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    /** Jobs that are tried again after a pause, each once however often it was saved meanwhile. */
    private final Set<Word> retried = ConcurrentHashMap.newKeySet();
    /** Jobs that are about to be worked on, so that one save connects once, each on the word of who saved it. */
    private final Set<Word> settling = ConcurrentHashMap.newKeySet();
    /** Items that a connection lets in, though nobody may have saved them so; looked at in the next round. */
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop connections");
        named.setDaemon(true);
        return named;
    });

    /**
     * That an item is to be worked on.
     *
     * @param asker on whose word; empty where that doesn't matter
     */
    private record Word(String item, String asker) {}

    public Reconciler(
            ConnectionFiles files,
            PendingJobs pending,
            Forges forges,
            Remotes remotes,
            Function<Credentials, Connector> connector,
            Jobs jobs,
            Departures departures,
            Lock oneAtATime) {
        this.files = files;
        this.pending = pending;
        this.forges = forges;
        this.remotes = remotes;
        this.connector = connector;
        this.jobs = jobs;
        this.departures = departures;
        this.oneAtATime = oneAtATime;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Goes on with what an earlier run left, looks through all jobs this once, and at what is left to do every hour. */
    public void start() {
        thread.execute(() -> quietly("look through the jobs", this::lookThroughAll));
        thread.execute(() -> quietly("end watches that nobody asks for", departures::endUnwantedWatches));
        thread.scheduleWithFixedDelay(this::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookThroughAll() {
        for (Item item : jobs.all()) {
            quietly("see what " + item.getFullName() + " asks for", () -> itemChanged(item));
        }
    }

    private void round() {
        for (String name : List.copyOf(doubtful)) {
            doubtful.remove(name);
            quietly("see whether " + name + " still asks for its watch", () -> departures.endUnwantedWatches(name));
        }
        quietly("remove unwatched connections", departures::removeUnwatched);
        for (String name : pending.all()) {
            quietly("work on " + name, () -> workOn(name));
        }
    }

    /** The item was saved: what it asks for now, for its own sake or its projects', will be carried out. Returns at once. */
    public void itemChanged(Item item) {
        if (item instanceof SCMNavigatorOwner organization) {
            jobs.in(organization).forEach(this::itemChanged);
        }
        String name = item.getFullName();
        Optional<Wish> wish = Wish.of(item);
        boolean done = wish.map(wanted -> isInOrder(name, wanted))
                .orElseGet(() -> files.ofItem(name).isEmpty());
        if (!done) {
            leaveWord(name);
        }
    }

    /**
     * The job was read from disk while Jenkins ran, which tells no listener of items. Jenkins may be in the midst of it: what
     * the job asks for now is carried out a little later. Returns at once.
     */
    public void jobLoaded(Job<?, ?> job) {
        String name = job.getFullName();
        RepositoryConnection wanted = RepositoryConnection.of(job);
        if (wanted == null || isInOrder(name, wanted)) {
            return;
        }
        quietly("note that " + name + " was read anew", () -> pending.add(name));
        later(name, LOADED);
    }

    /** A connection lets the item in, and something shows that it doesn't ask for that any more. */
    public void isDoubtful(String name) {
        doubtful.add(name);
    }

    /** The item is about to go. Its watch ends now; what that means for the forge is seen to in the next rounds. */
    public void itemDeleted(String name) {
        attempts.forget(name);
        stuck.remove(name);
        leaveAll(name);
    }

    private void leaveWord(String name) {
        quietly("note that " + name + " changed", () -> pending.add(name));
        later(new Word(name, Asker.name()), SETTLED, settling);
    }

    /** The item, and with a folder all that is in it, has another name. */
    public void itemMoved(String oldName, String newName) {
        quietly("rename " + oldName + " among those to work on", () -> pending.rename(oldName, newName));
        attempts.moved(oldName, newName);
        for (Word word : settling) {
            String moved = StoredConnection.moved(word.item(), oldName, newName);
            if (!moved.equals(word.item())) {
                leaveWord(moved);
            }
        }
        for (StoredConnection stored : files.ofItemOrWithin(oldName)) {
            quietly("rename " + oldName, () -> files.change(stored.id(), c -> c.renaming(oldName, newName)));
        }
    }

    private boolean isInOrder(String name, Wish wanted) {
        return isConnected(name, wanted.remote(), wanted.getCredentialsId());
    }

    /** Whether the item is connected to this repository with this credential: then there is nothing to try. */
    public boolean isConnected(String name, RemoteUrl remote, String credentialsId) {
        List<StoredConnection> used = files.ofItem(name);
        return used.size() == 1
                && used.get(0).connection().isReady()
                && used.get(0).permits(name, credentialsId)
                && remotes.leadTo(used.get(0).connection(), remote);
    }

    /** Whether the item, as it is saved, asks for this connection; one that can't be read says nothing against it. */
    public boolean isAskedFor(Item item, StoredConnection stored) {
        return departures.isWantedBy(item.getFullName(), stored);
    }

    private void workOn(String name) {
        Item item = jobs.find(name).orElse(null);
        if (item == null && jobs.isOnDisk(name)) {
            later(name, RETRY);
            return;
        }
        Wish wanted = item == null ? null : Wish.of(item).orElse(null);
        if (wanted == null && jobs.isConnectedOnDisk(name)) {
            // Its connection could not be read, or is being replaced: nobody has said that it is to end.
            later(name, RETRY);
            return;
        }
        if (wanted == null) {
            leaveAll(name);
            return;
        }
        if (!isInOrder(name, wanted) && connectedAsWanted(item, wanted).mayPass()) {
            later(name, RETRY);
            return;
        }
        quietly("note that " + name + " is done", () -> pending.remove(name));
    }

    /** An item watches one repository: it leaves those that it asked for before. */
    private Attempt connectedAsWanted(Item item, Wish wanted) {
        Attempt attempt = attempt(item, wanted.getRepositoryUrl(), wanted.getCredentialsId());
        if (attempt.connected()) {
            departures.leaveAllBut(wanted, item.getFullName());
        }
        return attempt;
    }

    private void later(String name, Duration pause) {
        later(new Word(name, ""), pause, retried);
    }

    /** @param waiting those that wait for the same reason; one of them isn't noted again */
    private void later(Word word, Duration pause, Set<Word> waiting) {
        if (waiting.add(word)) {
            Runnable work = Asker.takenAlong(() -> {
                waiting.remove(word);
                quietly("work on " + word.item(), () -> workOn(word.item()));
            });
            try {
                thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                waiting.remove(word);
                LOGGER.fine(CLOSED);
            }
        }
    }

    private void leaveAll(String name) {
        departures.leaveAll(name);
        quietly("note that " + name + " is done", () -> pending.remove(name));
    }

    /** Connects while somebody waits for the answer. What the item watches already it leaves when it is saved so. */
    public Attempt connectNow(Item item, String repositoryUrl, String credentialsId) {
        String url = repositoryUrl.trim();
        String credential = credentialsId.trim();
        try {
            RequestLock.take(oneAtATime);
        } catch (ConnectFailure busy) {
            return attempts.note(item, url, credential, new Attempt(false, true, busy.getMessage()));
        }
        try {
            return attempt(item, url, credential);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Connects for a caller that saves the item so when it went well. Nobody sits before it: waits for its turn. */
    public Attempt connectFor(Item item, String repositoryUrl, String credentialsId) {
        return attempt(item, repositoryUrl, credentialsId, UnaryOperator.identity());
    }

    private Attempt attempt(Item item, String repositoryUrl, String credentialsId) {
        return attempt(
                item,
                repositoryUrl,
                credentialsId,
                attempt -> attempts.note(item, repositoryUrl, credentialsId, attempt));
    }

    private Attempt attempt(Item item, String repositoryUrl, String credentialsId, UnaryOperator<Attempt> noted) {
        String name = item.getFullName();
        oneAtATime.lock();
        attempts.begin(name);
        try {
            Attempt attempt = outcome(item, repositoryUrl, credentialsId);
            List<Step> steps = attempts.stepsOf(name).orElse(List.of());
            return noted.apply(attempt.after(steps));
        } finally {
            attempts.end(name);
            oneAtATime.unlock();
        }
    }

    private Attempt outcome(Item item, String repositoryUrl, String credentialsId) {
        try {
            return connected(item, repositoryUrl, credentialsId);
        } catch (ConnectFailure failure) {
            return new Attempt(false, failure.mayPass(), failure.getMessage()).becauseOf(failure.untrustedHost());
        } catch (ForgeFailure failure) {
            return new Attempt(false, failure.mayPass(), failure.getMessage());
        } catch (IOException failure) {
            return new Attempt(false, true, "Could not save the connection: " + failure.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            return new Attempt(false, false, e.getMessage() + ".");
        } catch (RuntimeException fault) {
            LOGGER.log(Level.WARNING, fault, () -> "Could not connect " + item.getFullName());
            return new Attempt(false, true, "Not connected: " + fault.getMessage() + ". See the log of Jenkins.");
        }
    }

    private Attempt connected(Item item, String repositoryUrl, String credentialsId)
            throws ConnectFailure, ForgeFailure, IOException {
        if (item instanceof Job<?, ?> job && ConnectableJobs.isBranchOfProject(job)) {
            return new Attempt(false, false, Messages.RepositoryConnection_Branch());
        }
        RemoteUrl remote = RemoteUrl.parse(repositoryUrl);
        Optional<Forge> forge = forges.owning(remote);
        if (forge.isEmpty()) {
            return new Attempt(
                    false,
                    false,
                    "No forge is configured for " + remote.host() + ". Add it under Manage Jenkins, System, Bellhop.");
        }
        Optional<Secret> token = ApiCredentials.find(item, credentialsId);
        if (token.isEmpty()) {
            return new Attempt(
                    false,
                    false,
                    "Choose a credential of the kind \"Secret text\" that holds an API token for "
                            + forge.get().host() + "; it is needed to add the deploy key and the webhook.");
        }
        Connection connection = connector
                .apply(new Credentials(credentialsId, item.getFullName()))
                .connect(
                        forge.get().nameOf(remote),
                        forge.get().api(token.get()),
                        step -> attempts.begins(item.getFullName(), step));
        files.permit(connection, item.getFullName(), credentialsId);
        doubtful.add(item.getFullName());
        return new Attempt(
                true,
                false,
                "Connected to " + connection.repository() + " on "
                        + connection.repository().host() + " with deploy key " + connection.fingerprint()
                        + " (read-only) and webhook " + connection.hookId().orElseThrow() + ".");
    }

    /**
     * Takes the item off its connection; the last one takes hook and key away at the forge, at once.
     *
     * @return what came of each connection; empty when there is none
     * @throws ConnectFailure saying what could not be removed, or that Bellhop is busy; the connection is then still there
     */
    public List<Departure> disconnectNow(Item item) throws ConnectFailure, ForgeFailure, IOException {
        RequestLock.take(oneAtATime);
        try {
            List<Departure> left = departures.disconnectNow(item);
            attempts.forget(item.getFullName());
            stuck.remove(item.getFullName());
            return left;
        } catch (ConnectFailure | ForgeFailure | RuntimeException failure) {
            stuck.add(item.getFullName());
            throw failure;
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Takes the item off its connection without asking the forge: what is there stays there.
     *
     * @return what came of each connection; empty when there is none
     * @throws ConnectFailure when others change connections for too long; nothing has changed then
     */
    public List<Departure> forgetNow(Item item) throws ConnectFailure, ForgeFailure, IOException {
        List<Departure> left = departures.forgetNow(item);
        attempts.forget(item.getFullName());
        stuck.remove(item.getFullName());
        return left;
    }

    /** Whether the item's last attempt to disconnect failed, so that all that is left is to forget the connection. */
    public boolean isStuck(Item item) {
        return stuck.contains(item.getFullName());
    }

    /** How the item's last attempt went; empty when there was none since Jenkins started. */
    public Optional<Attempt> lastAttempt(Item item) {
        return attempts.last(item.getFullName());
    }

    /** Items that aren't connected as they ask to be, with what their last attempt came to; by name. */
    public SortedMap<String, String> troubles() {
        SortedMap<String, String> troubles = new TreeMap<>();
        attempts.all().forEach((name, attempt) -> {
            if (!attempt.connected() && stillAsks(name)) {
                troubles.put(name, isTried(name) ? Messages.RepositoryConnection_Trying() : attempt.sentence());
            }
        });
        return troubles;
    }

    private boolean isTried(String name) {
        return settling.stream().anyMatch(word -> word.item().equals(name))
                || attempts.stepsOf(name).isPresent();
    }

    /** What the item, if it is just being connected, went through so far; empty when it isn't. */
    public Optional<List<StepRow>> progress(Item item) {
        String name = item.getFullName();
        return isTried(name)
                ? Optional.of(StepRow.underWay(attempts.stepsOf(name).orElse(List.of())))
                : Optional.empty();
    }

    /** What the last attempt was about may be mended by now. */
    private boolean stillAsks(String name) {
        return jobs.find(name)
                .flatMap(Wish::of)
                .filter(wanted -> !isInOrder(name, wanted))
                .isPresent();
    }

    /** Connections of no item that can't be removed at the forge, with the reason. */
    public Map<StoredConnection, String> orphans() {
        return departures.stuck();
    }

    /**
     * Drops a connection of no item, whatever is left at the forge.
     *
     * @throws ConnectFailure as {@link #forgetNow}
     */
    public void forgetOrphan(String connectionId) throws ConnectFailure, IOException {
        departures.forgetOrphan(connectionId);
    }

    /** Tries again what went wrong. Returns at once. */
    public void tryAgain() {
        try {
            thread.execute(() -> quietly("remove unwatched connections", departures::removeUnwatched));
            thread.execute(Asker.takenAlong(() -> troubles().keySet().forEach(this::leaveWord)));
        } catch (RejectedExecutionException e) {
            LOGGER.fine(CLOSED);
        }
    }

    /** The same for an organisation folder's projects, tried before or not. */
    public void tryAgainIn(SCMNavigatorOwner organization) {
        jobs.in(organization).stream()
                .filter(item -> Wish.of(item)
                        .filter(wanted -> !isInOrder(item.getFullName(), wanted))
                        .isPresent())
                .forEach(item -> leaveWord(item.getFullName()));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

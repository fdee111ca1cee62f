package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.GrowingPauses;
import io.jenkins.plugins.bellhop.connect.MachineKeyStore;
import io.jenkins.plugins.bellhop.connect.MachineKeys;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.scm.api.SCMSourceOwner;

/** Makes, grants, rotates and removes user keys as administrators ask, and looks after them once a day. */
public final class UserKeyCare implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(UserKeyCare.class.getName());

    /** A key that git read with so lately isn't tried again for a build that failed. */
    static final Duration RECENTLY = Duration.ofMinutes(10);

    /** Builds wait while a key is revoked and no other works. */
    static final Duration UNTIL_NEXT_ATTEMPT = Duration.ofMinutes(10);

    private final UserKeyFiles files;
    private final ConnectionFiles connections;
    private final OwnApis apis;
    private final Function<MachineKeyStore, MachineKeys> keys;
    private final Jobs jobs;
    private final UserKeyTrials trials;
    private final Supplier<Optional<Duration>> longestAge;
    private final Lock oneAtATime;
    private final DailyRound round;
    private final Clock clock;
    private final GrowingPauses pauses = new GrowingPauses(UNTIL_NEXT_ATTEMPT);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop user keys");
        named.setDaemon(true);
        return named;
    });

    /**
     * @param longestAge after which a key is rotated; empty for never
     * @param oneAtATime held while a forge or a key is changed
     */
    public UserKeyCare(
            UserKeyFiles files,
            ConnectionFiles connections,
            Forges forges,
            Jobs jobs,
            Function<MachineKeyStore, MachineKeys> keys,
            Supplier<Optional<Duration>> longestAge,
            Lock oneAtATime,
            DailyRound round,
            Clock clock) {
        this.files = files;
        this.connections = connections;
        this.apis = new OwnApis(forges, jobs);
        this.keys = keys;
        this.jobs = jobs;
        this.trials = new UserKeyTrials(files, connections, new Apis(forges, jobs), this::keysOf, oneAtATime);
        this.longestAge = longestAge;
        this.oneAtATime = oneAtATime;
        this.round = round;
        this.clock = clock;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Jenkins has loaded its items. What was interrupted is taken back at once. */
    public void start() {
        files.changeGrants(this::withoutThoseThatAreGone);
        thread.execute(() -> files.all().stream()
                .filter(stored -> stored.key().isUnfinished())
                .forEach(stored -> quietly("finish the " + stored, () -> finishAlone(stored))));
        thread.scheduleWithFixedDelay(
                this::replaceRevoked,
                UNTIL_NEXT_ATTEMPT.toMillis(),
                UNTIL_NEXT_ATTEMPT.toMillis(),
                TimeUnit.MILLISECONDS);
        round.on(thread, this::lookAtAll);
    }

    void replaceRevoked() {
        files.all().stream()
                .filter(stored -> stored.isRevoked() && pauses.isOver(stored.id(), clock.instant()))
                .forEach(stored -> quietly("replace the " + stored, () -> finishAlone(stored)));
    }

    /** Removes former keys, sees whether the others are there, and tries them on the repositories that may use them. */
    public void lookAtAll() {
        files.all().forEach(stored -> quietly("look after the " + stored, () -> look(stored)));
    }

    /** What was deleted while Jenkins was down may be made anew by anybody. */
    private Grants withoutThoseThatAreGone(Grants grants) {
        Grants left = grants;
        for (String name : grants.names().toList()) {
            if (jobs.find(name).isEmpty() && !jobs.isOnDisk(name)) {
                left = left.without(name);
            }
        }
        return left;
    }

    /** A build of the item failed, perhaps for a key that the forge doesn't know any more: tries those that it was offered. */
    public void buildFailed(Item item) {
        Instant recently = clock.instant().minus(RECENTLY);
        for (StoredConnection connection : connections.usedIn(item)) {
            String repository = connection.connection().repository().key();
            files.all().stream()
                    .filter(stored -> UserKeyTrials.mayUse(stored, connection))
                    .filter(stored -> Optional.ofNullable(stored.key().proven().get(repository))
                            .filter(recently::isAfter)
                            .isPresent())
                    .forEach(stored -> trials.add(stored.id(), connection.id()));
        }
    }

    private void look(StoredUserKey stored) throws IOException {
        oneAtATime.lock();
        try {
            Optional<String> trouble = troubleOf(stored);
            files.change(stored.id(), now -> now.looked(trouble));
        } finally {
            oneAtATime.unlock();
        }
        tryAll(stored.id());
        if (isTooOld(stored) && provenConnection(stored).isPresent()) {
            quietly("rotate the " + stored, () -> rotate(stored.id()));
        }
    }

    private boolean isTooOld(StoredUserKey stored) {
        Instant now = clock.instant();
        return longestAge
                .get()
                .filter(age -> !stored.key().since().plus(age).isAfter(now))
                .isPresent();
    }

    private void finishAlone(StoredUserKey stored) throws IOException, ForgeFailure, ConnectFailure {
        oneAtATime.lock();
        try {
            if (files.byId(stored.id()).isPresent()) {
                finish(stored(stored.id()));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** False when nothing is left of the key. */
    private boolean finish(StoredUserKey stored) throws IOException, ForgeFailure, ConnectFailure {
        if (stored.isRevoked()) {
            noting(stored.id(), () -> keysOf(stored).replaceRevoked(stored.id(), opened(stored), api(stored)));
            return true;
        }
        return keysOf(stored).finish(stored.id(), api(stored));
    }

    /** Builds wait: people learn at once why. */
    private void noting(String id, Work replacement) throws IOException, ForgeFailure, ConnectFailure {
        try {
            replacement.run();
        } catch (ConnectFailure | ForgeFailure | IllegalArgumentException failure) {
            Optional<StoredUserKey> left = files.byId(id).filter(StoredUserKey::isRevoked);
            if (left.isPresent()) {
                pauses.failed(id, clock.instant(), retryAt(failure));
                files.change(id, stored -> stored.looked(Optional.of(revoked(failure))));
            }
            throw failure;
        }
        pauses.forget(id);
        files.change(id, stored -> stored.looked(Optional.empty()));
        later(id);
    }

    static Optional<Instant> retryAt(Exception failure) {
        if (failure instanceof ForgeFailure refusal) {
            return refusal.retryAt();
        }
        return failure instanceof ConnectFailure change ? change.retryAt() : Optional.empty();
    }

    private static String revoked(Exception failure) {
        return "The key is revoked, and builds that had it wait for another one, which Bellhop tries to make again and"
                + " again, after pauses that grow. Where its account or its credential is gone, press Forget: nobody waits"
                + " then. In the way: " + failure.getMessage();
    }

    /** While the forge doesn't answer, what was found before still counts. */
    private Optional<String> troubleOf(StoredUserKey stored) throws IOException {
        try {
            ForgeApi api = api(stored);
            if (!finish(stored(stored.id()))) {
                return Optional.empty();
            }
            keysOf(stored).endRetirements(stored.id(), api);
            return keysOf(stored).isThere(stored.id(), api)
                    ? Optional.empty()
                    : Optional.of("The key isn't at the forge any more. Remove it here, and make a new one.");
        } catch (ForgeFailure failure) {
            return failure.mayPass()
                    ? stored.trouble()
                    : Optional.of(stored.isRevoked() ? revoked(failure) : failure.getMessage());
        } catch (ConnectFailure failure) {
            return Optional.of(revoked(failure));
        } catch (IllegalArgumentException lacking) {
            return Optional.of(stored.isRevoked() ? revoked(lacking) : lacking.getMessage() + ".");
        }
    }

    /**
     * Makes a key for a machine user's account. It is tried later, on every private repository that a granted item is
     * connected to.
     *
     * @param account as somebody confirmed it
     * @throws IllegalArgumentException when a granted item isn't there
     */
    public void create(String host, String credentialsId, String account, Grants grants)
            throws ConnectFailure, ForgeFailure {
        checkThatAllAreThere(grants);
        RequestLock.take(oneAtATime);
        try {
            MachineKeyStore store = files.madeWith(credentialsId, grants);
            String made = keys.apply(store)
                    .create(host, account, apis.of(host, credentialsId))
                    .id();
            later(made);
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * From now on these items alone may use the key.
     *
     * @throws IllegalArgumentException when one of them isn't there
     */
    public void grant(String id, Grants grants) throws IOException {
        checkThatAllAreThere(grants);
        stored(id);
        files.change(id, stored -> stored.granting(grants));
        later(id);
    }

    /** Anybody might make an item of a name that is free. */
    private void checkThatAllAreThere(Grants grants) {
        grants.names().forEach(name -> {
            Item item = jobs.find(name)
                    .filter(found -> found.getFullName().equals(name))
                    .orElseThrow(() -> new IllegalArgumentException("There is no item or folder " + name));
            if (item.getParent() instanceof SCMSourceOwner) {
                throw new IllegalArgumentException(
                        name + " is a branch, which whoever pushes can make. Name its project instead");
            }
        });
    }

    private void later(String id) {
        try {
            thread.execute(() -> quietly("try the user key " + id, () -> tryAll(id)));
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already");
        }
    }

    /** What was found of repositories that can't use it any more is forgotten. */
    private void tryAll(String id) throws IOException {
        List<StoredConnection> granted = files.byId(id).map(this::connectionsOf).orElse(List.of());
        oneAtATime.lock();
        try {
            files.change(
                    id,
                    stored -> stored.onlyFor(granted.stream()
                            .map(each -> each.connection().repository().key())
                            .collect(Collectors.toSet())));
        } finally {
            oneAtATime.unlock();
        }
        granted.forEach(connection -> trials.add(id, connection.id()));
    }

    /** Those that an item which may use the key is connected with. */
    private List<StoredConnection> connectionsOf(StoredUserKey stored) {
        return connections.all().stream()
                .filter(connection -> UserKeyTrials.mayUse(stored, connection))
                .toList();
    }

    public void rotate(String id) throws ConnectFailure, ForgeFailure, IOException {
        RequestLock.take(oneAtATime);
        try {
            StoredUserKey stored = stored(id);
            if (stored.isRevoked()) {
                finish(stored);
                return;
            }
            Connection proven = provenConnection(stored)
                    .orElseThrow(() -> new IllegalArgumentException("The " + stored
                            + " opens no connected repository that may use it, so that a new key can't be tried."
                            + " Remove it instead"));
            keysOf(stored).rotate(id, proven.sshUrl(), api(stored));
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * For a key that leaked: from now on it goes to no build, whether or not its forge can be asked. It goes from the forge
     * next, and builds that had it wait until another one works.
     */
    public void revoke(String id) throws ConnectFailure, ForgeFailure, IOException {
        RequestLock.take(oneAtATime);
        try {
            keysOf(stored(id)).withdraw(id);
            finish(stored(id));
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Where the key got in before it was revoked. */
    private Map<RepositoryId, String> opened(StoredUserKey stored) {
        Set<String> proven = stored.key().proven().keySet();
        return connectionsOf(stored).stream()
                .map(StoredConnection::connection)
                .filter(connection -> proven.contains(connection.repository().key()))
                .collect(Collectors.toMap(Connection::repository, Connection::sshUrl, (one, other) -> one));
    }

    private Optional<Connection> provenConnection(StoredUserKey stored) {
        return connectionsOf(stored).stream()
                .map(StoredConnection::connection)
                .filter(connection -> stored.key().isProvenFor(connection.repository()))
                .findFirst();
    }

    public void remove(String id) throws ConnectFailure, ForgeFailure {
        RequestLock.take(oneAtATime);
        try {
            StoredUserKey stored = stored(id);
            keysOf(stored).remove(id, api(stored));
            pauses.forget(id);
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Drops the record without asking the forge.
     *
     * @return the fingerprints of what may still be at the account
     */
    public List<String> forget(String id) throws ConnectFailure {
        RequestLock.take(oneAtATime);
        try {
            List<String> left = keysOf(stored(id)).forget(id);
            pauses.forget(id);
            return left;
        } finally {
            oneAtATime.unlock();
        }
    }

    private StoredUserKey stored(String id) {
        return files.byId(id).orElseThrow(() -> new IllegalArgumentException("The user key " + id + " is gone"));
    }

    private MachineKeys keysOf(StoredUserKey stored) {
        return keys.apply(files.madeWith(stored.credentialsId(), stored.grants()));
    }

    private ForgeApi api(StoredUserKey stored) throws ForgeFailure {
        return apis.of(stored.key().host(), stored.credentialsId());
    }

    @Override
    public void close() {
        thread.shutdown();
        trials.close();
    }
}

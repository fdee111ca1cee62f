package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.KeyTrial;
import io.jenkins.plugins.bellhop.connect.MachineKeys;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.logging.Logger;

/** Tries user keys on repositories, a few at a time, while nobody waits and no lock is held. */
final class UserKeyTrials implements AutoCloseable {

    /** Each is a run of git, and takes half a minute where a firewall swallows what it sends. */
    static final int AT_ONCE = 4;

    private static final Logger LOGGER = Logger.getLogger(UserKeyTrials.class.getName());

    private final UserKeyFiles files;
    private final ConnectionFiles connections;
    private final Apis apis;
    private final Function<StoredUserKey, MachineKeys> keys;
    private final Lock oneAtATime;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> {
                Thread named = new Thread(work, "Bellhop trials of user keys");
                named.setDaemon(true);
                return named;
            });
    private final Waiting<Trial> waiting = new Waiting<>(threads, this::run);

    /** Before a trial that said nothing of the key is made again, each after the one before; then the daily one comes. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30));

    /** @param inVain trials before it that said nothing of the key */
    private record Trial(String keyId, String connectionId, int inVain) {}

    /** @param oneAtATime held while a key is changed */
    UserKeyTrials(
            UserKeyFiles files,
            ConnectionFiles connections,
            Apis apis,
            Function<StoredUserKey, MachineKeys> keys,
            Lock oneAtATime) {
        this.files = files;
        this.connections = connections;
        this.apis = apis;
        this.keys = keys;
        this.oneAtATime = oneAtATime;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Returns at once. */
    void add(String keyId, String connectionId) {
        waiting.add(new Trial(keyId, connectionId, 0));
    }

    private void again(Trial trial) {
        if (trial.inVain() < PAUSES.size() && !threads.isShutdown()) {
            Duration pause = PAUSES.get(trial.inVain());
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> waiting.add(new Trial(trial.keyId(), trial.connectionId(), trial.inVain() + 1)));
        }
    }

    private void run(Trial trial) {
        quietly("try the user key " + trial.keyId(), () -> {
            Optional<StoredUserKey> key = files.byId(trial.keyId()).filter(stored -> !stored.isRevoked());
            Optional<StoredConnection> connection = connections.byId(trial.connectionId());
            if (key.isPresent() && connection.isPresent() && mayUse(key.get(), connection.get())) {
                tryOn(connection.get(), key.get(), trial);
            }
        });
    }

    /** Whether an item that is connected with the repository may use the key. */
    static boolean mayUse(StoredUserKey stored, StoredConnection connection) {
        return connection.connection().isReady()
                && connection
                        .connection()
                        .repository()
                        .host()
                        .equals(stored.key().host())
                && connection.items().stream().anyMatch(stored.grants()::permit);
    }

    /** A public repository needs no key, and would say of every account that it opens it. */
    private void tryOn(StoredConnection connection, StoredUserKey stored, Trial asked) throws IOException {
        Connection repository = connection.connection();
        try {
            if (apis.of(connection)
                    .repositories()
                    .current(repository.repository())
                    .isPrivate()) {
                KeyTrial trial = keys.apply(stored).attempt(stored.id(), repository.sshUrl());
                note(trial, repository);
                if (!trial.isOfTheKey()) {
                    again(asked);
                }
            } else {
                forget(stored, repository);
            }
        } catch (ForgeFailure failure) {
            LOGGER.info(() ->
                    "Nothing new of the " + stored + " and " + repository.repository() + ": " + failure.getMessage());
            if (!failure.mayPass()) {
                forget(stored, repository);
            }
        }
    }

    private void note(KeyTrial trial, Connection repository) throws IOException {
        oneAtATime.lock();
        try {
            Optional<StoredUserKey> stored = files.byId(trial.id());
            boolean readBefore = stored.filter(found -> found.key().isProvenFor(repository.repository()))
                    .isPresent();
            // What is ended with Jenkins says nothing of the key.
            if (!threads.isShutdown()
                    && stored.isPresent()
                    && keys.apply(stored.get()).note(trial, repository.repository())) {
                files.change(trial.id(), found -> found.tried(repository.repository(), trial.failure(), readBefore));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private void forget(StoredUserKey stored, Connection repository) throws IOException {
        oneAtATime.lock();
        try {
            files.change(stored.id(), found -> found.without(repository.repository()));
        } finally {
            oneAtATime.unlock();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

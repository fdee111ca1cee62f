package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.connect.MachineKeyStore;
import io.jenkins.plugins.bellhop.connect.MachineKeys;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes, tries, rotates and removes user keys as administrators ask, and looks after them once a day. */
public final class UserKeyCare implements AutoCloseable {

    private static final Duration ROUND = Duration.ofDays(1);

    private final UserKeyFiles files;
    private final ConnectionFiles connections;
    private final OwnApis apis;
    private final Function<MachineKeyStore, MachineKeys> keys;
    private final Supplier<Optional<Duration>> longestAge;
    private final Lock oneAtATime;
    private final Clock clock;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop user keys");
        named.setDaemon(true);
        return named;
    });

    /**
     * @param longestAge after which a key is rotated; empty for never
     * @param oneAtATime held while a forge is changed
     */
    public UserKeyCare(
            UserKeyFiles files,
            ConnectionFiles connections,
            OwnApis apis,
            Function<MachineKeyStore, MachineKeys> keys,
            Supplier<Optional<Duration>> longestAge,
            Lock oneAtATime,
            Clock clock) {
        this.files = files;
        this.connections = connections;
        this.apis = apis;
        this.keys = keys;
        this.longestAge = longestAge;
        this.oneAtATime = oneAtATime;
        this.clock = clock;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What a crash cut short is seen to at once; the first round is a day after Jenkins' start. */
    public void start() {
        thread.execute(() -> files.all().forEach(stored -> quietly("settle the " + stored, () -> settle(stored))));
        thread.scheduleWithFixedDelay(
                () -> files.all().forEach(stored -> quietly("look after the " + stored, () -> look(stored))),
                ROUND.toMillis(),
                ROUND.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void settle(StoredUserKey stored) throws ConnectFailure, ForgeFailure {
        if (!stored.key().isReady()) {
            remove(stored.id());
        } else if (stored.key().next().isPresent()) {
            rotate(stored.id());
        }
    }

    void look(StoredUserKey stored) throws IOException, ForgeFailure, ConnectFailure {
        oneAtATime.lock();
        try {
            keysOf(stored).endRetirements(stored.id(), api(stored));
            prove(stored(stored.id()));
        } finally {
            oneAtATime.unlock();
        }
        if (isTooOld(stored) && provenConnection(stored).isPresent()) {
            rotate(stored.id());
        }
    }

    private boolean isTooOld(StoredUserKey stored) {
        Instant now = clock.instant();
        return longestAge
                .get()
                .filter(age -> !stored.key().since().plus(age).isAfter(now))
                .isPresent();
    }

    /**
     * Makes a key for a machine user's account, and tries it on every connected repository of that forge.
     *
     * @param account as somebody confirmed it
     */
    public void create(String host, String credentialsId, String account)
            throws ConnectFailure, ForgeFailure, IOException {
        oneAtATime.lock();
        try {
            MachineKeyStore store = files.madeWith(credentialsId);
            MachineKey made = keys.apply(store).create(host, account, apis.of(host, credentialsId));
            prove(files.byId(made.id()).orElseThrow());
        } finally {
            oneAtATime.unlock();
        }
    }

    private void prove(StoredUserKey stored) throws IOException {
        for (Connection connection : connectionsOf(stored)) {
            keysOf(stored).prove(stored.id(), connection.repository(), connection.sshUrl());
        }
    }

    private List<Connection> connectionsOf(StoredUserKey stored) {
        return connections.all().stream()
                .map(StoredConnection::connection)
                .filter(connection -> connection.isReady()
                        && connection.repository().host().equals(stored.key().host()))
                .toList();
    }

    public void rotate(String id) throws ConnectFailure, ForgeFailure {
        oneAtATime.lock();
        try {
            StoredUserKey stored = stored(id);
            Connection proven = provenConnection(stored)
                    .orElseThrow(() -> new IllegalArgumentException("The " + stored
                            + " opens no connected repository, so that a new key can't be tried. Remove it instead"));
            keysOf(stored).rotate(id, proven.sshUrl(), api(stored));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Optional<Connection> provenConnection(StoredUserKey stored) {
        return connectionsOf(stored).stream()
                .filter(connection -> stored.key().isProvenFor(connection.repository()))
                .findFirst();
    }

    public void remove(String id) throws ConnectFailure, ForgeFailure {
        oneAtATime.lock();
        try {
            StoredUserKey stored = stored(id);
            keysOf(stored).remove(id, api(stored));
        } finally {
            oneAtATime.unlock();
        }
    }

    private StoredUserKey stored(String id) {
        return files.byId(id).orElseThrow(() -> new IllegalArgumentException("The user key " + id + " is gone"));
    }

    private MachineKeys keysOf(StoredUserKey stored) {
        return keys.apply(files.madeWith(stored.credentialsId()));
    }

    private ForgeApi api(StoredUserKey stored) throws ForgeFailure {
        return apis.of(stored.key().host(), stored.credentialsId());
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

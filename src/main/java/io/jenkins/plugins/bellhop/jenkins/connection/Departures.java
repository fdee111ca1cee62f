package io.jenkins.plugins.bellhop.jenkins.connection;

import static io.jenkins.plugins.bellhop.jenkins.connection.Work.quietly;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** How watches end, and connections that nobody watches any more. */
public final class Departures {

    /** Between the last watch's end and the removal at the forge, so that a regenerated job finds its connection again. */
    public static final Duration GRACE = Duration.ofHours(24);

    private static final Logger LOGGER = Logger.getLogger(Departures.class.getName());

    private final ConnectionFiles files;
    private final Jobs jobs;
    private final Remotes remotes;
    private final Apis apis;
    private final Function<Credentials, Connector> connector;
    private final Lock oneAtATime;
    private final Clock clock;
    /** Why the connection of this id could not be removed. */
    private final Map<String, String> stuck = new ConcurrentSkipListMap<>();

    /** @param oneAtATime held while a forge is changed */
    public Departures(
            ConnectionFiles files,
            Jobs jobs,
            Remotes remotes,
            Apis apis,
            Function<Credentials, Connector> connector,
            Lock oneAtATime,
            Clock clock) {
        this.files = files;
        this.jobs = jobs;
        this.remotes = remotes;
        this.apis = apis;
        this.connector = connector;
        this.oneAtATime = oneAtATime;
        this.clock = clock;
        files.forgottenBy(stuck::remove);
    }

    /**
     * What came of one connection that an item was taken off.
     *
     * @param ended whether the connection came to its end with it
     */
    public record Departure(String repository, boolean ended) {}

    void leaveAll(String name) {
        files.ofItem(name).forEach(stored -> leave(stored, name));
    }

    /** An item watches one repository: it leaves those that it asked for before. */
    void leaveAllBut(Wish wanted, String name) {
        files.ofItem(name).stream().filter(stored -> !isWanted(stored, wanted)).forEach(stored -> leave(stored, name));
    }

    private void leave(StoredConnection stored, String name) {
        quietly("end the watch of " + name, () -> files.forbid(stored.id(), name, clock.instant()));
    }

    private boolean isWanted(StoredConnection stored, Wish wanted) {
        return remotes.leadTo(stored.connection(), wanted.remote());
    }

    /**
     * Takes the item off its connection; the last one takes hook and key away at the forge, at once.
     *
     * <p>The caller holds the lock under which forges are changed.
     *
     * @return what came of each connection; empty when there is none
     * @throws ConnectFailure saying what could not be removed; the connection is then still there
     * @throws ForgeFailure when the credential is of the wrong kind; then too
     */
    List<Departure> disconnectNow(Item item) throws ConnectFailure, ForgeFailure, IOException {
        return takeOff(item, stored -> removeAtForge(stored, item));
    }

    /**
     * Takes the item off its connection; with the last one all that is known of it goes, and the forge isn't asked.
     *
     * @return what came of each connection; empty when there is none
     * @throws ConnectFailure when others change connections for too long; nothing has changed then
     */
    public List<Departure> forgetNow(Item item) throws ConnectFailure, ForgeFailure, IOException {
        RequestLock.take(oneAtATime);
        try {
            return takeOff(item, stored -> files.forget(stored.id()));
        } finally {
            oneAtATime.unlock();
        }
    }

    private List<Departure> takeOff(Item item, Ending ending) throws ConnectFailure, ForgeFailure, IOException {
        List<Departure> departures = new ArrayList<>();
        for (StoredConnection stored : files.ofItem(item.getFullName())) {
            boolean last = stored.items().size() == 1;
            if (last) {
                ending.end(stored);
            } else {
                files.forbid(stored.id(), item.getFullName(), clock.instant());
            }
            departures.add(new Departure(stored.connection().repository().toString(), last));
        }
        return departures;
    }

    /** How a connection ends whose last item leaves. */
    @FunctionalInterface
    private interface Ending {
        void end(StoredConnection stored) throws ConnectFailure, ForgeFailure, IOException;
    }

    /** With the item's own credential if it still names one: the stored one may be long revoked. */
    private void removeAtForge(StoredConnection stored, Item item) throws ConnectFailure, ForgeFailure {
        Stream<Credentials> own =
                Wish.of(item).stream().map(wish -> new Credentials(wish.getCredentialsId(), item.getFullName()));
        removeAtForge(stored, Stream.concat(own, stored.credentials().stream()).toList());
    }

    private void removeAtForge(StoredConnection stored, List<Credentials> credentials)
            throws ConnectFailure, ForgeFailure {
        connector.apply(credentials.get(0)).disconnect(stored.custody(), apis.of(stored.connection(), credentials));
    }

    void removeUnwatched() {
        files.all().stream().filter(this::isLeft).forEach(stored -> removeUnwatched(stored.id()));
    }

    private boolean isLeft(StoredConnection stored) {
        boolean halfMade = stored.items().isEmpty() && !stored.connection().isReady();
        return halfMade || isOutOfGrace(stored);
    }

    /** Each in its turn: while one waits for a forge, others' changes come between. */
    private void removeUnwatched(String id) {
        oneAtATime.lock();
        try {
            files.byId(id).filter(this::isLeft).ifPresent(this::removeLeft);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** What can't be removed is tried again in every round; people are told once, by the log and by a monitor. */
    private void removeLeft(StoredConnection stored) {
        try {
            removeAtForge(stored, stored.credentials());
            stuck.remove(stored.id());
        } catch (ConnectFailure | ForgeFailure | RuntimeException failure) {
            String before = stuck.put(stored.id(), String.valueOf(failure.getMessage()));
            LOGGER.log(before == null ? Level.WARNING : Level.FINE, failure, () -> "Could not remove " + stored);
        }
    }

    /** Connections that nobody watches and that could not be removed at the forge, with the reason. */
    Map<StoredConnection, String> stuck() {
        Map<StoredConnection, String> left = new LinkedHashMap<>();
        stuck.forEach(
                (id, reason) -> files.byId(id).filter(this::isLeft).ifPresent(stored -> left.put(stored, reason)));
        return left;
    }

    /**
     * Drops a connection that nobody watches and that could not be removed at the forge.
     *
     * @throws ConnectFailure as {@link #forgetNow}
     */
    void forgetOrphan(String connectionId) throws ConnectFailure, IOException {
        RequestLock.take(oneAtATime);
        try {
            if (stuck.remove(connectionId) != null
                    && files.byId(connectionId).filter(this::isLeft).isPresent()) {
                files.forget(connectionId);
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * An attempt may have let a job in while it was being deleted, or from a form that was never saved. A job that Jenkins
     * merely failed to load keeps its watch.
     */
    void endUnwantedWatches() {
        for (StoredConnection stored : files.all()) {
            for (String item : stored.items()) {
                quietly("see whether " + item + " still asks for its watch", () -> leaveUnlessWanted(stored, item));
            }
        }
    }

    /** The same for one item. */
    void endUnwantedWatches(String item) {
        files.ofItem(item).forEach(stored -> leaveUnlessWanted(stored, item));
    }

    private void leaveUnlessWanted(StoredConnection stored, String item) {
        if (!isWantedBy(item, stored)) {
            leave(stored, item);
        }
    }

    boolean isWantedBy(String item, StoredConnection stored) {
        return jobs.find(item)
                .map(found -> Wish.of(found)
                        .map(wanted -> isWanted(stored, wanted))
                        // One that could not be read was reported, and says nothing of what it asks for.
                        .orElseGet(() -> jobs.isConnectedOnDisk(item)))
                .orElseGet(() -> jobs.isOnDisk(item));
    }

    private boolean isOutOfGrace(StoredConnection stored) {
        return stored.unwatchedSince()
                .filter(since -> since.plus(GRACE).isBefore(clock.instant()))
                .isPresent();
    }
}

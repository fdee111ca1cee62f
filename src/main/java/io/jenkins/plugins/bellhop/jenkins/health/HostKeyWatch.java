package io.jenkins.plugins.bellhop.jenkins.health;

import io.jenkins.plugins.bellhop.connect.PublishedHostKeys;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.DailyRound;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Looks every day whether github.com and bitbucket.org, where connections lead there, publish other host keys than those
 * pinned. What it finds is shown to administrators; only their word changes what is trusted.
 */
public final class HostKeyWatch implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(HostKeyWatch.class.getName());
    private final PublishedHostKeys published;
    private final Supplier<HostKeys> trusted;
    private final Consumer<HostKeyChange> pin;
    private final Supplier<Set<String>> hosts;
    private final PublishedFiles kept;
    private final DailyRound round;
    private final Map<PinnedForge, HostKeyChange> waiting = new ConcurrentHashMap<>();
    private final Map<PinnedForge, String> problems = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop host keys");
        named.setDaemon(true);
        return named;
    });

    /**
     * @param pin makes what a forge publishes what is trusted
     * @param hosts of all connections: nobody else is asked by itself
     * @param directory where what waits for a decision is kept
     */
    public HostKeyWatch(
            PublishedHostKeys published,
            Supplier<HostKeys> trusted,
            Consumer<HostKeyChange> pin,
            Supplier<Set<String>> hosts,
            Path directory,
            DailyRound round)
            throws IOException {
        this.published = published;
        this.trusted = trusted;
        this.pin = pin;
        this.hosts = hosts;
        this.kept = new PublishedFiles(directory);
        this.round = round;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What waited for a decision before Jenkins went down still does, unless it was taken over in another way. */
    public void start() {
        for (PinnedForge forge : PinnedForge.values()) {
            kept.of(forge)
                    .map(keys -> new HostKeyChange(forge, trusted.get().pinsOf(forge), keys))
                    .filter(change -> !change.isNone())
                    .ifPresent(change -> waiting.put(forge, change));
        }
        round.on(thread, this::lookAtThoseInUse);
    }

    void lookAtThoseInUse() {
        Set<String> used = hosts.get();
        for (PinnedForge forge : PinnedForge.values()) {
            if (used.contains(forge.hosts().get(0).name())) {
                look(forge);
            }
        }
    }

    /** Looks now, as somebody asked; takes as long as two pages take. */
    public void look() {
        Arrays.stream(PinnedForge.values()).forEach(this::look);
    }

    private void look(PinnedForge forge) {
        try {
            note(published.compared(forge, trusted.get()));
            problems.remove(forge);
        } catch (ForgeFailure failure) {
            problems.put(forge, failure.getMessage());
            LOGGER.log(Level.INFO, "The pinned host keys stay: {0}", failure.getMessage());
        } catch (RuntimeException fault) {
            problems.put(forge, String.valueOf(fault.getMessage()));
            LOGGER.log(Level.WARNING, "Could not look up the host keys of " + forge, fault);
        }
    }

    private void note(HostKeyChange change) {
        if (change.isNone()) {
            waiting.remove(change.forge());
            kept.forget(change.forge());
        } else if (!change.equals(waiting.put(change.forge(), change))) {
            kept.keep(change.forge(), change.published());
            LOGGER.log(
                    Level.WARNING,
                    "{0} publishes other host keys than those pinned. New: {1}. Gone: {2}",
                    new Object[] {change.forge(), named(change.added()), named(change.gone())});
        }
    }

    /** What administrators have to decide on. */
    public List<HostKeyChange> waiting() {
        return List.copyOf(waiting.values());
    }

    /** Why the last look at the forge's list failed; empty when it didn't. */
    public Optional<String> problem(PinnedForge forge) {
        return Optional.ofNullable(problems.get(forge));
    }

    /** An administrator takes over exactly what is shown; does nothing when that has changed since. */
    public boolean takeOver(PinnedForge forge, String shown) {
        HostKeyChange change = waiting.get(forge);
        if (change != null && named(change.published()).equals(shown)) {
            pin.accept(change);
            waiting.remove(forge);
            kept.forget(forge);
            LOGGER.log(Level.INFO, "{0} took over the host keys that {1} publishes: {2}", new Object[] {
                Wiring.user(), forge, shown
            });
            return true;
        }
        return false;
    }

    /** Types and fingerprints, for people. */
    static String named(List<OpenSshPublicKey> keys) {
        return keys.isEmpty()
                ? "none"
                : keys.stream().map(key -> key.type() + " " + key.fingerprint()).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

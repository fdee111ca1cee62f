package io.jenkins.plugins.bellhop.jenkins.health;

import io.jenkins.plugins.bellhop.connect.PublishedHostKeys;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Looks every day whether github.com and bitbucket.org publish other host keys than those pinned. What it finds is shown to
 * administrators; only their word changes what is trusted.
 */
public final class HostKeyWatch implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(HostKeyWatch.class.getName());
    private static final Duration ROUND = Duration.ofDays(1);

    private final PublishedHostKeys published;
    private final Supplier<HostKeys> trusted;
    private final Consumer<HostKeyChange> pin;
    private final Map<PinnedForge, HostKeyChange> waiting = new ConcurrentHashMap<>();
    private final Map<PinnedForge, String> problems = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop host keys");
        named.setDaemon(true);
        return named;
    });

    /** @param pin makes what a forge publishes what is trusted */
    public HostKeyWatch(PublishedHostKeys published, Supplier<HostKeys> trusted, Consumer<HostKeyChange> pin) {
        this.published = published;
        this.trusted = trusted;
        this.pin = pin;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The first look is a day after Jenkins' start: a restart has other things to do. */
    public void start() {
        thread.scheduleWithFixedDelay(this::look, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks now; takes as long as two pages take. */
    public void look() {
        for (PinnedForge forge : PinnedForge.values()) {
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
    }

    private void note(HostKeyChange change) {
        if (change.isNone()) {
            waiting.remove(change.forge());
        } else if (!change.equals(waiting.put(change.forge(), change))) {
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
    public void takeOver(PinnedForge forge, String shown) {
        HostKeyChange change = waiting.get(forge);
        if (change != null && named(change.published()).equals(shown)) {
            pin.accept(change);
            waiting.remove(forge);
            LOGGER.log(Level.INFO, "{0} took over the host keys that {1} publishes: {2}", new Object[] {
                Wiring.user(), forge, shown
            });
        }
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

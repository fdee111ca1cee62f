package io.jenkins.plugins.bellhop.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks after every connection at start and then hourly, since deliveries get lost: payloads over a limit, many tags at
 * once, a forge that stopped trying. One connection after the other, spread over the time, so that no forge is flooded.
 */
public final class CatchUp implements AutoCloseable {

    /** Between two looks at one connection. */
    public static final Duration ROUND = Duration.ofHours(1);
    /**
     * Between two connections: with six calls each (one more for each page after the first), less than three quarters of what GitHub lets
     * one user do. More than 600 connections take longer than a round.
     */
    public static final Duration STEP = Duration.ofSeconds(6);

    private static final Logger LOGGER = Logger.getLogger(CatchUp.class.getName());

    private final Supplier<List<Source>> connections;
    private final Function<Source, Duration> look;
    private final Consumer<String> gone;
    private final Clock clock;
    private final Map<Known, Instant> lastLook = new HashMap<>();
    private final Map<String, Instant> leftAlone = new HashMap<>();

    /** A connection that is made anew has its predecessor's id, and another hook: nobody has looked after it yet. */
    private record Known(String id, Optional<String> hookId) {
        static Known of(Source source) {
            return new Known(source.connection().id(), source.connection().hookId());
        }
    }

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop catching up");
        named.setDaemon(true);
        return named;
    });

    /**
     * @param connections those that somebody watches
     * @param look has one compared; answers how long its forge's host is to be left alone, zero when that answered
     * @param gone hears the id of one that nobody watches any more
     */
    public CatchUp(
            Supplier<List<Source>> connections, Function<Source, Duration> look, Consumer<String> gone, Clock clock) {
        this.connections = connections;
        this.look = look;
        this.gone = gone;
        this.clock = clock;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::step, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks after the connection that has waited longest, if one is due. */
    void step() {
        try {
            List<Source> all = connections.get();
            forgetAllBut(all);
            Instant now = clock.instant();
            leftAlone.values().removeIf(until -> !until.isAfter(now));
            all.stream()
                    .filter(source -> !lastLook(source).isAfter(now.minus(ROUND)))
                    .filter(source -> !leftAlone.containsKey(source.forge().host()))
                    .min((one, other) -> lastLook(one).compareTo(lastLook(other)))
                    .ifPresent(this::lookAt);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Could not look for missed deliveries; it goes on with the next connection", e);
        }
    }

    /** While a forge can't be reached, or wants a pause, its other connections needn't be tried one by one. */
    private void lookAt(Source source) {
        Instant before = lastLook(source);
        lastLook.put(Known.of(source), clock.instant());
        Duration pause = look.apply(source);
        if (!pause.isZero()) {
            lastLook.put(Known.of(source), before);
            leftAlone.put(source.forge().host(), clock.instant().plus(pause));
        }
    }

    private Instant lastLook(Source source) {
        return lastLook.getOrDefault(Known.of(source), Instant.MIN);
    }

    private void forgetAllBut(List<Source> all) {
        Set<Known> known = new HashSet<>();
        all.forEach(source -> known.add(Known.of(source)));
        List<Known> left =
                lastLook.keySet().stream().filter(one -> !known.contains(one)).toList();
        left.stream().map(Known::id).forEach(gone);
        lastLook.keySet().removeAll(left);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

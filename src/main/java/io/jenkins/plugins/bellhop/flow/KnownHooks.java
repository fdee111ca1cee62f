package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.flow.HookState.Presence;
import io.jenkins.plugins.bellhop.forge.HookEvents;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What each connection's hook was last found to send; outlives a restart. */
public final class KnownHooks {

    private static final Logger LOGGER = Logger.getLogger(KnownHooks.class.getName());

    private final SeenHeads.Pages pages;
    private final Map<String, Known> states = new ConcurrentHashMap<>();

    /** @param lookedAt when the forge was last asked which deliveries failed; empty when it never was */
    private record Known(HookState state, Optional<Instant> lookedAt) {}

    /** Until the next restart. */
    KnownHooks() {
        this(new SeenHeads.Pages() {
            @Override
            public List<String> read(String connectionId) {
                return List.of();
            }

            @Override
            public void write(String connectionId, List<String> lines) {}

            @Override
            public void remove(String connectionId) {}
        });
    }

    public KnownHooks(SeenHeads.Pages pages) {
        this.pages = pages;
    }

    /** As it was registered, until somebody looked. */
    public HookState of(String connectionId) {
        return known(connectionId).state();
    }

    /** When the forge was last asked which deliveries failed; empty when it never was. */
    Optional<Instant> lookedAt(String connectionId) {
        return known(connectionId).lookedAt();
    }

    private Known known(String connectionId) {
        return states.computeIfAbsent(connectionId, this::read);
    }

    /** The forge was asked which deliveries failed. */
    synchronized void looked(String connectionId, Instant now) {
        keep(connectionId, new Known(of(connectionId), Optional.of(now)));
    }

    /** Answers whether that is news. */
    synchronized boolean found(String connectionId, HookState state) {
        Known before = known(connectionId);
        if (before.state().equals(state)) {
            return false;
        }
        keep(connectionId, new Known(state, before.lookedAt()));
        return true;
    }

    private void keep(String connectionId, Known known) {
        states.put(connectionId, known);
        HookEvents events = known.state().events();
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                " ",
                known.state().presence().name(),
                Boolean.toString(events.pushes()),
                Boolean.toString(events.pullRequests()),
                Boolean.toString(events.everyPullRequestChange())));
        known.lookedAt().map(Instant::toString).ifPresent(lines::add);
        try {
            pages.write(connectionId, lines);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't save what the hook of connection " + connectionId + " sends", e);
        }
    }

    /** What was just delivered is sent, whatever was found before: an administrator may have put it back. */
    synchronized void delivered(String connectionId, Event event) {
        HookEvents before = of(connectionId).events();
        boolean pullRequest = event instanceof Event.PullRequestChanged;
        boolean push = event instanceof Event.BranchPushed
                || event instanceof Event.TagPushed
                || event instanceof Event.RefDeleted;
        if (push && !before.pushes() || pullRequest && !before.pullRequests()) {
            found(
                    connectionId,
                    new HookState(
                            Presence.ACTIVE,
                            new HookEvents(
                                    before.pushes() || push,
                                    before.pullRequests() || pullRequest,
                                    before.everyPullRequestChange())));
        }
    }

    /** The connection is gone. */
    public void forget(String connectionId) {
        states.remove(connectionId);
        try {
            pages.remove(connectionId);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't forget what the hook of connection " + connectionId + " sends", e);
        }
    }

    /** What can't be read is found out in the next round. */
    private Known read(String connectionId) {
        try {
            List<String> lines = pages.read(connectionId);
            return new Known(
                    lines.isEmpty() ? HookState.WHOLE : parsed(lines.get(0)),
                    lines.size() < 2 ? Optional.empty() : Optional.of(Instant.parse(lines.get(1))));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOGGER.log(Level.WARNING, "Can't read what the hook of connection " + connectionId + " sends", e);
            return new Known(HookState.WHOLE, Optional.empty());
        }
    }

    private static HookState parsed(String line) {
        List<String> parts = Arrays.asList(line.split(" "));
        if (parts.size() != 4) {
            throw new IllegalArgumentException("expected a word and three flags, found " + parts.size() + " words");
        }
        return new HookState(
                Presence.valueOf(parts.get(0)),
                new HookEvents(
                        Boolean.parseBoolean(parts.get(1)),
                        Boolean.parseBoolean(parts.get(2)),
                        Boolean.parseBoolean(parts.get(3))));
    }
}

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.HookState.Presence;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at a connection's hook at the forge, and says once what an administrator changed there. */
final class HookLook {

    private static final Logger LOGGER = Logger.getLogger(HookLook.class.getName());

    private final KnownHooks hooks;
    private final DecisionLog log;

    HookLook(KnownHooks hooks, DecisionLog log) {
        this.hooks = hooks;
        this.log = log;
    }

    /**
     * Whose credential may not read hooks goes on with what was known.
     *
     * @param today the repository under its present name
     */
    void at(Source source, RepositoryId today, ForgeApi api) {
        try {
            HookState found = found(source, api.hooks().list(today));
            if (hooks.found(source.connection().id(), found)) {
                String sentence =
                        found.equals(HookState.WHOLE) ? "The webhook sends everything again." : found.sentence();
                log.add(Entry.about(source, "webhook", Outcome.IGNORED, sentence));
            }
        } catch (ForgeFailure failure) {
            LOGGER.log(
                    Level.FINE,
                    failure,
                    () -> "Can't see what the hook of " + source.connection().repository() + " sends");
        }
    }

    private static HookState found(Source source, List<Hook> registered) {
        Connection connection = source.connection();
        return registered.stream()
                .filter(hook -> connection.hookId().filter(hook.id()::equals).isPresent())
                .findFirst()
                .map(hook -> stateOf(hook, source))
                .orElse(HookState.without(Presence.DELETED));
    }

    private static HookState stateOf(Hook hook, Source source) {
        return hook.active()
                ? new HookState(Presence.ACTIVE, source.forge().dialect().sentBy(hook.events()))
                : HookState.without(Presence.SWITCHED_OFF);
    }
}

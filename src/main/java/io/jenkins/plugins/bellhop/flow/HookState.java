package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.forge.HookEvents;

/**
 * A connection's hook as it was last found at the forge.
 *
 * @param events which it sends; none while it isn't {@link Presence#ACTIVE}
 */
public record HookState(Presence presence, HookEvents events) {

    /** As Connect registers it; what holds until somebody looked. */
    static final HookState WHOLE = new HookState(Presence.ACTIVE, HookEvents.ALL);

    /** Whether it is there and sends anything at all. */
    public enum Presence {
        ACTIVE,
        SWITCHED_OFF,
        DELETED
    }

    static HookState without(Presence presence) {
        return new HookState(presence, HookEvents.NONE);
    }

    /** What an administrator took away at the forge, and what follows from that; empty when nothing is missing. */
    public String sentence() {
        switch (presence) {
            case DELETED:
                return "The webhook was deleted at the forge: nothing is built by itself. If that was not meant, choose Check,"
                        + " then Repair, on the job's page \"Repository connection\".";
            case SWITCHED_OFF:
                return "The webhook is switched off at the forge: nothing is built by itself until it is active again.";
            default:
                return sentenceOnEvents();
        }
    }

    private String sentenceOnEvents() {
        if (!events.pushes() && !events.pullRequests()) {
            return "The webhook sends neither pushes nor pull requests, which were removed from it at the forge: nothing is"
                    + " built by itself.";
        }
        if (!events.pushes()) {
            return "The webhook sends no pushes, which were removed from it at the forge: pushes and tags are not built.";
        }
        if (!events.pullRequests()) {
            return "The webhook sends no pull requests, which were removed from it at the forge: they build nothing, and the"
                    + " forge is asked for open ones at each push that needs to know.";
        }
        return events.everyPullRequestChange()
                ? ""
                : "The webhook does not send every change of pull requests: the forge is asked for open ones at each push that"
                        + " needs to know.";
    }
}

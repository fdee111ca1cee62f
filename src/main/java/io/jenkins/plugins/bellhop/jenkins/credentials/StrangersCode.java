package io.jenkins.plugins.bellhop.jenkins.credentials;

import hudson.model.Cause;
import hudson.model.Cause.UpstreamCause;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether strangers' code may run in a build: its own, or that of a build which it repeats or which started it. A build
 * that is gone can't be asked, and counts as strangers'.
 */
final class StrangersCode {

    /** Builds that are asked, each once; when there are more to ask, the code counts as strangers'. */
    static final int MOST_BUILDS = 100;

    private final Set<String> asked = new HashSet<>();

    private StrangersCode() {}

    @SuppressWarnings("try") // The context acts by being open.
    static boolean mayRunIn(Run<?, ?> run) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return new StrangersCode().mayComeFrom(run);
        }
    }

    private boolean mayComeFrom(Run<?, ?> run) {
        if (run == null) {
            return true;
        }
        if (!asked.add(run.getExternalizableId())) {
            return false;
        }
        return asked.size() > MOST_BUILDS
                || StrangersBranch.isBuiltBy(run.getParent())
                || DecidedRevision.of(run).filter(DecidedRevision::fork).isPresent()
                || run.getCauses().stream().anyMatch(this::mayComeWith);
    }

    /** Plugins that rebuild make their cause an upstream cause; Pipeline alone has causes of its own. */
    private boolean mayComeWith(Cause cause) {
        if (cause instanceof WebhookCause webhook) {
            return webhook.fork();
        }
        if (cause instanceof UpstreamCause upstream) {
            return mayComeFrom(upstream.getUpstreamRun());
        }
        if (Wiring.isActive(Replays.PLUGIN) && Replays.isReplay(cause)) {
            return mayComeFrom(Replays.originalOf(cause));
        }
        return Wiring.isActive(Restarts.PLUGIN) && Restarts.isRestart(cause) && mayComeFrom(Restarts.originalOf(cause));
    }
}

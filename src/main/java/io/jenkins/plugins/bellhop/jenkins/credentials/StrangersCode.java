package io.jenkins.plugins.bellhop.jenkins.credentials;

import hudson.model.Cause;
import hudson.model.Cause.UpstreamCause;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;

/**
 * Whether strangers' code may run in a build: its own, or that of a build which it repeats or which started it. A build
 * that is gone can't be asked, and counts as strangers'.
 */
final class StrangersCode {

    /** Builds that one goes back to; a longer chain isn't followed, and counts as strangers'. */
    static final int LONGEST_CHAIN = 100;

    private StrangersCode() {}

    @SuppressWarnings("try") // The context acts by being open.
    static boolean mayRunIn(Run<?, ?> run) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return mayRunIn(run, LONGEST_CHAIN);
        }
    }

    private static boolean mayRunIn(Run<?, ?> run, int more) {
        if (run == null || more == 0) {
            return true;
        }
        boolean decided = DecidedRevision.of(run).filter(DecidedRevision::fork).isPresent();
        return decided || run.getCauses().stream().anyMatch(cause -> mayComeWith(cause, more));
    }

    /** Plugins that rebuild make their cause an upstream cause; Pipeline's replay alone has one of its own. */
    private static boolean mayComeWith(Cause cause, int more) {
        if (cause instanceof WebhookCause webhook) {
            return webhook.fork();
        }
        if (cause instanceof UpstreamCause upstream) {
            return mayRunIn(upstream.getUpstreamRun(), more - 1);
        }
        return Wiring.isActive(Replays.PLUGIN)
                && Replays.isReplay(cause)
                && mayRunIn(Replays.originalOf(cause), more - 1);
    }
}

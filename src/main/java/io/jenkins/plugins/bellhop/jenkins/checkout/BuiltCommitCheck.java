package io.jenkins.plugins.bellhop.jenkins.checkout;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.SCMListener;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.Revision;
import hudson.plugins.git.util.BuildData;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import java.io.File;
import java.util.Optional;

/**
 * Fails a build that checked out another commit of the connected repository than the decided one. For every job, whether or
 * not it has Bellhop's git extension: a green status on a commit that was never built would be a lie.
 */
@Extension
public final class BuiltCommitCheck extends SCMListener {

    @Override
    public void onCheckout(
            Run<?, ?> run,
            SCM scm,
            FilePath workspace,
            TaskListener listener,
            File changelogFile,
            SCMRevisionState pollingBaseline)
            throws AbortException {
        Optional<DecidedRevision> decided = DecidedRevision.of(run);
        if (decided.isEmpty() || !(scm instanceof GitSCM git)) {
            return;
        }
        BuildData data = git.getBuildData(run);
        Revision last = data == null ? null : data.getLastBuiltRevision();
        if (last == null || !isOfConnection(data, decided.get())) {
            return;
        }
        String built = last.getSha1String();
        if (!built.equals(decided.get().commit)) {
            throw new AbortException(Messages.BuiltCommitCheck_Differs(decided.get().commit, built));
        }
    }

    private static boolean isOfConnection(BuildData data, DecidedRevision decided) {
        return data.getRemoteUrls().stream().anyMatch(url -> leadsTo(decided.connectionId(), url));
    }

    private static boolean leadsTo(String connectionId, String url) {
        try {
            return Wiring.get().leadsToConnection(connectionId, RemoteUrl.parse(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

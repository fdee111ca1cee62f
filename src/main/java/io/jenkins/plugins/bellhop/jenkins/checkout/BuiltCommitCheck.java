package io.jenkins.plugins.bellhop.jenkins.checkout;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.SCMListener;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.util.BuildData;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import java.io.File;
import java.io.IOException;

/**
 * Fails a build that checked out another commit of the connected repository than the decided one. For every job, whether or
 * not it has Bellhop's git extension: a green status on a commit that was never built would be a lie. What passes is noted,
 * so that a build that never came here, since its remote leads elsewhere, isn't reported as good either.
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
            throws IOException, InterruptedException {
        DecidedRevision decided = DecidedRevision.of(run).orElse(null);
        if (decided == null || !(scm instanceof GitSCM git) || !isOfConnection(git, run, listener, decided)) {
            return;
        }
        if (decided.fork() && decided.isReadByJenkins(workspace)) {
            return;
        }
        String found = commitFoundBy(git, run);
        if (decided.expected().filter(found::equals).isEmpty()) {
            throw new AbortException(Messages.BuiltCommitCheck_Differs(decided.commit, found));
        }
        decided.checkedOut();
        run.save();
    }

    /** The commit that was found in the repository; what "Merge before build" makes of it is another. */
    private static String commitFoundBy(GitSCM git, Run<?, ?> run) {
        BuildData data = git.getBuildData(run);
        return data == null || data.lastBuild == null ? "none" : data.lastBuild.marked.getSha1String();
    }

    private static boolean isOfConnection(GitSCM git, Run<?, ?> run, TaskListener listener, DecidedRevision decided)
            throws IOException, InterruptedException {
        return git.getParamExpandedRepos(run, listener).stream()
                .flatMap(remote -> remote.getURIs().stream())
                .anyMatch(uri -> decided.leadsToConnection(uri.toPrivateString()));
    }
}

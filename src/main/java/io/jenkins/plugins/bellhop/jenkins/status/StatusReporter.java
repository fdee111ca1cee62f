package io.jenkins.plugins.bellhop.jenkins.status;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.multibranch.BranchBuild;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;

/** Tells the forge how a build stands, at its start and at its end, without making the build wait. */
@Extension
public final class StatusReporter extends RunListener<Run<?, ?>> {

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        report(run, State.PENDING, "is running");
    }

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        Result result = run.getResult();
        if (isGood(result) && isUnproven(run)) {
            listener.getLogger().println(Messages.StatusReporter_NotCheckedOut());
            report(run, State.ERROR, "ended, but the decided commit was not checked out");
            return;
        }
        report(run, stateOf(result), wordsFor(result) + " after " + run.getDurationString());
    }

    private static boolean isGood(Result result) {
        return Result.SUCCESS.equals(result) || Result.UNSTABLE.equals(result);
    }

    /** Built from somewhere else: of the commit, such a build says nothing. */
    private static boolean isUnproven(Run<?, ?> run) {
        return DecidedRevision.of(run)
                .filter(decided -> !decided.isCheckedOut())
                .isPresent();
    }

    private static void report(Run<?, ?> run, State state, String words) {
        WebhookCause cause = run.getCause(WebhookCause.class);
        if (cause != null) {
            report(
                    run,
                    cause.connectionId(),
                    run.getParent().getFullName(),
                    new CommitId(cause.commit()),
                    state,
                    words);
            return;
        }
        BranchBuild.of(run)
                .ifPresent(
                        branch -> report(run, branch.connectionId(), branch.project(), branch.commit(), state, words));
    }

    /** @param context one for each job; all branches of a project have the same, so that a forge can require it */
    private static void report(
            Run<?, ?> run, String connectionId, String context, CommitId commit, State state, String words) {
        CommitStatus status = new CommitStatus(
                state,
                "jenkins/" + context,
                run.getDisplayName() + " " + words,
                Wiring.get().urlOf(run));
        Wiring.get().statuses().post(connectionId, context, commit, status);
    }

    private static State stateOf(Result result) {
        if (Result.SUCCESS.equals(result)) {
            return State.SUCCESS;
        }
        return Result.UNSTABLE.equals(result) || Result.FAILURE.equals(result) ? State.FAILURE : State.ERROR;
    }

    private static String wordsFor(Result result) {
        if (Result.SUCCESS.equals(result)) {
            return "succeeded";
        }
        if (Result.UNSTABLE.equals(result)) {
            return "is unstable";
        }
        return Result.ABORTED.equals(result) ? "was aborted" : "failed";
    }
}

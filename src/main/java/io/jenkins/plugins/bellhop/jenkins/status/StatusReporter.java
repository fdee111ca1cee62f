package io.jenkins.plugins.bellhop.jenkins.status;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Job;
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
import java.net.URI;
import java.util.Optional;

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
        String words = wordsFor(result) + " after " + run.getDurationString();
        report(run, stateOf(result), words + reasonFor(run, result));
    }

    private static String reasonFor(Run<?, ?> run, Result result) {
        return Result.ABORTED.equals(result)
                ? DecidedRevision.of(run)
                        .flatMap(DecidedRevision::cancellation)
                        .map(sentence -> ". " + sentence)
                        .orElse("")
                : "";
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

    /** Tells the forge that a build left the queue without ever beginning, so that nobody waits for its result. */
    public static void cancelledInQueue(Job<?, ?> job, DecidedRevision revision, String sentence) {
        post(
                job.getFullName(),
                revision.connectionId(),
                new CommitId(revision.commit),
                State.ERROR,
                sentence,
                Wiring.get().urlOf(job));
    }

    private static void report(Run<?, ?> run, State state, String words) {
        WebhookCause cause = run.getCause(WebhookCause.class);
        String sentence = run.getDisplayName() + " " + words;
        Optional<URI> page = Wiring.get().urlOf(run);
        if (cause != null) {
            post(
                    run.getParent().getFullName(),
                    cause.connectionId(),
                    new CommitId(cause.commit()),
                    state,
                    sentence,
                    page);
            return;
        }
        BranchBuild.of(run)
                .ifPresent(branch ->
                        post(branch.project(), branch.connectionId(), branch.commit(), state, sentence, page));
    }

    /** @param item one for each job; all branches of a project have the same, so that a forge can require its status */
    private static void post(
            String item, String connectionId, CommitId commit, State state, String words, Optional<URI> page) {
        CommitStatus status = new CommitStatus(state, "jenkins/" + item, words, page);
        Wiring.get().statuses().post(connectionId, item, commit, status);
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

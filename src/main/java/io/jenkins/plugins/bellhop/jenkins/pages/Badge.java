package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Job;
import hudson.model.ModelObject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.util.Map;
import java.util.Optional;

/**
 * How the last finished build of the default branch went, as a picture for the repository's README. Builds that people started
 * by hand count too; those of other branches and of pull requests don't.
 */
public final class Badge implements ModelObject {

    /** Builds that are looked through for one of the default branch. */
    static final int MOST_LOOKED_AT = 50;

    private static final int PADDING = 12;
    private static final int CHARACTER = 7;
    private static final String GREY = "#6c6c6c";
    private static final Map<Result, String> COLORS = Map.of(
            Result.SUCCESS, "#1a7f37", Result.UNSTABLE, "#9a6700", Result.FAILURE, "#c4241d", Result.ABORTED, GREY);

    private final Optional<Result> result;

    Badge(Job<?, ?> job, String defaultBranch) {
        this.result = lastOf(job, defaultBranch).map(Run::getResult);
    }

    private static Optional<Run<?, ?>> lastOf(Job<?, ?> job, String branch) {
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; run != null && i < MOST_LOOKED_AT; i++) {
            if (!run.isBuilding() && isOf(branch, run)) {
                return Optional.of(run);
            }
            run = run.getPreviousBuild();
        }
        return Optional.empty();
    }

    private static boolean isOf(String branch, Run<?, ?> run) {
        WebhookCause cause = run.getCause(WebhookCause.class);
        return cause == null
                || cause.pullRequest() == 0 && !cause.fork() && cause.branch().equals(branch);
    }

    /** Jenkins gives an address to what has a name. */
    @Override
    public String getDisplayName() {
        return getLabel() + ": " + getState();
    }

    public String getLabel() {
        return Messages.Badge_Label();
    }

    public String getState() {
        if (result.isEmpty()) {
            return Messages.Badge_Unknown();
        }
        Result found = result.get();
        if (found == Result.SUCCESS) {
            return Messages.Badge_Passing();
        }
        if (found == Result.UNSTABLE) {
            return Messages.Badge_Unstable();
        }
        return found == Result.FAILURE ? Messages.Badge_Failing() : Messages.Badge_Aborted();
    }

    public String getColor() {
        return result.map(found -> COLORS.getOrDefault(found, GREY)).orElse(GREY);
    }

    public int getLabelWidth() {
        return width(getLabel());
    }

    public int getStateWidth() {
        return width(getState());
    }

    public int getWidth() {
        return getLabelWidth() + getStateWidth();
    }

    private static int width(String text) {
        return PADDING + CHARACTER * text.length();
    }
}

package io.jenkins.plugins.bellhop.jenkins.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives every build that a delivery led to its summary. */
@Extension
@SuppressWarnings("rawtypes") // Jenkins' own signatures.
public final class BuildSummaries extends TransientActionFactory<Run> {

    @Override
    public Class<Run> type() {
        return Run.class;
    }

    /** Jenkins asks for other actions very often, and would ask for the build's causes without end. */
    @Override
    public Class<? extends Action> actionType() {
        return BuildSummary.class;
    }

    @Override
    @NonNull
    public Collection<? extends Action> createFor(@NonNull Run run) {
        Run<?, ?> build = run;
        WebhookCause cause = build.getCause(WebhookCause.class);
        return cause == null ? List.of() : List.of(new BuildSummary(build, cause));
    }
}

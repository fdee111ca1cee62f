package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;

/** Tells a build what it was started for. The values come from outside: text, never expanded by us. */
@Extension
public final class BuildVariables extends EnvironmentContributor {

    @Override
    @SuppressWarnings("rawtypes") // Jenkins' own signature.
    public void buildEnvironmentFor(Run run, EnvVars variables, TaskListener listener) {
        WebhookCause cause = ((Run<?, ?>) run).getCause(WebhookCause.class);
        if (cause == null) {
            return;
        }
        variables.put("BELLHOP_EVENT", cause.event());
        variables.put("BELLHOP_REF", cause.ref());
        variables.put("BELLHOP_COMMIT", cause.commit());
        variables.put("BELLHOP_DELIVERY", cause.delivery());
        variables.put("BELLHOP_FORK", Boolean.toString(cause.fork()));
        putUnlessEmpty(variables, "BELLHOP_BRANCH", cause.branch());
        putUnlessEmpty(variables, "BELLHOP_TAG", cause.tag());
        putUnlessEmpty(variables, "BELLHOP_PR_TARGET", cause.target());
        if (cause.pullRequest() > 0) {
            variables.put("BELLHOP_PR_NUMBER", Long.toString(cause.pullRequest()));
        }
    }

    private static void putUnlessEmpty(EnvVars variables, String name, String value) {
        if (!value.isEmpty()) {
            variables.put(name, value);
        }
    }
}

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.AbstractBuild;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a build what it was started for. The values come from outside: they arrive as they are, expanded by nobody. */
@Extension
public final class BuildVariables extends EnvironmentContributor {

    @Override
    @SuppressWarnings("rawtypes") // Jenkins' own signature.
    public void buildEnvironmentFor(Run run, EnvVars variables, TaskListener listener) {
        WebhookCause cause = ((Run<?, ?>) run).getCause(WebhookCause.class);
        if (cause == null) {
            return;
        }
        String dollar = escapedDollar(run);
        valuesOf(cause).forEach((name, value) -> variables.put(name, value.replace("$", dollar)));
    }

    /**
     * Every build's environment is expanded once when it is made, which turns two dollars into one. Steps of Pipeline
     * protect it from then on; a freestyle step's process is started with it expanded once more.
     */
    private static String escapedDollar(Object run) {
        return run instanceof AbstractBuild ? "$$$$" : "$$";
    }

    private static Map<String, String> valuesOf(WebhookCause cause) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("BELLHOP_EVENT", cause.event());
        values.put("BELLHOP_REF", cause.ref());
        values.put("BELLHOP_COMMIT", cause.commit());
        values.put("BELLHOP_DELIVERY", cause.delivery());
        values.put("BELLHOP_FORK", Boolean.toString(cause.fork()));
        values.put("BELLHOP_BRANCH", cause.branch());
        values.put("BELLHOP_TAG", cause.tag());
        values.put("BELLHOP_PR_TARGET", cause.target());
        values.put("BELLHOP_PR_NUMBER", cause.pullRequest() > 0 ? Long.toString(cause.pullRequest()) : "");
        values.values().removeIf(String::isEmpty);
        return values;
    }
}

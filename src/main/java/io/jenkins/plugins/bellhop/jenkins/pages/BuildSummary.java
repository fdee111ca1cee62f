package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** From a build's page to what it was decided from. */
public final class BuildSummary extends InvisibleAction {

    private final Job<?, ?> job;
    private final WebhookCause cause;

    BuildSummary(Run<?, ?> run, WebhookCause cause) {
        this.job = run.getParent();
        this.cause = cause;
    }

    public String getHappened() {
        return cause.event();
    }

    public String getCommit() {
        return cause.commit();
    }

    /** Below Jenkins' root; empty for jobs without such a page, as branches of a project are. */
    public String getPage() {
        return Wiring.get().connections().ofItem(job.getFullName()).isEmpty()
                ? ""
                : job.getUrl() + ConnectionPage.URL_NAME + "/";
    }

    /** The delivery among the job's deliveries. */
    public String getQuery() {
        return "?q=" + URLEncoder.encode("delivery:" + cause.delivery(), StandardCharsets.UTF_8);
    }
}

package io.jenkins.plugins.bellhop.moving;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One way in which a job starts now.
 *
 * @param triggerClass the trigger's full class name
 * @param label what its section in the job's configuration is called
 */
public record Start(String triggerClass, String label) {

    /** What Bellhop takes the place of; empty for other starts, which stay. */
    public Optional<Replaced> replaced() {
        return Stream.of(Replaced.values())
                .filter(known -> known.triggerClass.equals(triggerClass))
                .findFirst();
    }

    /** Triggers that a push starts, by whichever plugin. None of these plugins needs to be there. */
    public enum Replaced {
        GITHUB_PUSH("com.cloudbees.jenkins.GitHubPushTrigger", "the webhook to …/github-webhook/"),
        BITBUCKET_PUSH("com.cloudbees.jenkins.plugins.BitBucketTrigger", "the webhook to …/bitbucket-hook/"),
        BITBUCKET_PUSH_AND_PULL_REQUEST(
                "io.jenkins.plugins.bitbucketpushandpullrequest.BitBucketPPRTrigger",
                "the webhook to …/bitbucket-hook/"),
        GENERIC_WEBHOOK("org.jenkinsci.plugins.gwt.GenericTrigger", "the webhook to …/generic-webhook-trigger/invoke"),
        POLLING("hudson.triggers.SCMTrigger", "");

        private final String triggerClass;
        private final String atForge;

        Replaced(String triggerClass, String atForge) {
            this.triggerClass = triggerClass;
            this.atForge = atForge;
        }

        /** What is left at the forge without it, once no other job needs it; empty for nothing. */
        public String atForge() {
            return atForge;
        }
    }
}

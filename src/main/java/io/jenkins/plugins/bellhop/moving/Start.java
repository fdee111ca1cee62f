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

    /** What a push starts; empty for other starts, which stay. */
    public Optional<Replaced> replaced() {
        return Stream.of(Replaced.values())
                .filter(known -> known.triggerClass.equals(triggerClass))
                .findFirst();
    }

    /**
     * Whether Bellhop starts all that this one does, so that nobody misses it.
     *
     * @param pipeline whether the job runs a script, which may check out more than the repository that it comes from
     */
    public boolean isReplacedWholly(boolean pipeline) {
        return replaced().filter(known -> known.isWholly(pipeline)).isPresent();
    }

    /**
     * Triggers that a push starts, by whichever plugin; some of them other things, too. None of these plugins needs to be
     * there.
     */
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

        /** Whatever posts starts the generic one, and polling looks at all that a Pipeline checked out. */
        private boolean isWholly(boolean pipeline) {
            return this != GENERIC_WEBHOOK && !(this == POLLING && pipeline);
        }

        /** What is left at the forge without it, once no other job needs it; empty for nothing. */
        public String atForge() {
            return atForge;
        }
    }
}

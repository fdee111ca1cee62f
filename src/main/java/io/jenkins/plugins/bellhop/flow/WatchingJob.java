package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import java.util.Optional;

/** A job that watches a connection. */
public interface WatchingJob {

    /** The job's full name, for the log. */
    String name();

    Watch watch();

    /** Whether the job is switched off. */
    default boolean isDisabled() {
        return false;
    }

    /** Why nothing can be decided for it at the moment, in a sentence; empty when all is well. */
    default Optional<String> whyOutOfReach() {
        return Optional.empty();
    }

    /** See {@link io.jenkins.plugins.bellhop.decide.Situation#isBuiltAlready}. */
    boolean isBuiltAlready(Subject subject);

    /** See {@link io.jenkins.plugins.bellhop.decide.Situation#isBuiltForTarget}. */
    default boolean isBuiltForTarget(Subject subject) {
        return isBuiltAlready(subject);
    }

    /** Queues the build; when this returns, Jenkins has it. */
    void build(Build decision, Trigger trigger) throws BuildFailure;

    /** The build could not be queued now; trying again later may help. */
    final class BuildFailure extends Exception {
        private static final long serialVersionUID = 1L;

        public BuildFailure(String sentence) {
            super(sentence);
        }
    }
}

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.UnfinishedBuild;
import io.jenkins.plugins.bellhop.decide.Watch;
import java.util.List;
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

    /**
     * The builds of this subject that nobody but events asked for, and that aren't finished.
     *
     * @param subject see {@link Subject#key}
     * @param running whether those that have begun are wanted too
     */
    default List<Cancellable> unfinished(String subject, boolean running) {
        return List.of();
    }

    /** A build that can be taken away. */
    interface Cancellable {

        UnfinishedBuild build();

        /**
         * Takes it out of the queue or aborts it, so that it doesn't come back either; when this returns, that is done or
         * under way.
         *
         * @param sentence why, for people
         */
        void cancel(String sentence) throws BuildFailure;
    }

    /** The build could not be queued or cancelled now; trying again later may help. */
    final class BuildFailure extends Exception {
        private static final long serialVersionUID = 1L;

        public BuildFailure(String sentence) {
            super(sentence);
        }
    }
}

package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.Optional;
import java.util.function.Function;

/** Whether a job is built for an event, with the sentence that log, build cause and dry run all show. */
public sealed interface Decision {

    /** A whole sentence that names the setting or fact that decided. */
    String reason();

    <T> T match(Function<Build, T> build, Function<Skip, T> skip);

    /**
     * The job is built, and exactly this is what it builds.
     *
     * @param mergeResult whether what the subject's pull request gives when it is merged is built, instead of its head
     */
    record Build(Subject subject, String reason, boolean mergeResult) implements Decision {

        /** The subject's own commit is built. */
        public Build(Subject subject, String reason) {
            this(subject, reason, false);
        }

        @Override
        public <T> T match(Function<Build, T> build, Function<Skip, T> skip) {
            return build.apply(this);
        }

        /** The same with another sentence behind its own. */
        Build adding(String sentence) {
            return new Build(subject, reason + " " + sentence, mergeResult);
        }
    }

    /**
     * The job isn't built.
     *
     * @param waiting the pull request whose head commit it would build once somebody approved it
     */
    record Skip(String reason, Optional<PullRequest> waiting) implements Decision {

        public Skip(String reason) {
            this(reason, Optional.empty());
        }

        @Override
        public <T> T match(Function<Build, T> build, Function<Skip, T> skip) {
            return skip.apply(this);
        }
    }
}

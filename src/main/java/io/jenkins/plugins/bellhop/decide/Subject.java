package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.Optional;
import java.util.function.Function;

/** What there is to build: a commit, and as what it is built. */
public sealed interface Subject {

    CommitId commit();

    /** The pull request that asked for it, when one did. */
    Optional<PullRequest> pullRequest();

    /** Two subjects of one job with the same key follow each other, as two pushes to one branch do. */
    String key();

    /** For sentences: {@code branch main}, {@code forked pull request #7}. */
    String described();

    <T> T match(Function<Ref, T> ref, Function<Fork, T> fork);

    /** A branch or tag of the repository itself; for its own pull requests that is the head branch. */
    record Ref(GitRef ref, CommitId commit, Optional<PullRequest> pullRequest) implements Subject {
        @Override
        public String key() {
            return ref.fullName();
        }

        @Override
        public String described() {
            return ref.described();
        }

        @Override
        public <T> T match(Function<Ref, T> whenRef, Function<Fork, T> whenFork) {
            return whenRef.apply(this);
        }
    }

    /** A pull request from a fork: strangers' code, which gets no key that could do harm. */
    record Fork(PullRequest request) implements Subject {
        @Override
        public CommitId commit() {
            return request.head();
        }

        @Override
        public Optional<PullRequest> pullRequest() {
            return Optional.of(request);
        }

        @Override
        public String key() {
            return "fork #" + request.number();
        }

        @Override
        public String described() {
            return "forked " + request.described();
        }

        @Override
        public <T> T match(Function<Ref, T> whenRef, Function<Fork, T> whenFork) {
            return whenFork.apply(this);
        }
    }
}

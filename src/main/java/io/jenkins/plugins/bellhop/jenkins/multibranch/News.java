package io.jenkins.plugins.bellhop.jenkins.multibranch;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.Optional;

/**
 * What a project that knows branches and tags is told.
 *
 * @param commit where the ref is now; empty when it is gone
 */
record News(GitRef ref, Optional<CommitId> commit) {

    /** Empty for what changes no branch and no tag. */
    static Optional<News> of(Event event) {
        return event.match(new OfEvent());
    }

    String described() {
        return ref.described() + (commit.isPresent() ? " changed" : " was deleted");
    }

    private static final class OfEvent implements Event.Cases<Optional<News>> {

        @Override
        public Optional<News> branchPushed(Event.BranchPushed event) {
            return Optional.of(new News(event.branch(), Optional.of(event.commit())));
        }

        @Override
        public Optional<News> tagPushed(Event.TagPushed event) {
            return Optional.of(new News(event.tag(), Optional.of(event.commit())));
        }

        @Override
        public Optional<News> refDeleted(Event.RefDeleted event) {
            return Optional.of(new News(event.ref(), Optional.empty()));
        }

        /** A push of its branch comes by itself. */
        @Override
        public Optional<News> pullRequestChanged(Event.PullRequestChanged event) {
            return Optional.empty();
        }

        @Override
        public Optional<News> repositoryRenamed(Event.RepositoryRenamed event) {
            return Optional.empty();
        }

        @Override
        public Optional<News> repositoryDeleted(Event.RepositoryDeleted event) {
            return Optional.empty();
        }

        @Override
        public Optional<News> defaultBranchChanged(Event.DefaultBranchChanged event) {
            return Optional.empty();
        }

        @Override
        public Optional<News> headsUnknown(Event.HeadsUnknown event) {
            return Optional.empty();
        }
    }
}

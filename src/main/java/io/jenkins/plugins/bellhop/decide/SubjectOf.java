package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.Optional;

/** What each kind of event offers to build. */
final class SubjectOf implements Event.Cases<Optional<Subject>> {

    @Override
    public Optional<Subject> branchPushed(Event.BranchPushed event) {
        return Optional.of(new Subject.Ref(event.branch(), event.commit(), Optional.empty()));
    }

    @Override
    public Optional<Subject> tagPushed(Event.TagPushed event) {
        return Optional.of(new Subject.Ref(event.tag(), event.commit(), Optional.empty()));
    }

    @Override
    public Optional<Subject> pullRequestChanged(Event.PullRequestChanged event) {
        PullRequest request = event.pullRequest();
        if (event.change() == Change.CLOSED) {
            return Optional.empty();
        }
        return Optional.of(pullRequest(request));
    }

    /** As what a pull request is built, whatever became of it. */
    static Subject pullRequest(PullRequest request) {
        return request.fork()
                ? new Subject.Fork(request)
                : new Subject.Ref(GitRef.branch(request.headBranch()), request.head(), Optional.of(request));
    }

    @Override
    public Optional<Subject> refDeleted(Event.RefDeleted event) {
        return Optional.empty();
    }

    @Override
    public Optional<Subject> repositoryRenamed(Event.RepositoryRenamed event) {
        return Optional.empty();
    }

    @Override
    public Optional<Subject> repositoryDeleted(Event.RepositoryDeleted event) {
        return Optional.empty();
    }

    @Override
    public Optional<Subject> defaultBranchChanged(Event.DefaultBranchChanged event) {
        return Optional.empty();
    }

    @Override
    public Optional<Subject> headsUnknown(Event.HeadsUnknown event) {
        return Optional.empty();
    }
}

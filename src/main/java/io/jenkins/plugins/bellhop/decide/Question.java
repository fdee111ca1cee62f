package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.Event.PullRequestChanged;
import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.List;
import java.util.Optional;

/** What a rule is asked: may this event build a job with these settings, as things stand? */
record Question(Event event, Watch watch, Situation situation) {

    /** What the event offers to build; absent for events after which there is nothing to build. */
    Optional<Subject> subject() {
        return event.match(new SubjectOf());
    }

    /** The branch or tag of the repository itself that would be built. */
    Optional<Subject.Ref> ref() {
        return subject().flatMap(subject -> subject.match(Optional::of, fork -> Optional.empty()));
    }

    Optional<Subject.Fork> fork() {
        return subject().flatMap(subject -> subject.match(ref -> Optional.empty(), Optional::of));
    }

    /** The change of a pull request, when that is what happened. */
    Optional<PullRequestChanged> pullRequestChange() {
        return event instanceof PullRequestChanged changed ? Optional.of(changed) : Optional.empty();
    }

    boolean isChange(Change change) {
        return pullRequestChange().filter(changed -> changed.change() == change).isPresent();
    }

    /** Whether a branch of the repository itself would be built. */
    boolean isOfBranch() {
        return ref().filter(subject -> !subject.ref().isTag()).isPresent();
    }

    /** What the first of the rules that has something to say says. */
    Optional<Decision> firstAnswer(List<Rule> rules) throws Undecided {
        for (Rule rule : rules) {
            Optional<Decision> decision = rule.answer(this);
            if (decision.isPresent()) {
                return decision;
            }
        }
        return Optional.empty();
    }

    /** GitHub's events tell it. Where they don't, it is asked for only if the decision depends on it. */
    Optional<String> defaultBranch() throws Undecided {
        Optional<String> told = event instanceof Event.BranchPushed pushed ? pushed.defaultBranch() : Optional.empty();
        boolean decides = watch.onlyPullRequests() || watch.mergeResults();
        return told.isPresent() || !decides ? told : situation.defaultBranch();
    }

    /** Whether an open pull request comes from the branch that counts; with "Skip drafts", drafts don't. */
    boolean hasPullRequestThatCounts(GitRef branch) throws Undecided {
        return watch.skipDrafts() ? situation.hasReadyPullRequest(branch) : situation.hasOpenPullRequest(branch);
    }

    static Optional<Decision> build(Subject subject, String reason) {
        return Optional.of(new Decision.Build(subject, reason));
    }

    static Optional<Decision> skip(String reason) {
        return Optional.of(new Decision.Skip(reason));
    }
}

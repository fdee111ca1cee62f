package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.Optional;

/** With "Only build pull requests", a pushed branch needs an open pull request of the repository itself. */
final class OnlyPullRequestsRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) throws Undecided {
        Optional<Subject.Ref> pushed = question.ref();
        if (pushed.isEmpty() || !question.watch().onlyPullRequests()) {
            return Optional.empty();
        }
        GitRef branch = pushed.get().ref();
        if (question.hasPullRequestThatCounts(branch)) {
            return Question.build(
                    pushed.get(), "Built: " + question.event().described() + ", which has an open pull request.");
        }
        return Question.skip("Not built: \"Only build pull requests\" is on and " + branch.described()
                + " has no open pull request of this repository"
                + (question.watch().skipDrafts() ? " but drafts, if any, and \"Skip drafts\" is on." : "."));
    }
}

package io.jenkins.plugins.bellhop.decide;

import java.util.Optional;

/** A push to the default branch builds, whatever "Only build pull requests" says; only if that is on is the forge asked. */
final class DefaultBranchRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) throws Undecided {
        Optional<Subject.Ref> pushed =
                question.ref().filter(subject -> subject.pullRequest().isEmpty());
        if (pushed.isEmpty()) {
            return Optional.empty();
        }
        String branch = pushed.get().ref().shortName();
        if (question.defaultBranch().filter(branch::equals).isEmpty()) {
            return Optional.empty();
        }
        return Question.build(pushed.get(), "Built: " + question.event().described() + ", the default branch.");
    }
}

package io.jenkins.plugins.bellhop.decide;

import java.util.Optional;

/** A pull request of the repository itself builds its head, so that opening one builds what was pushed before. */
final class PullRequestRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.ref()
                .filter(subject -> subject.pullRequest().isPresent())
                .flatMap(subject -> Question.build(
                        subject, "Built: " + question.event().described() + ", of " + subject.described() + "."));
    }
}

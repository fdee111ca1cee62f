package io.jenkins.plugins.bellhop.decide;

import java.util.Optional;

/**
 * A pull request of the repository itself builds its head, as a push of it would, so that opening one builds what was
 * pushed before. Where the webhook sends no pushes, none is to build, unless the job asks for pull requests and nothing else.
 */
final class PullRequestRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        Optional<Subject.Ref> asked =
                question.ref().filter(subject -> subject.pullRequest().isPresent());
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String what = question.event().described() + ", of " + asked.get().described();
        return question.watch().onlyPullRequests() || question.situation().hookSendsPushes()
                ? Question.build(asked.get(), "Built: " + what + ".")
                : Question.skip(
                        "Not built: " + what + ", counts as a push, of which the webhook at the forge sends none;"
                                + " \"Only build pull requests\" would build it.");
    }
}

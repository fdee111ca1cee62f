package io.jenkins.plugins.bellhop.decide;

import java.util.Optional;

/** With "Skip drafts", a pull request of the repository itself builds once it is ready for review. */
final class DraftRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.ref()
                .filter(subject -> question.watch().skipDrafts())
                .flatMap(Subject::pullRequest)
                .filter(request -> request.draft())
                .flatMap(request ->
                        Question.skip("Not built: " + request.described() + " is a draft and \"Skip drafts\" is on."));
    }
}

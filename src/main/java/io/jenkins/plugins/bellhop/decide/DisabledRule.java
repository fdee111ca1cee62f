package io.jenkins.plugins.bellhop.decide;

import java.util.Optional;

/** A job that is switched off builds nothing, and doesn't make up for it later. */
final class DisabledRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.situation().isJobDisabled()
                ? Question.skip("Not built: the job is disabled.")
                : Optional.empty();
    }
}

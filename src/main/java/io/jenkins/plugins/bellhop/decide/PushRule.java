package io.jenkins.plugins.bellhop.decide;

import java.util.Optional;

/** Whatever else arrives as a push builds. */
final class PushRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.ref()
                .flatMap(subject ->
                        Question.build(subject, "Built: " + question.event().described() + "."));
    }
}

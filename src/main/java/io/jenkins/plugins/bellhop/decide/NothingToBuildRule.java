package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import java.util.Optional;

/** Deleted refs, closed pull requests and news of the repository itself never build. */
final class NothingToBuildRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        if (question.subject().isPresent()) {
            return Optional.empty();
        }
        Event event = question.event();
        return Question.skip("Not built: there is nothing to build after this event (" + event.described() + ").");
    }
}

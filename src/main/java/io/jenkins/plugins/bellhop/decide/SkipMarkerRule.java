package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import java.util.Optional;

/** A head commit whose message bears the {@link SkipMarker} isn't built, on whichever branch or tag. */
final class SkipMarkerRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return isMarked(question)
                ? Question.skip("Not built: the head commit's message says [ci skip].")
                : Optional.empty();
    }

    private static boolean isMarked(Question question) {
        if (question.event() instanceof Event.BranchPushed pushed) {
            return pushed.headMessage().filter(SkipMarker::isIn).isPresent();
        }
        if (question.event() instanceof Event.TagPushed pushed) {
            return pushed.headMessage().filter(SkipMarker::isIn).isPresent();
        }
        return question.ref()
                .filter(ref -> question.situation().isMarkedToSkip(ref.commit()))
                .isPresent();
    }
}

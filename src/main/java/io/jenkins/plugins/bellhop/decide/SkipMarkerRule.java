package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code [ci skip]} or {@code [skip ci]} in the head commit's message, in any case, on any branch or tag. */
final class SkipMarkerRule implements Rule {

    private static final Pattern MARKER = Pattern.compile("\\[(ci skip|skip ci)]", Pattern.CASE_INSENSITIVE);

    @Override
    public Optional<Decision> answer(Question question) {
        if (message(question).filter(text -> MARKER.matcher(text).find()).isEmpty()) {
            return Optional.empty();
        }
        return Question.skip("Not built: the head commit's message says [ci skip].");
    }

    private static Optional<String> message(Question question) {
        if (question.event() instanceof Event.BranchPushed pushed) {
            return pushed.headMessage();
        }
        if (question.event() instanceof Event.TagPushed pushed) {
            return pushed.headMessage();
        }
        return question.ref().flatMap(ref -> question.situation().messageOf(ref.commit()));
    }
}

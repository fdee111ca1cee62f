package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import java.util.Optional;

/**
 * A head commit whose message bears the {@link SkipMarker} isn't built, on whichever branch or tag. Whether a push told
 * its message before a pull request told its head must not decide: where no event tells it, it is asked for.
 */
final class SkipMarkerRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) throws Undecided {
        return isMarked(question)
                ? Question.skip("Not built: the head commit's message says [ci skip].")
                : Optional.empty();
    }

    private static boolean isMarked(Question question) throws Undecided {
        if (question.event() instanceof Event.BranchPushed pushed) {
            return isMarked(pushed.headMessage(), pushed.commit(), question.situation());
        }
        if (question.event() instanceof Event.TagPushed pushed) {
            return isMarked(pushed.headMessage(), pushed.commit(), question.situation());
        }
        Optional<Subject.Ref> ref = question.ref();
        return ref.isPresent() && question.situation().isMarkedToSkip(ref.get().commit());
    }

    private static boolean isMarked(Optional<String> message, CommitId commit, Situation situation) throws Undecided {
        return message.isPresent() ? SkipMarker.isIn(message.get()) : situation.isMarkedToSkip(commit);
    }
}

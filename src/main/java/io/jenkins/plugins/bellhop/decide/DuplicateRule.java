package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event.Change;
import java.util.Optional;

/**
 * A commit that the job already builds as this branch or tag isn't built a second time, unless for another target. What a
 * push had built isn't what a merge with the target gives.
 */
final class DuplicateRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.ref()
                .filter(ref -> !question.isChange(Change.RETARGETED))
                .filter(ref -> isBuilt(ref, question))
                .flatMap(ref -> Question.skip(reason(ref)));
    }

    private static boolean isBuilt(Subject.Ref ref, Question question) {
        Situation situation = question.situation();
        boolean merged =
                ref.pullRequest().isPresent() && question.watch().mergeResults() && situation.hasMergeResults();
        return merged ? situation.isBuiltForTarget(ref) : situation.isBuiltAlready(ref);
    }

    static String reason(Subject subject) {
        return "Not built again: this job's newest build of " + subject.described() + " is of this very commit, "
                + subject.commit().shortHex() + ".";
    }
}

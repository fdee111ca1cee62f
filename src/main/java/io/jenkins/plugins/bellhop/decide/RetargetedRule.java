package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.Optional;

/** A pull request that only got another target branch builds if the job asks for that; once for each target. */
final class RetargetedRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        Optional<Subject.Ref> retargeted = question.ref().filter(subject -> question.isChange(Change.RETARGETED));
        if (retargeted.isEmpty()) {
            return Optional.empty();
        }
        PullRequest request = retargeted.get().pullRequest().orElseThrow();
        if (!question.watch().buildRetargeted()) {
            return Question.skip("Not built: only the target branch of " + request.described()
                    + " changed, and \"Build when the target changes\" is off.");
        }
        return question.situation().isBuiltForTarget(retargeted.get())
                ? Question.skip("Not built again: this job has built this very commit, "
                        + request.head().shortHex() + ", for the target of " + request.described() + " already.")
                : Optional.empty();
    }
}

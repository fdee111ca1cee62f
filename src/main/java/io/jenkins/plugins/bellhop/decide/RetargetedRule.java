package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event.Change;
import java.util.Optional;

/** Another target branch changes nothing in the commit that would be built. */
final class RetargetedRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.pullRequestChange()
                .filter(changed -> changed.change() == Change.RETARGETED)
                .flatMap(changed -> Question.skip("Not built: only the target branch of "
                        + changed.pullRequest().described() + " changed."));
    }
}

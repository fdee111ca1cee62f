package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.Event.PullRequestChanged;
import java.util.Optional;

/** A pull request that changed in other ways than by new commits builds nothing new. */
final class UnchangedRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.pullRequestChange()
                .flatMap(changed -> reason(changed, question.situation()))
                .flatMap(Question::skip);
    }

    /** Why there is nothing new; empty when there is. */
    static Optional<String> reason(PullRequestChanged changed, Situation situation) {
        String request = changed.pullRequest().described();
        if (changed.change() == Change.RETARGETED) {
            return Optional.of("Not built: only the target branch of " + request + " changed.");
        }
        if (changed.change() == Change.TOUCHED && situation.isLastSeenHead(changed.pullRequest())) {
            return Optional.of("Not built: " + request + " was updated, but its head is still "
                    + changed.pullRequest().head().shortHex() + ".");
        }
        return Optional.empty();
    }
}

package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.Event.PullRequestChanged;
import java.util.Optional;

/** A pull request that was updated in other ways than by new commits builds nothing new. */
final class UnchangedRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.pullRequestChange()
                .flatMap(changed -> sameHead(changed, question.situation()))
                .flatMap(Question::skip);
    }

    /** Why there is nothing new; empty when there is. */
    static Optional<String> sameHead(PullRequestChanged changed, Situation situation) {
        if (changed.change() == Change.DRAFTED) {
            return Optional.of("Not built: " + changed.described() + ", its head is the same.");
        }
        if (changed.change() != Change.TOUCHED || !situation.isLastSeenHead(changed.pullRequest())) {
            return Optional.empty();
        }
        return Optional.of("Not built: " + changed.pullRequest().described() + " was updated, but its head is still "
                + changed.pullRequest().head().shortHex() + ".");
    }
}

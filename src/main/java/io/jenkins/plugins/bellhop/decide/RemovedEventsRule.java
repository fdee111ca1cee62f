package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import java.util.Optional;

/** What an administrator took out of the webhook at the forge doesn't build, however else Jenkins heard of it. */
final class RemovedEventsRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        if (question.isChange(Change.APPROVED)) {
            // The word of somebody in Jenkins.
            return Optional.empty();
        }
        if (question.pullRequestChange().isPresent()) {
            return question.situation().hookSendsPullRequests() ? Optional.empty() : skip(question, "pull-request");
        }
        boolean pushed = question.event() instanceof Event.BranchPushed || question.event() instanceof Event.TagPushed;
        return !pushed || question.situation().hookSendsPushes() ? Optional.empty() : skip(question, "push");
    }

    private static Optional<Decision> skip(Question question, String kind) {
        return Question.skip("Not built: " + question.event().described() + ", but the webhook at the forge sends no "
                + kind + " events.");
    }
}

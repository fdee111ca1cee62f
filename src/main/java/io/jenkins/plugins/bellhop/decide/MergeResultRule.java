package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.decide.Decision.Build;
import java.util.Optional;

/**
 * With "Build the merge result of pull requests", a push to a branch that a pull request comes from is left to that pull
 * request's own event, which knows its number. One of the two has to go: both are of one commit, which is built once.
 */
final class MergeResultRule implements Rule {

    private static final String SETTING = "\"Build the merge result of pull requests\" is on";

    @Override
    public Optional<Decision> answer(Question question) throws Undecided {
        Optional<Subject.Ref> pushed =
                question.ref().filter(subject -> subject.pullRequest().isEmpty());
        Situation situation = question.situation();
        boolean waits = pushed.isPresent()
                && question.watch().mergeResults()
                && situation.hasMergeResults()
                && situation.hookSendsPullRequestUpdates()
                && question.hasPullRequestThatCounts(pushed.get().ref())
                && situation.hasPullRequestNow(
                        pushed.get().ref(), question.watch().skipDrafts());
        return waits
                ? Question.skip("Not built: " + SETTING + " and "
                        + pushed.get().described()
                        + " has an open pull request, whose own event builds this commit.")
                : Optional.empty();
    }

    /** The decision with the choice between a pull request's head and its merge result made. */
    static Decision applied(Decision decision, Question question) {
        if (!(decision instanceof Build build) || !question.watch().mergeResults()) {
            return decision;
        }
        Subject subject = build.subject();
        if (subject.pullRequest().isEmpty()) {
            return decision;
        }
        if (!question.situation().hasMergeResults()) {
            return new Build(
                    subject, build.reason() + " Its head itself is built, since this forge keeps no merge results.");
        }
        String target = subject.pullRequest().get().target();
        return new Build(
                subject, build.reason() + " Its merge into " + target + " is built, since " + SETTING + ".", true);
    }
}

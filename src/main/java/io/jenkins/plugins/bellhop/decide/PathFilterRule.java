package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.List;
import java.util.Optional;

/**
 * What other rules would build of a branch builds only if it changes a file that the path filter names. Asked after them:
 * finding out which files changed may take calls. Where that can't be known, it builds and says so.
 */
final class PathFilterRule implements Rule {

    private final List<Rule> others;

    PathFilterRule(Rule... others) {
        this.others = List.of(others);
    }

    @Override
    public Optional<Decision> answer(Question question) throws Undecided {
        Optional<Decision> answer = question.firstAnswer(others);
        boolean applies = !question.watch().paths().isEmpty() && question.isOfBranch();
        return applies && answer.isPresent() && answer.get() instanceof Decision.Build build
                ? Optional.of(held(build, question))
                : answer;
    }

    private static Decision held(Decision.Build build, Question question) throws Undecided {
        RefFilter filter = question.watch().paths();
        if (question.event() instanceof Event.BranchPushed pushed && isWithoutBase(pushed, question)) {
            return build.adding(
                    "The path filter " + filter + " was not asked: nothing tells what a new branch changes.");
        }
        ChangedFiles files = files(build.subject(), question);
        if (!files.whole()) {
            return build.adding("The path filter " + filter
                    + " was not asked: the forge doesn't list all changed files, or there are more than "
                    + ChangedFiles.MOST + ".");
        }
        return files.paths().stream().anyMatch(filter::allows)
                ? build
                : new Decision.Skip("Not built: " + question.event().described()
                        + " changes no file that the path filter " + filter + " selects.");
    }

    private static boolean isWithoutBase(Event.BranchPushed pushed, Question question) {
        return pushed.files().isEmpty()
                && pushed.before().isEmpty()
                && untoldBase(pushed, question).isEmpty();
    }

    private static ChangedFiles files(Subject subject, Question question) throws Undecided {
        Optional<PullRequest> request = subject.pullRequest();
        if (request.isPresent()) {
            return question.situation().changedBy(request.get());
        }
        Event.BranchPushed pushed = (Event.BranchPushed) question.event();
        Optional<CommitId> untold = untoldBase(pushed, question);
        return untold.isEmpty() && pushed.files().isPresent()
                ? pushed.files().get()
                : question.situation().changedBetween(untold.or(pushed::before).orElseThrow(), pushed.commit());
    }

    /** Where the branch was when it was last handled, if the push begins elsewhere: one between them was lost or waits. */
    private static Optional<CommitId> untoldBase(Event.BranchPushed pushed, Question question) {
        return question.situation()
                .lastHandledHead(pushed.branch())
                .filter(handled -> !handled.isSameAs(pushed.commit()))
                .filter(handled -> pushed.before().filter(handled::isSameAs).isEmpty());
    }
}

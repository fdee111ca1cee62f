package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.Optional;

/** A branch that the job's branch filter leaves out doesn't build, whatever else speaks for it. */
final class BranchFilterRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        Optional<GitRef> branch = question.ref().map(Subject.Ref::ref).filter(ref -> !ref.isTag());
        RefFilter filter = question.watch().branches();
        if (branch.isEmpty() || filter.allows(branch.get().shortName())) {
            return Optional.empty();
        }
        return Question.skip("Not built: the branch filter " + filter + " leaves out "
                + branch.get().described() + ".");
    }
}

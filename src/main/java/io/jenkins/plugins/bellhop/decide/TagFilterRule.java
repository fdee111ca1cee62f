package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.Optional;

/** Tags build only when the job's tag filter asks for them. */
final class TagFilterRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        Optional<GitRef> tag = question.ref().map(Subject.Ref::ref).filter(GitRef::isTag);
        RefFilter filter = question.watch().tags();
        if (tag.isEmpty() || filter.selects(tag.get().shortName())) {
            return Optional.empty();
        }
        String why = filter.isEmpty() ? "no tag filter is set" : "the tag filter " + filter + " leaves it out";
        return Question.skip("Not built: " + tag.get().described() + ": " + why + ".");
    }
}

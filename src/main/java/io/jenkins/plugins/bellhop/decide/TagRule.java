package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.Optional;

/** A tag that the filter let through builds, whatever "Only build pull requests" says. */
final class TagRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        return question.ref()
                .filter(subject -> subject.ref().isTag())
                .flatMap(subject -> Question.build(subject, reason(subject.ref(), question.watch())));
    }

    private static String reason(GitRef tag, Watch watch) {
        return "Built: the tag filter " + watch.tags() + " selects " + tag.described() + ".";
    }
}

package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import java.util.Optional;

/** For pull requests from forks the fork policy alone decides; no filter and no default branch can let one in. */
final class ForkRule implements Rule {

    @Override
    public Optional<Decision> answer(Question question) {
        Optional<Subject.Fork> fork = question.fork();
        if (fork.isEmpty()) {
            return Optional.empty();
        }
        String request = fork.get().request().described();
        if (question.watch().forks() == Forks.OFF) {
            return Question.skip(
                    "Not built: " + request + " comes from a fork and \"Build pull requests from forks\" is" + " off.");
        }
        if (!question.situation().canFetchForks()) {
            return Question.skip(
                    "Not built: " + request + " comes from a fork, and this forge keeps a fork's commits in"
                            + " the fork alone, which the deploy key of this repository doesn't open.");
        }
        Optional<String> unchanged =
                UnchangedRule.reason(question.pullRequestChange().orElseThrow(), question.situation());
        if (unchanged.isPresent()) {
            return Question.skip(unchanged.get());
        }
        if (question.situation().isBuiltAlready(fork.get())) {
            return Question.skip(DuplicateRule.reason(fork.get()));
        }
        return Question.build(
                fork.get(),
                "Built: " + question.event().described()
                        + "; it comes from a fork and \"Build pull requests from forks\" is on. Keys that may write are withheld.");
    }
}

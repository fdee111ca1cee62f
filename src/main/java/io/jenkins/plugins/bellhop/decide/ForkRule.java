package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.Event.PullRequestChanged;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.Quoted;
import java.util.Optional;

/** For pull requests from forks the fork policy alone decides; no filter and no default branch can let one in. */
final class ForkRule implements Rule {

    private static final String SETTING = "\"Build pull requests from forks\"";

    @Override
    public Optional<Decision> answer(Question question) throws Undecided {
        Optional<Subject.Fork> fork = question.fork();
        if (fork.isEmpty()) {
            return Optional.empty();
        }
        PullRequestChanged changed = question.pullRequestChange().orElseThrow();
        Optional<String> obstacle = obstacle(fork.get(), changed, question);
        return obstacle.isPresent() ? Question.skip(obstacle.get()) : byPolicy(fork.get(), question);
    }

    /** What no policy changes; nothing of it takes a call. */
    private static Optional<String> obstacle(Subject.Fork fork, PullRequestChanged changed, Question question) {
        String request = fork.request().described();
        if (question.watch().forks() == Forks.OFF) {
            return Optional.of("Not built: " + request + " comes from a fork and " + SETTING + " is off.");
        }
        if (!question.situation().canFetchForks()) {
            return Optional.of("Not built: " + request + " comes from a fork, and this forge keeps a fork's commits in"
                    + " the fork alone, which the deploy key of this repository doesn't open. " + SETTING
                    + " changes nothing about that.");
        }
        if (changed.change() == Change.READY || changed.change() == Change.RETARGETED) {
            return Optional.of("Not built: " + changed.described() + ", but it comes from a fork, of which " + SETTING
                    + " builds what is opened, updated or reopened.");
        }
        Optional<String> unchanged = UnchangedRule.sameHead(changed, question.situation());
        if (unchanged.isPresent()) {
            return unchanged;
        }
        return question.situation().isBuiltAlready(fork) ? Optional.of(DuplicateRule.reason(fork)) : Optional.empty();
    }

    private static Optional<Decision> byPolicy(Subject.Fork fork, Question question) throws Undecided {
        return switch (question.watch().forks()) {
            case OFF -> throw new IllegalStateException("off was an obstacle");
            case MEMBERS -> ofMembers(fork, question);
            case APPROVED -> afterApproval(fork, question);
            case ON -> build(fork, question, SETTING + " is on");
        };
    }

    private static Optional<Decision> ofMembers(Subject.Fork fork, Question question) throws Undecided {
        PullRequest request = fork.request();
        Optional<String> stranger =
                switch (request.association()) {
                    case MEMBER -> othersFork(request);
                    case STRANGER -> Optional.of("its author is none, as the forge says");
                    case UNTOLD -> {
                        Optional<String> others = othersFork(request);
                        yield others.isPresent() ? others : question.situation().whyStranger(request);
                    }
                };
        return stranger.isPresent()
                ? Question.skip("Not built: " + request.described() + " comes from a fork and " + SETTING
                        + " is for members, but " + stranger.get() + ".")
                : build(fork, question, SETTING + " is for members, of whom its author is one");
    }

    /** Whoever owns the fork may push to it, and it builds as the author's word. */
    private static Optional<String> othersFork(PullRequest request) {
        if (request.author().isEmpty()) {
            return Optional.of("the forge doesn't tell its author");
        }
        if (request.forkOwner().isEmpty()) {
            return Optional.of("the forge doesn't tell that the fork is its author's own");
        }
        return request.forkOwner().get().equals(request.author().get().id())
                ? Optional.empty()
                : Optional.of("the fork isn't its author's own, so others may push to it");
    }

    private static Optional<Decision> afterApproval(Subject.Fork fork, Question question) {
        PullRequest request = fork.request();
        Optional<String> approver = question.situation().approver(request);
        return approver.isPresent()
                ? build(
                        fork,
                        question,
                        SETTING + " waits for approval, which " + Quoted.text(approver.get()) + " gave this commit")
                : Optional.of(new Decision.Skip(
                        "Not built: commit " + request.head().shortHex() + " of " + request.described()
                                + " comes from a fork and waits for approval, as " + SETTING
                                + " says. Approve it on the job's page \"Repository connection\".",
                        Optional.of(request)));
    }

    private static Optional<Decision> build(Subject.Fork fork, Question question, String why) {
        String keys = question.watch().withholdsKeysFrom(fork)
                ? "Its steps get no key; the checkout alone gets one that may read."
                : "It may use keys and its own Jenkinsfile, as \"Hand keys to forks\" is on.";
        return Question.build(
                fork, "Built: " + question.event().described() + "; it comes from a fork and " + why + ". " + keys);
    }
}

package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import java.util.List;

/** Decides for one job and one event. The rules are asked in this order; the first that answers decides. */
public final class Decider {

    private static final List<Rule> RULES = List.of(
            new DisabledRule(),
            new NothingToBuildRule(),
            new RemovedEventsRule(),
            new ForkRule(),
            new BranchFilterRule(),
            new TagFilterRule(),
            new UnchangedRule(),
            new RetargetedRule(),
            new DuplicateRule(),
            new SkipMarkerRule(),
            new TagRule(),
            new PathFilterRule(
                    new DefaultBranchRule(),
                    new DraftRule(),
                    new PullRequestRule(),
                    new MergeResultRule(),
                    new OnlyPullRequestsRule(),
                    new PushRule()));

    private Decider() {}

    /** @throws Undecided when something that a rule has to know can't be found out now; asking again later may help */
    public static Decision decide(Event event, Watch watch, Situation situation) throws Undecided {
        Question question = new Question(event, watch, situation);
        return question.firstAnswer(RULES)
                .map(decision -> MergeResultRule.applied(decision, question))
                .orElseGet(() -> new Decision.Skip("No rule asks for a build of this " + event.described() + "."));
    }
}

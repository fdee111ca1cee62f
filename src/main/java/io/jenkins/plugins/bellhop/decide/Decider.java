package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import java.util.List;
import java.util.Optional;

/** Decides for one job and one event. The rules are asked in this order; the first that answers decides. */
public final class Decider {

    private static final List<Rule> RULES = List.of(
            new DisabledRule(),
            new NothingToBuildRule(),
            new ForkRule(),
            new BranchFilterRule(),
            new TagFilterRule(),
            new SkipMarkerRule(),
            new UnchangedRule(),
            new DuplicateRule(),
            new TagRule(),
            new DefaultBranchRule(),
            new PullRequestRule(),
            new MergeResultRule(),
            new OnlyPullRequestsRule(),
            new PushRule());

    private Decider() {}

    /** @throws Undecided when something that a rule has to know can't be found out now; asking again later may help */
    public static Decision decide(Event event, Watch watch, Situation situation) throws Undecided {
        Question question = new Question(event, watch, situation);
        for (Rule rule : RULES) {
            Optional<Decision> decision = rule.answer(question);
            if (decision.isPresent()) {
                return MergeResultRule.applied(decision.get(), question);
            }
        }
        return new Decision.Skip("No rule asks for a build of this " + event.described() + ".");
    }
}

package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.support.Seed;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every event, every setting and every situation. */
class DeciderPropertyTest {

    private static final int CASES = 100_000;
    private static final Pattern SENTENCE = Pattern.compile("(Built|Not built|Not built again): [^\n]+\\.");
    private static final List<String> BRANCHES = List.of("main", "fix", "feature/login", "v1");
    private static final List<RefFilter> FILTERS = List.of(
            RefFilter.NONE, new RefFilter("main"), new RefFilter("**"), new RefFilter("!main"), new RefFilter("f*"));
    private static final List<String> MESSAGES = List.of("Fix", "Fix [ci skip]", "[Skip CI] fix", "ci skip");

    private record Case(Event event, Watch watch, Known known) {

        /** As it is decided: the decision, or nothing where the forge would have to be asked and can't be. */
        Optional<Decision> decision() {
            try {
                return Optional.of(Decider.decide(event, watch, known));
            } catch (Undecided undecided) {
                return Optional.empty();
            }
        }

        boolean isFork() {
            return event instanceof Event.PullRequestChanged changed
                    && changed.pullRequest().fork();
        }
    }

    private record Known(
            boolean disabled,
            Optional<String> knownDefault,
            boolean openPullRequest,
            boolean built,
            String message,
            boolean down)
            implements Situation {
        @Override
        public boolean isJobDisabled() {
            return disabled;
        }

        @Override
        public Optional<String> defaultBranch() throws Undecided {
            return known(knownDefault);
        }

        @Override
        public boolean hasOpenPullRequest(GitRef branch) throws Undecided {
            return known(openPullRequest);
        }

        @Override
        public boolean isMarkedToSkip(CommitId commit) {
            return SkipMarker.isIn(message);
        }

        @Override
        public boolean isBuiltAlready(Subject subject) {
            return built;
        }

        private <T> T known(T value) throws Undecided {
            if (down) {
                throw new Undecided("down");
            }
            return value;
        }
    }

    @Test
    void holdsForEveryGeneratedCase() {
        Seed seed = Seed.fresh("DeciderPropertyTest");
        Random random = seed.random();
        int built = 0;
        int undecided = 0;
        for (int i = 0; i < CASES; i++) {
            Case one = generated(random);
            Optional<Decision> decision = one.decision();
            try {
                check(one, decision);
            } catch (AssertionError e) {
                throw new AssertionError(one + " of " + seed, e);
            }
            built += decision.filter(Decision.Build.class::isInstance).isPresent() ? 1 : 0;
            undecided += decision.isEmpty() ? 1 : 0;
        }
        assertThat(built).as("builds of %s", seed).isBetween(CASES / 20, CASES / 2);
        assertThat(undecided).as("undecided ones of %s", seed).isBetween(CASES / 1000, CASES / 5);
    }

    private static void check(Case one, Optional<Decision> decision) {
        hold(one.decision().equals(decision), "decided alike again");
        if (decision.isEmpty()) {
            hold(one.known().down() && !one.isFork(), "undecided only when the forge can't be asked, never for a fork");
            return;
        }
        hold(SENTENCE.matcher(decision.get().reason()).matches(), "a sentence");
        if (decision.get() instanceof Decision.Build build) {
            checkBuild(one, build.subject());
        } else {
            checkSkip(one, decision.get().reason());
        }
    }

    private static void checkBuild(Case one, Subject subject) {
        hold(!one.known().disabled(), "nothing while the job is disabled");
        hold(!one.known().built(), "not built twice");
        if (one.isFork()) {
            hold(one.watch().forks() == Forks.ON, "forks let in");
            hold(subject instanceof Subject.Fork, "built as a fork");
            return;
        }
        hold(subject instanceof Subject.Ref, "built as a ref of the repository");
        checkRef(one, (Subject.Ref) subject);
    }

    private static void checkRef(Case one, Subject.Ref built) {
        String name = built.ref().shortName();
        RefFilter filter =
                built.ref().isTag() ? one.watch().tags() : one.watch().branches();
        hold(filter.allows(name) && !(built.ref().isTag() && filter.isEmpty()), "let through by its filter");
        if (one.event() instanceof Event.BranchPushed pushed) {
            hold(built.commit().equals(pushed.commit()), "the pushed commit");
            hold(!pushed.headMessage().orElse("").matches("(?i).*\\[(ci skip|skip ci)].*"), "no marker");
            hold(isAskedFor(one, pushed), "asked for");
            return;
        }
        if (one.event() instanceof Event.PullRequestChanged changed) {
            hold(built.commit().equals(changed.pullRequest().head()), "the pull request's commit");
            hold(changed.change() != Change.CLOSED && changed.change() != Change.RETARGETED, "a change of code");
            return;
        }
        hold(one.event() instanceof Event.TagPushed, "an event that brings code");
    }

    private static boolean isAskedFor(Case one, Event.BranchPushed pushed) {
        return !one.watch().onlyPullRequests() || one.known().openPullRequest() || isDefault(pushed, one.known());
    }

    private static void checkSkip(Case one, String reason) {
        boolean byOnly = reason.contains("Only build pull requests");
        boolean byFilter = reason.contains("filter");
        boolean byMerge = reason.contains("merge result");
        hold(
                !byMerge || one.watch().mergeResults() && one.known().openPullRequest(),
                "left to a pull request that there is, by a setting that is on");
        hold(
                !byMerge || !(one.event() instanceof Event.BranchPushed pushed && isDefault(pushed, one.known())),
                "the default branch isn't left to a pull request");
        hold(!byOnly || one.watch().onlyPullRequests(), "named a setting that is on");
        hold(
                !byOnly || !(one.event() instanceof Event.BranchPushed pushed && isDefault(pushed, one.known())),
                "the default branch isn't held back by \"Only build pull requests\"");
        hold(!one.isFork() || !byOnly && !byFilter && !reason.contains("[ci skip]"), "only the fork policy for forks");
        if (byOnly) {
            Case wider = new Case(one.event(), one.watch().withOnlyPullRequests(false), one.known());
            hold(
                    wider.decision().filter(Decision.Build.class::isInstance).isPresent(),
                    "built once the setting that was named is off");
        }
    }

    /** AssertJ would take longer than the hundred thousand decisions. */
    private static void hold(boolean condition, String expected) {
        if (!condition) {
            throw new AssertionError("expected: " + expected);
        }
    }

    private static boolean isDefault(Event.BranchPushed pushed, Known known) {
        return pushed.defaultBranch()
                .or(known::knownDefault)
                .filter(pushed.branch().shortName()::equals)
                .isPresent();
    }

    private static Case generated(Random random) {
        Watch watch = Watch.DEFAULT
                .withOnlyPullRequests(random.nextBoolean())
                .withForks(random.nextBoolean() ? Forks.ON : Forks.OFF)
                .withBranches(any(FILTERS, random))
                .withTags(any(FILTERS, random))
                .withMergeResults(random.nextInt(4) == 0);
        Known known = new Known(
                random.nextInt(20) == 0,
                maybe(any(BRANCHES, random), random),
                random.nextBoolean(),
                random.nextInt(4) == 0,
                any(MESSAGES, random),
                random.nextInt(5) == 0);
        return new Case(event(random), watch, known);
    }

    private static Event event(Random random) {
        CommitId commit = new CommitId(String.format("%040x", 1 + random.nextInt(5)));
        String branch = any(BRANCHES, random);
        Optional<String> message = maybe(any(MESSAGES, random), random);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 ->
                new Event.BranchPushed(
                        Cases.APP, GitRef.branch(branch), commit, message, maybe(any(BRANCHES, random), random));
            case 3, 4 -> new Event.TagPushed(Cases.APP, GitRef.tag(branch), commit, message);
            case 5 -> new Event.RefDeleted(Cases.APP, GitRef.branch(branch), commit);
            case 6 -> new Event.RepositoryRenamed(Cases.APP, Optional.of(new RepositoryName("acme", "old")));
            case 7 -> new Event.HeadsUnknown(Cases.APP);
            default ->
                new Event.PullRequestChanged(
                        Cases.APP,
                        new PullRequest(
                                1 + random.nextInt(3),
                                branch,
                                commit,
                                "main",
                                random.nextBoolean(),
                                random.nextBoolean()),
                        Change.values()[random.nextInt(Change.values().length)]);
        };
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> Optional<T> maybe(T value, Random random) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }
}

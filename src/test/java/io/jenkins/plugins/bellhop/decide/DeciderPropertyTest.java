package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.PullRequest.Association;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.support.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every event, every setting and every situation. */
class DeciderPropertyTest {

    private static final int CASES = 100_000;
    private static final Pattern SENTENCE = Pattern.compile("(Built|Not built|Not built again): [^\n]+\\.");
    private static final List<String> BRANCHES = List.of("main", "fix", "feature/login", "v1");
    private static final List<RefFilter> FILTERS = List.of(
            RefFilter.NONE, new RefFilter("main"), new RefFilter("**"), new RefFilter("!main"), new RefFilter("f*"));
    private static final List<RefFilter> PATHS =
            List.of(new RefFilter("src/**"), new RefFilter("!docs/**"), new RefFilter("*.md !README.md"));
    private static final List<ChangedFiles> CHANGES = List.of(
            ChangedFiles.unknown(),
            ChangedFiles.all(List.of()),
            ChangedFiles.all(List.of("src/a/B.java", "README.md")),
            ChangedFiles.all(List.of("docs/a.md")));
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

        /** Whether the path filter lets it through, or can't be asked. */
        boolean isChangeOfItsPaths() {
            ChangedFiles files = known.files();
            if (event instanceof Event.BranchPushed pushed) {
                files = pushed.files().orElse(pushed.before().isPresent() ? files : ChangedFiles.unknown());
            }
            RefFilter paths = watch.paths();
            return paths.isEmpty() || !files.whole() || files.paths().stream().anyMatch(paths::allows);
        }

        boolean isFork() {
            return event instanceof Event.PullRequestChanged changed
                    && changed.pullRequest().fork();
        }
    }

    private record Hook(boolean sendsPushes, boolean sendsPullRequests) {}

    private record Known(
            Hook hook,
            boolean approved,
            boolean member,
            ChangedFiles files,
            boolean disabled,
            Optional<String> knownDefault,
            boolean openPullRequest,
            boolean built,
            Map<String, CommitId> newest,
            String message,
            boolean down)
            implements Situation {

        Known remembering(Map<String, CommitId> builds) {
            return new Known(
                    hook,
                    approved,
                    member,
                    files,
                    disabled,
                    knownDefault,
                    openPullRequest,
                    false,
                    builds,
                    message,
                    down);
        }

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
            return built || subject.commit().equals(newest.get(subject.key()));
        }

        @Override
        public boolean hookSendsPushes() {
            return hook.sendsPushes();
        }

        @Override
        public boolean hookSendsPullRequests() {
            return hook.sendsPullRequests();
        }

        @Override
        public Optional<String> whyStranger(PullRequest pullRequest) throws Undecided {
            return known(member ? Optional.empty() : Optional.of("it is none"));
        }

        @Override
        public Optional<String> approver(PullRequest pullRequest) {
            return approved ? Optional.of("alice") : Optional.empty();
        }

        @Override
        public ChangedFiles changedBetween(CommitId before, CommitId after) throws Undecided {
            return known(files);
        }

        @Override
        public ChangedFiles changedBy(PullRequest pullRequest) throws Undecided {
            return known(files);
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

    /** A push and a pull request of one head, each delivered twice, in whichever order, build the same commits once. */
    @Test
    void theOrderOfDuplicatesChangesNothing() {
        Seed seed = Seed.fresh("DeciderPropertyTest.order");
        Random random = seed.random();
        int built = 0;
        for (int i = 0; i < CASES; i++) {
            Case one = generated(random);
            List<Event> events = new ArrayList<>(List.of(one.event(), sibling(one.event(), random)));
            events.addAll(List.copyOf(events));
            List<String> inOrder = builds(events, one);
            Collections.shuffle(events, random);
            List<String> shuffled = builds(events, one);
            if (!Set.copyOf(inOrder).equals(Set.copyOf(shuffled))) {
                throw new AssertionError(inOrder + " and " + shuffled + " of " + events + ", " + one + " of " + seed);
            }
            built += inOrder.size();
        }
        assertThat(built).as("builds of %s", seed).isBetween(CASES / 10, CASES);
    }

    /** Another event of the same branch and commit. */
    private static Event sibling(Event event, Random random) {
        if (event instanceof Event.BranchPushed pushed) {
            String branch = pushed.branch().shortName();
            PullRequest request = new PullRequest(1, branch, pushed.commit(), "main", false, random.nextBoolean());
            return new Event.PullRequestChanged(Cases.APP, request, Change.OPENED);
        }
        if (event instanceof Event.PullRequestChanged changed) {
            GitRef branch = GitRef.branch(changed.pullRequest().headBranch());
            return new Event.BranchPushed(
                    Cases.APP, branch, changed.pullRequest().head(), Optional.empty(), Optional.of("main"));
        }
        return event;
    }

    /** What a job builds of events one after the other; none is built twice. */
    private static List<String> builds(List<Event> events, Case one) {
        Map<String, CommitId> newest = new HashMap<>();
        List<String> builds = new ArrayList<>();
        for (Event event : events) {
            new Case(event, one.watch().withBuildRetargeted(false), one.known().remembering(newest))
                    .decision()
                    .ifPresent(decision -> {
                        if (decision instanceof Decision.Build build) {
                            newest.put(build.subject().key(), build.subject().commit());
                            builds.add(build.subject().key() + " "
                                    + build.subject().commit());
                        }
                    });
        }
        hold(builds.size() == Set.copyOf(builds).size(), "nothing built twice of " + events);
        return builds;
    }

    private static void check(Case one, Optional<Decision> decision) {
        hold(one.decision().equals(decision), "decided alike again");
        if (decision.isEmpty()) {
            hold(one.known().down(), "undecided only when the forge can't be asked");
            hold(!one.isFork() || one.watch().forks() == Forks.MEMBERS, "of a fork nothing is asked but its author");
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
            checkFork(one, subject);
            return;
        }
        hold(subject instanceof Subject.Ref, "built as a ref of the repository");
        checkRef(one, (Subject.Ref) subject);
    }

    private static void checkFork(Case one, Subject subject) {
        PullRequest request = ((Event.PullRequestChanged) one.event()).pullRequest();
        hold(subject instanceof Subject.Fork, "built as a fork");
        hold(subject.commit().equals(request.head()), "the pull request's commit");
        hold(one.watch().forks() != Forks.OFF, "forks let in");
        hold(one.watch().forks() != Forks.APPROVED || one.known().approved(), "approved");
        hold(one.watch().forks() != Forks.MEMBERS || isMember(request, one.known()), "of a member");
        hold(one.watch().withholdsKeysFrom(subject) != one.watch().keysForForks(), "keys withheld by default");
    }

    private static boolean isMember(PullRequest request, Known known) {
        return request.association() == Association.MEMBER
                || request.association() == Association.UNTOLD && known.member();
    }

    private static void checkRef(Case one, Subject.Ref built) {
        String name = built.ref().shortName();
        RefFilter filter =
                built.ref().isTag() ? one.watch().tags() : one.watch().branches();
        hold(filter.allows(name) && !(built.ref().isTag() && filter.isEmpty()), "let through by its filter");
        hold(!one.watch().withholdsKeysFrom(built), "the repository's own code has its keys");
        hold(built.ref().isTag() || one.isChangeOfItsPaths(), "let through by the path filter");
        if (one.event() instanceof Event.BranchPushed pushed) {
            hold(built.commit().equals(pushed.commit()), "the pushed commit");
            hold(!pushed.headMessage().orElse("").matches("(?i).*\\[(ci skip|skip ci)].*"), "no marker");
            hold(isAskedFor(one, pushed), "asked for");
            hold(one.known().hook().sendsPushes(), "nothing that was taken out of the hook");
            return;
        }
        if (one.event() instanceof Event.PullRequestChanged changed) {
            hold(built.commit().equals(changed.pullRequest().head()), "the pull request's commit");
            hold(changed.change() != Change.CLOSED, "open");
            hold(changed.change() != Change.RETARGETED || one.watch().buildRetargeted(), "a change of code");
            hold(!changed.pullRequest().draft() || !one.watch().skipDrafts(), "no draft that is to be skipped");
            hold(one.watch().onlyPullRequests() || one.known().hook().sendsPushes(), "asked for as a push");
            return;
        }
        hold(one.event() instanceof Event.TagPushed, "an event that brings code");
    }

    private static boolean isAskedFor(Case one, Event.BranchPushed pushed) {
        return !one.watch().onlyPullRequests() || one.known().openPullRequest() || isDefault(pushed, one.known());
    }

    private static void checkSkip(Case one, String reason) {
        boolean byOnly = reason.contains("\"Only build pull requests\" is on");
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
        hold(!one.isFork() || !reason.contains("default branch"), "no fork is told by the default branch");
        boolean waits = reason.contains("waits for approval");
        hold(waits == ((Decision.Skip) one.decision().orElseThrow()).waiting().isPresent(), "told apart what waits");
        hold(!waits || one.watch().forks() == Forks.APPROVED && !one.known().approved(), "waits for a reason");
        if (byOnly) {
            Watch wider = one.watch().withOnlyPullRequests(false).withPaths(RefFilter.NONE);
            Decision decision =
                    new Case(one.event(), wider, one.known()).decision().orElseThrow();
            hold(
                    decision instanceof Decision.Build || !one.known().hook().sendsPushes(),
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
                .withSkipDrafts(random.nextBoolean())
                .withBuildRetargeted(random.nextBoolean())
                .withForks(any(List.of(Forks.values()), random))
                .withKeysForForks(random.nextBoolean())
                .withBranches(any(FILTERS, random))
                .withTags(any(FILTERS, random))
                .withPaths(random.nextBoolean() ? RefFilter.NONE : any(PATHS, random))
                .withMergeResults(random.nextInt(4) == 0);
        Known known = new Known(
                new Hook(random.nextInt(8) != 0, random.nextInt(8) != 0),
                random.nextBoolean(),
                random.nextBoolean(),
                any(CHANGES, random),
                random.nextInt(20) == 0,
                maybe(any(BRANCHES, random), random),
                random.nextBoolean(),
                random.nextInt(4) == 0,
                Map.of(),
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
                        Cases.APP,
                        GitRef.branch(branch),
                        commit,
                        message,
                        maybe(any(BRANCHES, random), random),
                        maybe(Cases.BEFORE, random),
                        maybe(any(CHANGES, random), random).filter(ChangedFiles::whole));
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
                                random.nextBoolean(),
                                maybe(new Author("42", "bob"), random),
                                any(List.of(Association.values()), random),
                                maybe(any(List.of("42", "43"), random), random)),
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

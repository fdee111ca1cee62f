package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Watch.Superseding;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.support.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is never cancelled, whatever the repository looks like. */
class CancellingPropertyTest {

    private static final int CASES = 200_000;
    private static final List<String> BRANCHES = List.of("main", "fix", "v1");

    /** A repository at one moment, after the event: which branches there are, which pull requests are open. */
    private record World(String standing, Set<String> branches, List<PullRequest> open, boolean built, boolean down)
            implements Situation {
        @Override
        public Optional<String> defaultBranch() throws Undecided {
            return known(Optional.of(standing));
        }

        @Override
        public boolean hasOpenPullRequest(GitRef branch) throws Undecided {
            return known(isAskedForByPullRequest(branch.fullName(), 0));
        }

        @Override
        public boolean hasOtherOpenPullRequest(GitRef branch, long number) throws Undecided {
            return known(isAskedForByPullRequest(branch.fullName(), number));
        }

        @Override
        public boolean isDeleted(GitRef ref) {
            return !ref.isTag() && !branches.contains(ref.shortName());
        }

        @Override
        public boolean isMarkedToSkip(CommitId commit) {
            return false;
        }

        @Override
        public boolean isBuiltAlready(Subject subject) {
            return built;
        }

        boolean isAskedForByPullRequest(String subject, long butNot) {
            return open.stream()
                    .filter(request -> request.number() != butNot)
                    .anyMatch(request -> SubjectOf.pullRequest(request).key().equals(subject));
        }

        private <T> T known(T value) throws Undecided {
            if (down) {
                throw new Undecided("down");
            }
            return value;
        }
    }

    private record Case(Event event, int at, Watch watch, World world, UnfinishedBuild build) {

        Optional<Cancellation> answer() throws Undecided {
            return new Cancelling(event, Integer.toString(at), watch, world).of(build);
        }
    }

    @Test
    void holdsForEveryGeneratedCase() {
        Seed seed = Seed.fresh("CancellingPropertyTest");
        Random random = seed.random();
        int cancelled = 0;
        int kept = 0;
        int undecided = 0;
        for (int i = 0; i < CASES; i++) {
            Case one = generated(random);
            try {
                Optional<Cancellation> answer = one.answer();
                check(one, answer);
                cancelled +=
                        answer.filter(Cancellation.Cancel.class::isInstance).isPresent() ? 1 : 0;
                kept += answer.filter(Cancellation.Keep.class::isInstance).isPresent() ? 1 : 0;
            } catch (Undecided e) {
                undecided++;
                hold(one.world().down(), "undecided only when the forge can't be asked");
            } catch (AssertionError e) {
                throw new AssertionError(one + " of " + seed, e);
            }
        }
        assertThat(cancelled).as("cancelled of %s", seed).isBetween(CASES / 100, CASES / 2);
        assertThat(kept).as("kept of %s", seed).isBetween(CASES / 500, CASES / 2);
        assertThat(undecided).as("undecided of %s", seed).isBetween(CASES / 1000, CASES / 5);
    }

    private static void check(Case one, Optional<Cancellation> answer) {
        answer.ifPresent(cancellation ->
                hold(cancellation.reason().matches("(Cancelled|Not cancelled): [^\n]+\\."), "a sentence that says it"));
        if (answer.filter(Cancellation.Cancel.class::isInstance).isEmpty()) {
            return;
        }
        UnfinishedBuild build = one.build();
        hold(
                build.arrival().compareTo(Integer.toString(one.at())) < 0,
                "a newer build isn't cancelled by an older event");
        hold(!build.subject().equals("refs/heads/" + one.world().standing()), "the default branch isn't cancelled");
        if (one.event() instanceof Event.PullRequestChanged changed && changed.change() == Change.CLOSED) {
            checkClosed(one, changed.pullRequest());
        } else if (one.event() instanceof Event.RefDeleted deleted) {
            hold(build.subject().equals(deleted.ref().fullName()), "only what was deleted");
            hold(!one.world().isAskedForByPullRequest(build.subject(), 0), "no open pull request asks for it");
        } else {
            checkSuperseded(one);
        }
    }

    /** Closing one pull request never cancels what another one, or a push, asks for. */
    private static void checkClosed(Case one, PullRequest closed) {
        String subject = one.build().subject();
        hold(subject.equals(SubjectOf.pullRequest(closed).key()), "only what the closed one asked for");
        hold(!one.world().isAskedForByPullRequest(subject, closed.number()), "no other pull request asks for it");
        boolean isPushed = !closed.fork()
                && !one.watch().onlyPullRequests()
                && one.world().branches().contains(closed.headBranch());
        hold(!isPushed, "no push asks for it");
    }

    private static void checkSuperseded(Case one) {
        Superseding superseding = one.watch().superseding();
        hold(one.build().running() ? superseding.running() : superseding.queued(), "the setting is on");
        hold(one.world().built(), "something newer is built");
        hold(!one.build().subject().startsWith("refs/tags/"), "tags never");
        Subject newer = one.event().match(new SubjectOf()).orElseThrow();
        hold(newer.key().equals(one.build().subject()), "a commit of the same branch or pull request");
        hold(!newer.commit().equals(one.build().commit()), "another commit");
    }

    /** AssertJ would take longer than the cases themselves. */
    private static void hold(boolean condition, String expected) {
        if (!condition) {
            throw new AssertionError("expected: " + expected);
        }
    }

    private static Case generated(Random random) {
        Watch watch = Watch.DEFAULT
                .withOnlyPullRequests(random.nextBoolean())
                .withSuperseding(new Superseding(random.nextBoolean(), random.nextBoolean()));
        Set<String> branches = new HashSet<>(BRANCHES);
        branches.removeIf(branch -> random.nextInt(3) == 0);
        List<PullRequest> open = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            if (random.nextInt(3) == 0) {
                open.add(request(number, random));
            }
        }
        World world = new World(any(BRANCHES, random), branches, open, random.nextInt(4) != 0, random.nextInt(8) == 0);
        return new Case(event(random, open), 1 + random.nextInt(6), watch, world, build(random));
    }

    private static UnfinishedBuild build(Random random) {
        String subject =
                switch (random.nextInt(6)) {
                    case 0 -> "fork #" + (1 + random.nextInt(3));
                    case 1 -> "refs/tags/" + any(BRANCHES, random);
                    default -> "refs/heads/" + any(BRANCHES, random);
                };
        return new UnfinishedBuild(
                subject, commit(random), Integer.toString(1 + random.nextInt(6)), random.nextBoolean());
    }

    /** One that was closed isn't open any more. */
    private static Event event(Random random, List<PullRequest> open) {
        GitRef branch = GitRef.branch(any(BRANCHES, random));
        return switch (random.nextInt(6)) {
            case 0 -> new Event.BranchPushed(Cases.APP, branch, commit(random), Optional.empty(), Optional.empty());
            case 1 -> new Event.TagPushed(Cases.APP, GitRef.tag("v1"), commit(random), Optional.empty());
            case 2 -> new Event.RefDeleted(Cases.APP, branch, commit(random));
            case 3 -> new Event.RefDeleted(Cases.APP, GitRef.tag("v1"), commit(random));
            case 4 -> changed(request(1 + random.nextInt(3), random), Change.UPDATED);
            default -> {
                PullRequest closed = request(1 + random.nextInt(3), random);
                open.removeIf(request -> request.number() == closed.number());
                yield changed(closed, Change.CLOSED);
            }
        };
    }

    private static Event changed(PullRequest request, Change change) {
        return new Event.PullRequestChanged(Cases.APP, request, change);
    }

    private static PullRequest request(int number, Random random) {
        return new PullRequest(number, any(BRANCHES, random), commit(random), "main", random.nextInt(3) == 0, false);
    }

    private static CommitId commit(Random random) {
        return new CommitId(String.format("%040x", 1 + random.nextInt(4)));
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}

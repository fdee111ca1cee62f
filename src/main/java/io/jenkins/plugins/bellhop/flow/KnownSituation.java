package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.SkipMarker;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One connection and one job as the rules see them: what was learnt and remembered, and else what the forge says. */
final class KnownSituation implements Situation {

    /** After so long a default branch that no event told is read again. */
    static final Duration DEFAULT_BRANCH_HOLDS = Duration.ofMinutes(5);

    private final Repositories repositories;
    private final Memory memory;
    private final Learnt learnt;
    private final RateLimits limits;
    private final Clock clock;
    private final Mode mode;
    private final Source source;
    private final Connection connection;
    private final WatchingJob job;

    KnownSituation(
            Repositories repositories,
            Memory memory,
            Learnt learnt,
            RateLimits limits,
            Clock clock,
            Mode mode,
            Source source,
            WatchingJob job) {
        this.repositories = repositories;
        this.memory = memory;
        this.learnt = learnt;
        this.limits = limits;
        this.clock = clock;
        this.mode = mode;
        this.source = source;
        this.connection = source.connection();
        this.job = job;
    }

    @Override
    public boolean isJobDisabled() {
        return job.isDisabled();
    }

    @Override
    public Optional<String> defaultBranch() throws Undecided {
        Learnt.DefaultBranch known = learnt.defaultBranches().get(connection.id());
        if (known == null || !known.knownAt().plus(DEFAULT_BRANCH_HOLDS).isAfter(clock.instant())) {
            known = new Learnt.DefaultBranch(
                    asked(
                            "its default branch",
                            api -> api.repositories()
                                    .current(connection.repository())
                                    .defaultBranch()),
                    clock.instant());
            learnt.defaultBranches().put(connection.id(), known);
        }
        return known.name();
    }

    @Override
    public boolean hasOpenPullRequest(GitRef branch) throws Undecided {
        return !openPullRequests(branch).isEmpty();
    }

    @Override
    public List<PullRequest> openPullRequests(GitRef branch) throws Undecided {
        String id = connection.id();
        boolean hearsAll = memory.hooks().of(id).events().everyPullRequestChange();
        if (!hearsAll && mode != Mode.DRY_RUN) {
            learnt.pullRequests().forget(id);
        }
        if (!hearsAll) {
            return askedForOpen(branch);
        }
        Optional<List<PullRequest>> known = learnt.pullRequests().from(id, branch.shortName());
        if (known.isPresent()) {
            return known.get();
        }
        List<PullRequest> open = askedForOpen(branch);
        // A dry run doesn't take its turn: its answer may be older than what is learnt meanwhile.
        if (mode != Mode.DRY_RUN) {
            learnt.pullRequests().asked(id, branch.shortName(), open);
        }
        return open;
    }

    private List<PullRequest> askedForOpen(GitRef branch) throws Undecided {
        return asked(
                "whether " + branch.described() + " has an open pull request",
                api -> api.pullRequests().openFrom(connection.repository(), branch.shortName()));
    }

    @Override
    public boolean hookSendsPushes() {
        return memory.hooks().of(connection.id()).events().pushes();
    }

    @Override
    public boolean hookSendsPullRequests() {
        return memory.hooks().of(connection.id()).events().pullRequests();
    }

    @Override
    public boolean hookSendsPullRequestUpdates() {
        return memory.hooks().of(connection.id()).events().everyPullRequestChange();
    }

    @Override
    public boolean hasReadyPullRequest(GitRef branch) throws Undecided {
        return openPullRequests(branch).stream().anyMatch(request -> !request.draft());
    }

    @Override
    public boolean hasPullRequestNow(GitRef branch, boolean ready) throws Undecided {
        return askedForOpen(branch).stream().anyMatch(request -> !ready || !request.draft());
    }

    @Override
    public boolean hasOtherOpenPullRequest(GitRef branch, long number) throws Undecided {
        return openPullRequests(branch).stream().anyMatch(request -> request.number() != number);
    }

    @Override
    public boolean isDeleted(GitRef ref) {
        return memory.heads().goneAt(connection.id(), ref.fullName()).isPresent();
    }

    @Override
    public boolean hasMergeResults() {
        return source.forge().mergeRef(1).isPresent();
    }

    /** A message that may not be read holds nothing back. */
    @Override
    public boolean isMarkedToSkip(CommitId commit) throws Undecided {
        Boolean known = learnt.marked().get(commit);
        if (known != null) {
            return known;
        }
        try {
            boolean says =
                    SkipMarker.isIn(repositories.api(connection).refs().message(connection.repository(), commit));
            learnt.marked().put(commit, says);
            return says;
        } catch (ForgeFailure failure) {
            limits.heard(source.forge().host(), failure);
            if (isFinal(failure)) {
                return false;
            }
            throw undecided("for the message of commit " + commit.shortHex(), failure);
        }
    }

    @Override
    public boolean isBuiltAlready(Subject subject) {
        return job.isBuiltAlready(subject);
    }

    @Override
    public boolean isBuiltForTarget(Subject subject) {
        return job.isBuiltForTarget(subject);
    }

    /** What was handled before has seen its own head: that doesn't keep it from being decided once more. */
    @Override
    public boolean isLastSeenHead(PullRequest pullRequest) {
        if (mode != Mode.FIRST) {
            return false;
        }
        Optional<SeenHeads.Head> seen = pullRequest.draft()
                ? memory.heads().last(connection.id(), SeenHeads.head(pullRequest))
                : memory.heads().of(connection.id(), SeenHeads.head(pullRequest));
        return seen.filter(head -> head.commit().isSameAs(pullRequest.head())).isPresent();
    }

    @Override
    public boolean canFetchForks() {
        return source.forge().pullRequestRef(1).isPresent();
    }

    /** Who may not even ask lets nobody in. */
    @Override
    public Optional<String> whyStranger(PullRequest request) throws Undecided {
        Optional<Author> author = request.author();
        if (author.isEmpty()) {
            return Optional.of("the forge doesn't tell its author");
        }
        try {
            return repositories.api(connection).people().mayWrite(connection.repository(), author.get())
                    ? Optional.empty()
                    : Optional.of("its author " + author.get().described() + " may not write to this repository");
        } catch (ForgeFailure failure) {
            if (!isFinal(failure)) {
                throw undecided("whether the author may write to this repository", failure);
            }
            return Optional.of("whether its author is one can't be found out: " + withoutStop(failure.getMessage()));
        }
    }

    @Override
    public Optional<String> approver(PullRequest request) {
        return memory.approvals().approver(connection.id(), job.name(), request);
    }

    @Override
    public Optional<CommitId> lastHandledHead(GitRef branch) {
        return memory.heads().of(connection.id(), branch.fullName()).map(SeenHeads.Head::commit);
    }

    @Override
    public ChangedFiles changedBetween(CommitId before, CommitId after) throws Undecided {
        return asked(
                "for the files that changed since commit " + before.shortHex(),
                api -> api.changes().between(connection.repository(), before, after));
    }

    @Override
    public ChangedFiles changedBy(PullRequest request) throws Undecided {
        return asked(
                "for the files that " + request.described() + " changes",
                api -> api.changes().of(connection.repository(), request));
    }

    private <T> T asked(String what, Asked<T> question) throws Undecided {
        try {
            return question.of(repositories.api(connection));
        } catch (ForgeFailure failure) {
            limits.heard(source.forge().host(), failure);
            throw undecided(what, failure);
        }
    }

    private static Undecided undecided(String what, ForgeFailure failure) {
        return new Undecided("Not decided yet: could not ask the forge " + what + ". " + failure.getMessage());
    }

    /** Whether asking again would be answered alike, until somebody changes the token's rights. */
    private static boolean isFinal(ForgeFailure failure) {
        return switch (failure.kind()) {
            case NOT_PERMITTED, NOT_FOUND, REFUSED -> true;
            default -> false;
        };
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    @FunctionalInterface
    private interface Asked<T> {
        T of(ForgeApi api) throws ForgeFailure;
    }
}

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.SkipMarker;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What deciding may ask: the forge for what only it knows, and the memory of what earlier events told. */
final class Knowledge {

    /** Commits of which it is remembered whether they are marked to be skipped, for events that don't tell their message. */
    static final int MOST_MARKED = 1_000;

    /** After so long a default branch that no event told is read again. */
    static final Duration DEFAULT_BRANCH_HOLDS = Duration.ofMinutes(5);

    private final Repositories repositories;
    private final Memory memory;
    private final RateLimits limits;
    private final PullRequestIndex pullRequests;
    private final Clock clock;
    private final Mode mode;
    /** By connection. */
    private final Map<String, DefaultBranch> defaultBranches;

    private final Map<CommitId, Boolean> marked;

    private static final class Marked extends LinkedHashMap<CommitId, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CommitId, Boolean> eldest) {
            return size() > MOST_MARKED;
        }
    }

    private record DefaultBranch(Optional<String> name, Instant knownAt) {}

    Knowledge(Repositories repositories, Memory memory, RateLimits limits, Clock clock) {
        this.repositories = repositories;
        this.memory = memory;
        this.limits = limits;
        this.clock = clock;
        this.mode = Mode.FIRST;
        this.pullRequests = new PullRequestIndex();
        this.defaultBranches = new ConcurrentHashMap<>();
        this.marked = Collections.synchronizedMap(new Marked());
    }

    private Knowledge(Knowledge shared, Mode mode) {
        this.repositories = shared.repositories;
        this.memory = shared.memory;
        this.limits = shared.limits;
        this.clock = shared.clock;
        this.mode = mode;
        this.pullRequests = shared.pullRequests;
        this.defaultBranches = shared.defaultBranches;
        this.marked = shared.marked;
    }

    /** The same, as an event is to know it that is decided in this mode. */
    Knowledge in(Mode other) {
        return new Knowledge(this, other);
    }

    /** Before deciding: what the event tells for events after it. */
    void learn(Connection connection, Event event) {
        if (event instanceof Event.PullRequestChanged changed) {
            pullRequests.learn(connection.id(), changed);
        }
        if (event instanceof Event.BranchPushed pushed) {
            pushed.headMessage().ifPresent(message -> marked.put(pushed.commit(), SkipMarker.isIn(message)));
        } else if (event instanceof Event.DefaultBranchChanged) {
            // It may have waited for long; the forge knows today's.
            defaultBranches.remove(connection.id());
        }
    }

    /** The forge listed all open pull requests. {@code later} are the keys of those of which something newer was heard. */
    void listed(Connection connection, List<PullRequest> open, Set<String> later) {
        pullRequests.listed(connection.id(), open, later);
    }

    /** Every job's decision about this event is made and carried out. */
    void handled(Connection connection, Event event, String arrival) {
        String id = connection.id();
        if (event instanceof Event.BranchPushed pushed) {
            memory.heads().saw(id, pushed.branch().fullName(), pushed.commit(), arrival);
        } else if (event instanceof Event.TagPushed pushed) {
            memory.heads().saw(id, pushed.tag().fullName(), pushed.commit(), arrival);
        } else if (event instanceof Event.RefDeleted deleted) {
            memory.heads().gone(id, deleted.ref().fullName(), arrival);
        } else if (event instanceof Event.PullRequestChanged changed) {
            PullRequest request = changed.pullRequest();
            if (changed.change() == Event.Change.CLOSED) {
                memory.heads().gone(id, SeenHeads.pullRequest(request.number()), arrival);
            } else if (changed.change() != Event.Change.RETARGETED) {
                // That one doesn't build, so it must not make a head look handled.
                memory.heads().saw(id, SeenHeads.head(request), request.head(), arrival);
            }
        }
    }

    /** It couldn't be decided: what it is about may be there, though it isn't among the heads that were handled. */
    void failed(Connection connection) {
        memory.heads().doubt(connection.id());
    }

    /** What overtook this event while it waited to be tried again, in words; empty when nothing did. */
    Optional<String> overtakenBy(Connection connection, Event event, String arrival) {
        Optional<String> back = keyOfGone(event)
                .flatMap(key -> lastHead(connection, key))
                .filter(later -> later.arrival().compareTo(arrival) > 0)
                .map(later -> "what it is about was pushed or opened again");
        return back.or(() -> overtakenHead(connection, event, arrival));
    }

    private static Optional<String> keyOfGone(Event event) {
        if (event instanceof Event.RefDeleted deleted) {
            return Optional.of(deleted.ref().fullName());
        }
        return event instanceof Event.PullRequestChanged changed && changed.change() == Event.Change.CLOSED
                ? Optional.of(SeenHeads.pullRequest(changed.pullRequest().number()))
                : Optional.empty();
    }

    private Optional<String> overtakenHead(Connection connection, Event event, String arrival) {
        return keyAndHead(event).flatMap(head -> {
            Optional<String> laterHead = lastHead(connection, head.getKey())
                    .filter(later -> later.arrival().compareTo(arrival) > 0)
                    .filter(later -> !later.commit().isSameAs(head.getValue()))
                    .map(later -> "a later one was handled, with head "
                            + later.commit().shortHex());
            return laterHead.or(() -> memory.heads()
                    .missingSince(connection.id(), head.getKey())
                    .filter(goneAt -> goneAt.compareTo(arrival) > 0)
                    .map(goneAt -> "what it is about was deleted or closed"));
        });
    }

    private Optional<SeenHeads.Head> lastHead(Connection connection, String key) {
        return memory.heads()
                .of(connection.id(), key)
                .or(() -> SeenHeads.other(key).flatMap(other -> memory.heads().of(connection.id(), other)));
    }

    private static Optional<Map.Entry<String, CommitId>> keyAndHead(Event event) {
        if (event instanceof Event.BranchPushed pushed) {
            return Optional.of(Map.entry(pushed.branch().fullName(), pushed.commit()));
        }
        if (event instanceof Event.TagPushed pushed) {
            return Optional.of(Map.entry(pushed.tag().fullName(), pushed.commit()));
        }
        if (event instanceof Event.PullRequestChanged changed && changed.change() != Event.Change.CLOSED) {
            PullRequest request = changed.pullRequest();
            return Optional.of(Map.entry(SeenHeads.pullRequest(request.number()), request.head()));
        }
        return Optional.empty();
    }

    Situation situation(Source source, WatchingJob job) {
        Connection connection = source.connection();
        return new Situation() {
            @Override
            public boolean isJobDisabled() {
                return job.isDisabled();
            }

            @Override
            public Optional<String> defaultBranch() throws Undecided {
                DefaultBranch known = defaultBranches.get(connection.id());
                if (known == null || !known.knownAt().plus(DEFAULT_BRANCH_HOLDS).isAfter(clock.instant())) {
                    known = new DefaultBranch(
                            asked(
                                    "its default branch",
                                    api -> api.repositories()
                                            .current(connection.repository())
                                            .defaultBranch()),
                            clock.instant());
                    defaultBranches.put(connection.id(), known);
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
                    pullRequests.forget(id);
                }
                if (!hearsAll) {
                    return askedForOpen(branch);
                }
                Optional<List<PullRequest>> known = pullRequests.from(id, branch.shortName());
                if (known.isPresent()) {
                    return known.get();
                }
                List<PullRequest> open = askedForOpen(branch);
                // A dry run doesn't take its turn: its answer may be older than what is learnt meanwhile.
                if (mode != Mode.DRY_RUN) {
                    pullRequests.asked(id, branch.shortName(), open);
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
                Boolean known = marked.get(commit);
                if (known != null) {
                    return known;
                }
                try {
                    boolean says = SkipMarker.isIn(
                            repositories.api(connection).refs().message(connection.repository(), commit));
                    marked.put(commit, says);
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
                        ? lastHead(connection, SeenHeads.head(pullRequest))
                        : memory.heads().of(connection.id(), SeenHeads.head(pullRequest));
                return seen.filter(head -> head.commit().isSameAs(pullRequest.head()))
                        .isPresent();
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
                            : Optional.of(
                                    "its author " + author.get().described() + " may not write to this repository");
                } catch (ForgeFailure failure) {
                    if (!isFinal(failure)) {
                        throw undecided("whether the author may write to this repository", failure);
                    }
                    return Optional.of(
                            "whether its author is one can't be found out: " + withoutStop(failure.getMessage()));
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
        };
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

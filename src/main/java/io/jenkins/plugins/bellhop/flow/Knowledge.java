package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.SkipMarker;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What deciding may ask: the forge for what only it knows, and the memory of what earlier events told. */
final class Knowledge {

    /** Commits of which it is remembered whether they are marked to be skipped, for events that don't tell their message. */
    static final int MOST_MARKED = 1_000;

    private final Repositories repositories;
    private final SeenHeads seen;
    private final RateLimits limits;
    private final Map<CommitId, Boolean> marked = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CommitId, Boolean> eldest) {
            return size() > MOST_MARKED;
        }
    });

    Knowledge(Repositories repositories, SeenHeads seen, RateLimits limits) {
        this.repositories = repositories;
        this.limits = limits;
        this.seen = seen;
    }

    /** Before deciding: what the event tells for events after it. */
    void learn(Event event) {
        if (event instanceof Event.BranchPushed pushed) {
            pushed.headMessage().ifPresent(message -> marked.put(pushed.commit(), SkipMarker.isIn(message)));
        }
    }

    /** Every job's decision about this event is made and carried out. */
    void handled(Connection connection, Event event, String arrival) {
        String id = connection.id();
        if (event instanceof Event.BranchPushed pushed) {
            seen.saw(id, pushed.branch().fullName(), pushed.commit(), arrival);
        } else if (event instanceof Event.TagPushed pushed) {
            seen.saw(id, pushed.tag().fullName(), pushed.commit(), arrival);
        } else if (event instanceof Event.RefDeleted deleted) {
            seen.gone(id, deleted.ref().fullName(), arrival);
        } else if (event instanceof Event.PullRequestChanged changed) {
            String key = SeenHeads.pullRequest(changed.pullRequest().number());
            if (changed.change() == Event.Change.CLOSED) {
                seen.gone(id, key, arrival);
            } else if (changed.change() != Event.Change.RETARGETED) {
                // That one doesn't build, so it must not make a head look handled.
                seen.saw(id, key, changed.pullRequest().head(), arrival);
            }
        }
    }

    /** What overtook this event while it waited to be tried again, in words; empty when nothing did. */
    Optional<String> overtakenBy(Connection connection, Event event, String arrival) {
        return keyAndHead(event).flatMap(head -> {
            Optional<String> laterHead = seen.of(connection.id(), head.getKey())
                    .filter(later -> later.arrival().compareTo(arrival) > 0)
                    .filter(later -> !later.commit().isSameAs(head.getValue()))
                    .map(later -> "a later one was handled, with head "
                            + later.commit().shortHex());
            return laterHead.or(() -> seen.goneAt(connection.id(), head.getKey())
                    .filter(goneAt -> goneAt.compareTo(arrival) > 0)
                    .map(goneAt -> "what it is about was deleted or closed"));
        });
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
                return asked(
                        "its default branch",
                        api -> api.repositories()
                                .current(connection.repository())
                                .defaultBranch());
            }

            @Override
            public boolean hasOpenPullRequest(GitRef branch) throws Undecided {
                return asked(
                        "whether " + branch.described() + " has an open pull request",
                        api -> !api.pullRequests()
                                .openFrom(connection.repository(), branch.shortName())
                                .isEmpty());
            }

            @Override
            public boolean isMarkedToSkip(CommitId commit) {
                return marked.getOrDefault(commit, false);
            }

            @Override
            public boolean isFoundMarkedToSkip(CommitId commit) throws Undecided {
                Boolean known = marked.get(commit);
                if (known == null) {
                    known = SkipMarker.isIn(asked(
                            "for the message of commit " + commit.shortHex(),
                            api -> api.refs().message(connection.repository(), commit)));
                    marked.put(commit, known);
                }
                return known;
            }

            @Override
            public boolean isBuiltAlready(Subject subject) {
                return job.isBuiltAlready(subject);
            }

            @Override
            public boolean isLastSeenHead(PullRequest pullRequest) {
                return seen.of(connection.id(), SeenHeads.pullRequest(pullRequest.number()))
                        .filter(head -> head.commit().isSameAs(pullRequest.head()))
                        .isPresent();
            }

            @Override
            public boolean canFetchForks() {
                return source.forge().pullRequestRef(1).isPresent();
            }

            private <T> T asked(String what, Asked<T> question) throws Undecided {
                try {
                    return question.of(repositories.api(connection));
                } catch (ForgeFailure failure) {
                    limits.heard(source.forge().host(), failure);
                    throw new Undecided(
                            "Not decided yet: could not ask the forge " + what + ". " + failure.getMessage());
                }
            }
        };
    }

    @FunctionalInterface
    private interface Asked<T> {
        T of(ForgeApi api) throws ForgeFailure;
    }
}

package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What deciding may ask: the forge for what only it knows, and the memory of what earlier events told. */
final class Knowledge {

    private final Repositories repositories;
    private final Memory memory;
    private final Learnt learnt;
    private final RateLimits limits;
    private final Clock clock;
    private final Mode mode;

    Knowledge(Repositories repositories, Memory memory, RateLimits limits, Clock clock) {
        this(repositories, memory, new Learnt(), limits, clock, Mode.FIRST);
    }

    private Knowledge(
            Repositories repositories, Memory memory, Learnt learnt, RateLimits limits, Clock clock, Mode mode) {
        this.repositories = repositories;
        this.memory = memory;
        this.learnt = learnt;
        this.limits = limits;
        this.clock = clock;
        this.mode = mode;
    }

    /** The same, as an event is to know it that is decided in this mode. */
    Knowledge in(Mode other) {
        return new Knowledge(repositories, memory, learnt, limits, clock, other);
    }

    Situation situation(Source source, WatchingJob job) {
        return new KnownSituation(repositories, memory, learnt, limits, clock, mode, source, job);
    }

    /** Before deciding: what the event tells for events after it. */
    void learn(Connection connection, Event event) {
        learnt.learn(connection.id(), event);
    }

    /** The connection is gone. */
    void forget(String connectionId) {
        learnt.forget(connectionId);
    }

    /** The forge listed all open pull requests. {@code later} are the keys of those of which something newer was heard. */
    void listed(Connection connection, List<PullRequest> open, Set<String> later) {
        learnt.pullRequests().listed(connection.id(), open, later);
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
                .flatMap(key -> memory.heads().last(connection.id(), key))
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
            Optional<String> laterHead = memory.heads()
                    .last(connection.id(), head.getKey())
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
}

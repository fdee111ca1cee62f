package io.jenkins.plugins.bellhop.sandbox.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.decide.Decider;
import io.jenkins.plugins.bellhop.decide.Decision;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.Optional;

/** What one case means, as one object of the output. */
final class Explanation implements Reading.Cases<Void> {

    private final ArrayNode events = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode decisions = JsonNodeFactory.instance.arrayNode();
    private final Watch watch;
    private final Situation situation;

    private Explanation(Case question, Forge forge) {
        watch = question.order();
        situation = situation(question, forge);
    }

    static ObjectNode of(Case question, Forge forge, VerifiedDelivery delivery) throws UnreadablePayload {
        Explanation explanation = new Explanation(question, forge);
        forge.dialect().read(delivery).match(explanation);
        return explanation.line(question.name(), null);
    }

    static ObjectNode error(JsonNode name, String error) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.set("case", name);
        line.putArray("events");
        line.putArray("decisions");
        return line.put("error", error);
    }

    private ObjectNode line(JsonNode name, String error) {
        ObjectNode line = error(name, error);
        line.set("events", events);
        line.set("decisions", decisions);
        return line;
    }

    @Override
    public Void happened(Reading.Happened reading) {
        for (Event event : reading.events()) {
            events.add(isUnchanged(event) ? EventLine.unchanged(event) : EventLine.of(event));
            decide(event);
        }
        return null;
    }

    @Override
    public Void ping(Reading.Ping reading) {
        return nothingToDecide(
                "ping", reading.repository(), "Not built: the forge only tries whether the hook answers.");
    }

    @Override
    public Void ignored(Reading.Ignored reading) {
        return nothingToDecide("ignored", reading.repository(), "Not built: " + reading.why());
    }

    private Void nothingToDecide(String kind, Optional<RepositoryName> repository, String reason) {
        ObjectNode event = EventLine.kind(kind);
        repository.ifPresent(name -> event.put("repository", name.toString()));
        events.add(event);
        decided(false, reason);
        return null;
    }

    /** What brings no new commit. */
    private boolean isUnchanged(Event event) {
        return event instanceof Event.PullRequestChanged changed
                && (changed.change() == Event.Change.DRAFTED
                        || changed.change() == Event.Change.TOUCHED && situation.isLastSeenHead(changed.pullRequest()));
    }

    private void decide(Event event) {
        try {
            Decision decision = Decider.decide(event, watch, situation);
            decided(decision.match(build -> true, skip -> false), decision.reason());
        } catch (Undecided e) {
            decided(false, e.getMessage());
        }
    }

    private void decided(boolean build, String reason) {
        decisions.addObject().put("build", build).put("reason", reason);
    }

    private static Situation situation(Case question, Forge forge) {
        return new Situation() {
            @Override
            public Optional<String> defaultBranch() {
                return question.defaultBranch();
            }

            @Override
            public boolean hasOpenPullRequest(GitRef branch) {
                return question.openPullRequestBranches().contains(branch.shortName());
            }

            @Override
            public boolean isMarkedToSkip(CommitId commit) {
                return false;
            }

            @Override
            public boolean isLastSeenHead(PullRequest pullRequest) {
                return !pullRequest.fork()
                        && question.head(pullRequest.headBranch())
                                .filter(pullRequest.head()::isSameAs)
                                .isPresent();
            }

            @Override
            public boolean canFetchForks() {
                return forge.pullRequestRef(1).isPresent();
            }

            @Override
            public Optional<String> approver(PullRequest pullRequest) {
                return question.approvedCommits().contains(pullRequest.head().hex())
                        ? Optional.of("repository.approvedCommits")
                        : Optional.empty();
            }

            @Override
            public ChangedFiles changedBetween(CommitId before, CommitId after) {
                return question.changedFiles();
            }

            @Override
            public ChangedFiles changedBy(PullRequest pullRequest) {
                return question.changedFiles();
            }

            @Override
            public boolean isBuiltAlready(Subject subject) {
                return false;
            }
        };
    }
}

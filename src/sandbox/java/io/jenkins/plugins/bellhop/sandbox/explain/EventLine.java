package io.jenkins.plugins.bellhop.sandbox.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;

/** An event as the output shows it; members that don't apply are left out. */
final class EventLine implements Event.Cases<ObjectNode> {

    static ObjectNode of(Event event) {
        return event.match(new EventLine());
    }

    static ObjectNode unchanged(Event event) {
        return of("ignored", event);
    }

    static ObjectNode kind(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }

    @Override
    public ObjectNode branchPushed(Event.BranchPushed event) {
        return withRef("push", event, event.branch())
                .put("commit", event.commit().hex());
    }

    @Override
    public ObjectNode tagPushed(Event.TagPushed event) {
        return withRef("tag", event, event.tag()).put("commit", event.commit().hex());
    }

    @Override
    public ObjectNode refDeleted(Event.RefDeleted event) {
        String kind = event.ref().isTag() ? "tag-deleted" : "branch-deleted";
        return withRef(kind, event, event.ref())
                .put("commit", event.lastCommit().hex());
    }

    @Override
    public ObjectNode pullRequestChanged(Event.PullRequestChanged event) {
        PullRequest request = event.pullRequest();
        return of(kindOf(event.change()), event)
                .put("branch", request.headBranch())
                .put("commit", request.head().hex())
                .put("fork", request.fork())
                .put("number", request.number());
    }

    private static String kindOf(Event.Change change) {
        return switch (change) {
            case OPENED, REOPENED -> "pr-opened";
            case UPDATED, READY, RETARGETED, TOUCHED, APPROVED -> "pr-updated";
            case DRAFTED -> "ignored";
            case CLOSED -> "pr-closed";
        };
    }

    @Override
    public ObjectNode repositoryRenamed(Event.RepositoryRenamed event) {
        return of("renamed", event);
    }

    @Override
    public ObjectNode repositoryDeleted(Event.RepositoryDeleted event) {
        return of("ignored", event);
    }

    @Override
    public ObjectNode defaultBranchChanged(Event.DefaultBranchChanged event) {
        return of("default-branch-changed", event).put("branch", event.newDefault());
    }

    @Override
    public ObjectNode headsUnknown(Event.HeadsUnknown event) {
        return of("compare-heads", event);
    }

    private static ObjectNode of(String kind, Event event) {
        return kind(kind).put("repository", event.repository().name().toString());
    }

    private static ObjectNode withRef(String kind, Event event, GitRef ref) {
        return of(kind, event).put(ref.isTag() ? "tag" : "branch", ref.shortName());
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequestAction;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The bodies of webhooks. */
final class Payloads {

    /** A push lists no more commits than this, the newest first. */
    private static final int MAX_COMMITS = 5;

    private final Shapes shapes;
    private final PullShapes pulls;
    private final Installation installation;

    Payloads(Shapes shapes, PullShapes pulls, Installation installation) {
        this.shapes = shapes;
        this.pulls = pulls;
        this.installation = installation;
    }

    ObjectNode refsChanged(SandboxRepository repository, List<RefChange> changes, String sender) {
        ObjectNode json = refs("repo:refs_changed", repository, changes, sender);
        if (!installation.old()) {
            addCommits(json, repository, changes);
        }
        return json;
    }

    /** A mirror gives up naming the changes when there are too many. */
    ObjectNode synchronised(
            SandboxRepository repository, List<RefChange> changes, boolean refLimitExceeded, String sender) {
        ObjectNode json = refs("mirror:repo_synchronized", repository, refLimitExceeded ? List.of() : changes, sender);
        json.set("mirrorServer", Json.object().put("id", "SAND-BOX0-0000-0001").put("name", "Mirror"));
        return json.put("syncType", "INCREMENTAL").put("refLimitExceeded", refLimitExceeded);
    }

    ObjectNode pullRequest(PullRequest pull, PullRequestAction action, String previous, String event, String sender) {
        ObjectNode json = started(event, sender);
        json.set("pullRequest", pulls.pull(pull));
        if (action == PullRequestAction.UPDATED) {
            return json.put("previousFromHash", previous);
        }
        return event.equals("pr:modified") ? withPrevious(json, pull, action, previous) : json;
    }

    ObjectNode modified(SandboxRepository repository, String oldOwner, String oldName, String sender) {
        ObjectNode json = started("repo:modified", sender);
        json.set("old", shapes.repository(repository, oldOwner, oldName));
        json.set("new", shapes.repository(repository));
        return json;
    }

    private ObjectNode refs(String event, SandboxRepository repository, List<RefChange> changes, String sender) {
        ObjectNode json = started(event, sender);
        json.set("repository", shapes.repository(repository));
        json.set("changes", Json.array(changes.stream().map(this::change).toList()));
        return json;
    }

    private ObjectNode change(RefChange change) {
        ObjectNode json = Json.object();
        json.set("ref", shapes.displayed(change.ref()));
        return json.put("refId", change.ref())
                .put("fromHash", change.before())
                .put("toHash", change.after())
                .put("type", kind(change));
    }

    private static String kind(RefChange change) {
        if (change.created()) {
            return "ADD";
        }
        return change.deleted() ? "DELETE" : "UPDATE";
    }

    private void addCommits(ObjectNode json, SandboxRepository repository, List<RefChange> changes) {
        List<CommitFacts> brought = new ArrayList<>();
        for (RefChange change : changes) {
            List<CommitFacts> commits =
                    new ArrayList<>(repository.git().history().broughtBy(change, MAX_COMMITS));
            Collections.reverse(commits);
            brought.addAll(commits);
        }
        if (brought.isEmpty()) {
            return;
        }
        json.set(
                "commits",
                Json.array(
                        brought.stream().limit(MAX_COMMITS).map(shapes::commit).toList()));
        json.set("toCommit", shapes.commit(brought.get(0)));
    }

    /** All that can be modified is named as it was before, changed or not. */
    private ObjectNode withPrevious(ObjectNode json, PullRequest pull, PullRequestAction action, String previous) {
        boolean retargeted = action == PullRequestAction.RETARGETED;
        String target = "refs/heads/" + (retargeted ? previous : pull.baseBranch());
        String commit = pull.base().git().resolve(target).orElse(pull.baseSha());
        json.put("previousTitle", action == PullRequestAction.RETITLED ? previous : pull.title())
                .put("previousDescription", "");
        json.set(
                "previousTarget",
                shapes.displayed(target).put("latestCommit", commit).put("latestChangeset", commit));
        if (!installation.old()) {
            boolean draftChanged = action == PullRequestAction.READY || action == PullRequestAction.DRAFTED;
            json.put("previousDraft", draftChanged != pull.draft());
        }
        return json;
    }

    private ObjectNode started(String event, String sender) {
        ObjectNode json = Json.object().put("eventKey", event).put("date", Dates.text(Instant.now()));
        json.set("actor", shapes.user(sender));
        return json;
    }
}

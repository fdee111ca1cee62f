package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The bodies of webhooks. */
final class Payloads {

    /** A change lists no more commits than this, the newest first. */
    private static final int MAX_COMMITS = 5;

    private final Shapes shapes;
    private final PullShapes pulls;
    private final Links links;

    Payloads(Shapes shapes, PullShapes pulls, Links links) {
        this.shapes = shapes;
        this.pulls = pulls;
        this.links = links;
    }

    ObjectNode push(SandboxRepository repository, List<RefChange> changes, String sender) {
        ObjectNode json = Json.object();
        json.withObject("/push")
                .set(
                        "changes",
                        Json.array(changes.stream()
                                .map(change -> change(repository, change))
                                .toList()));
        return ending(json, repository, sender);
    }

    /** It doesn't say what about the pull request changed. */
    ObjectNode pullRequest(PullRequest pull, String sender) {
        ObjectNode json = ending(Json.object(), pull.base(), sender);
        json.set("pullrequest", pulls.pull(pull));
        return json;
    }

    ObjectNode renamed(SandboxRepository repository, String oldName, String sender) {
        ObjectNode json = ending(Json.object(), repository, sender);
        String owner = Links.slug(repository.owner());
        String oldPath = owner + "/" + Links.slug(oldName);
        change(json, "name", oldName, repository.name());
        change(json, "full_name", oldPath, Links.path(repository));
        ObjectNode addresses = json.withObject("/changes/links");
        addresses.set("new", links.brief(repository));
        addresses.set(
                "old",
                links.selfAndPage(
                        links.site().api() + "/repositories/" + oldPath,
                        links.site().web() + "/" + oldPath));
        return json;
    }

    /** For events that have nothing to say beside whom they are about, such as a transfer or a deletion. */
    ObjectNode about(SandboxRepository repository, String sender) {
        return ending(Json.object(), repository, sender);
    }

    private ObjectNode change(SandboxRepository repository, RefChange change) {
        List<CommitFacts> brought = new ArrayList<>(repository.git().history().broughtBy(change, MAX_COMMITS + 1));
        Collections.reverse(brought);
        ObjectNode json = Json.object();
        json.set("old", change.created() ? null : shapes.ref(repository, change.ref(), change.before()));
        json.set("new", change.deleted() ? null : shapes.ref(repository, change.ref(), change.after()));
        json.put("truncated", brought.size() > MAX_COMMITS)
                .put("created", change.created())
                .put("forced", change.forced())
                .put("closed", change.deleted());
        json.set("links", Json.object());
        json.withObject("/links").set("commits", Links.href(links.api(repository) + "/commits"));
        if (!change.deleted() && !change.isTag()) {
            json.set(
                    "commits",
                    Json.array(brought.stream()
                            .limit(MAX_COMMITS)
                            .map(commit -> shapes.commit(repository, commit))
                            .toList()));
        }
        return json;
    }

    private ObjectNode ending(ObjectNode json, SandboxRepository repository, String sender) {
        json.set("repository", shapes.told(repository));
        json.set("actor", shapes.user(sender));
        return json;
    }

    private static void change(ObjectNode json, String member, String before, String after) {
        json.withObject("/changes").set(member, Json.object().put("old", before).put("new", after));
    }
}

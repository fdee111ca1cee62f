package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.Optional;

/** The JSON of pull requests. */
final class PullShapes {

    private final Addresses addresses;
    private final Shapes shapes;

    PullShapes(Addresses addresses, Shapes shapes) {
        this.addresses = addresses;
        this.shapes = shapes;
    }

    /** The form in lists, which says neither whether it was merged (but when) nor whether it could be. */
    ObjectNode listed(PullRequest pull) {
        String rest = addresses.rest(pull.base()) + "/pulls/" + pull.number();
        ObjectNode json = Json.object()
                .put("url", rest)
                .put("id", pull.id())
                .put("node_id", "PR_sandbox" + pull.id())
                .put("html_url", addresses.page(pull.base()) + "/pull/" + pull.number())
                .put("number", pull.number())
                .put("state", pull.open() ? "open" : "closed")
                .put("locked", false)
                .put("title", pull.title());
        json.set("user", shapes.account(pull.author()));
        json.putNull("body")
                .put("created_at", Json.time(pull.createdAt()))
                .put("updated_at", Json.time(pull.updatedAt()))
                .put("closed_at", Json.time(pull.closedAt()))
                .put("merged_at", pull.merged() ? Json.time(pull.closedAt()) : null)
                .put("merge_commit_sha", pull.mergeSha().orElse(null));
        json.set(
                "labels",
                Json.array(pull.labels().stream()
                        .map(label -> Json.object().put("name", label))
                        .toList()));
        json.put("draft", pull.draft())
                .put("commits_url", rest + "/commits")
                .put("statuses_url", addresses.rest(pull.base()) + "/statuses/" + pull.headSha());
        json.set("head", end(pull.headOwner(), pull.headBranch(), pull.headSha(), pull.head()));
        json.set("base", end(pull.base().owner(), pull.baseBranch(), pull.baseSha(), Optional.of(pull.base())));
        json.withObject("/_links/self").put("href", rest);
        json.withObject("/_links/html").put("href", addresses.page(pull.base()) + "/pull/" + pull.number());
        json.withObject("/_links/statuses").put("href", addresses.rest(pull.base()) + "/statuses/" + pull.headSha());
        json.put("author_association", association(pull.base(), pull.author()));
        return json;
    }

    /** The form of a single pull request and of webhooks. */
    ObjectNode full(PullRequest pull) {
        ObjectNode json = listed(pull);
        json.put("merged", pull.merged());
        if (pull.open()) {
            json.put("mergeable", pull.mergeable()).put("mergeable_state", pull.mergeable() ? "clean" : "dirty");
        } else {
            json.putNull("mergeable").put("mergeable_state", "unknown");
        }
        return json;
    }

    private ObjectNode end(String owner, String branch, String sha, Optional<SandboxRepository> repository) {
        ObjectNode json = Json.object()
                .put("label", owner + ":" + branch)
                .put("ref", branch)
                .put("sha", sha);
        json.set("user", shapes.account(owner));
        json.set("repo", repository.map(shapes::repository).orElse(null));
        return json;
    }

    private static String association(SandboxRepository repository, String login) {
        if (repository.owner().equalsIgnoreCase(login)) {
            return "OWNER";
        }
        if (repository.account().hasMember(login)) {
            return "MEMBER";
        }
        return repository.settings().hasCollaborator(login) ? "COLLABORATOR" : "NONE";
    }
}

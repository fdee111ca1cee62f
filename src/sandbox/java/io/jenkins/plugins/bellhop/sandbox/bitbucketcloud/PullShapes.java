package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Optional;

/** The JSON of pull requests, in which commits are named by the first twelve digits. */
final class PullShapes {

    private final Shapes shapes;
    private final Links links;

    PullShapes(Shapes shapes, Links links) {
        this.shapes = shapes;
        this.links = links;
    }

    ObjectNode pull(PullRequest pull) {
        SandboxRepository base = pull.base();
        ObjectNode json = Json.object()
                .put("comment_count", 0)
                .put("task_count", 0)
                .put("type", "pullrequest")
                .put("id", pull.number())
                .put("title", pull.title())
                .put("description", "")
                .put("state", state(pull))
                .put("draft", pull.draft());
        json.set(
                "merge_commit",
                pull.merged() ? commit(Optional.of(base), pull.mergeSha().orElseThrow()) : null);
        json.put("close_source_branch", false);
        json.set("closed_by", pull.open() ? null : shapes.user(pull.author()));
        json.set("author", shapes.user(pull.author()));
        json.put("reason", "")
                .put("created_on", Shapes.time(pull.createdAt()))
                .put("updated_on", Shapes.time(pull.updatedAt()));
        json.set("destination", end(pull.baseBranch(), pull.baseSha(), Optional.of(base)));
        json.set("source", end(pull.headBranch(), pull.headSha(), pull.head()));
        json.set("reviewers", Json.array(List.of()));
        json.set("participants", Json.array(List.of()));
        json.set("links", addresses(pull));
        json.set("summary", Shapes.rendered(""));
        return json.put("queued", false);
    }

    /** In a list without the people in it, whom Bitbucket shows only when one is asked for. */
    ObjectNode listed(PullRequest pull) {
        return pull(pull).without(List.of("reviewers", "participants"));
    }

    static String state(PullRequest pull) {
        if (pull.open()) {
            return "OPEN";
        }
        return pull.merged() ? "MERGED" : "DECLINED";
    }

    /** A repository that was deleted is null; its branch and commit are still named. */
    private ObjectNode end(String branch, String sha, Optional<SandboxRepository> repository) {
        ObjectNode json = Json.object();
        json.set("branch", Json.object().put("name", branch));
        json.set("commit", commit(repository, sha));
        json.set("repository", repository.map(shapes::brief).orElse(null));
        return json;
    }

    private JsonNode commit(Optional<SandboxRepository> repository, String sha) {
        String hash = Shapes.shortHash(sha);
        return repository
                .map(holder -> shapes.commit(holder, hash))
                .orElseGet(() -> Json.object().put("type", "commit").put("hash", hash));
    }

    private ObjectNode addresses(PullRequest pull) {
        String self = links.api(pull.base()) + "/pullrequests/" + pull.number();
        ObjectNode json = links.selfAndPage(self, links.page(pull.base()) + "/pull-requests/" + pull.number());
        for (String name : List.of("commits", "approve", "diff", "comments", "activity", "merge", "decline")) {
            json.set(name, Links.href(self + "/" + name));
        }
        json.set("statuses", Links.href(self + "/statuses"));
        return json;
    }
}

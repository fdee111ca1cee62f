package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Optional;

/** The JSON of pull requests. */
final class PullShapes {

    private final Shapes shapes;
    private final Names names;
    private final Dates dates;
    private final Installation installation;

    PullShapes(Shapes shapes, Names names, Dates dates, Installation installation) {
        this.shapes = shapes;
        this.names = names;
        this.dates = dates;
        this.installation = installation;
    }

    ObjectNode pull(PullRequest pull) {
        ObjectNode json = Json.object()
                .put("id", pull.number())
                .put("version", pull.open() ? 0 : 1)
                .put("title", pull.title())
                .put("description", "")
                .put("state", state(pull))
                .put("open", pull.open())
                .put("closed", !pull.open());
        if (!installation.old()) {
            json.put("draft", pull.draft());
        }
        json.set("createdDate", dates.of(pull.createdAt()));
        json.set("updatedDate", dates.of(pull.updatedAt()));
        pull.closedAt().ifPresent(time -> json.set("closedDate", dates.of(time)));
        json.set("fromRef", end(pull.headBranch(), pull.headSha(), pull.head()));
        json.set("toRef", end(pull.baseBranch(), pull.baseSha(), Optional.of(pull.base())));
        json.put("locked", false);
        ObjectNode author = Json.object();
        author.set("user", shapes.user(pull.author()));
        author.put("role", "AUTHOR").put("approved", false).put("status", "UNAPPROVED");
        json.set("author", author);
        json.set("reviewers", Json.array(List.of()));
        json.set("participants", Json.array(List.of()));
        if (pull.merged()) {
            json.withObject("/properties")
                    .set("mergeCommit", Shapes.pointer(pull.mergeSha().orElseThrow()));
        }
        json.set("links", Names.self(names.page(pull.base()) + "/pull-requests/" + pull.number()));
        return json;
    }

    static String state(PullRequest pull) {
        if (pull.open()) {
            return "OPEN";
        }
        return pull.merged() ? "MERGED" : "DECLINED";
    }

    private ObjectNode end(String branch, String sha, Optional<SandboxRepository> repository) {
        ObjectNode json = shapes.displayed("refs/heads/" + branch).put("latestCommit", sha);
        repository.ifPresent(holder -> json.set("repository", shapes.repository(holder)));
        return json;
    }
}

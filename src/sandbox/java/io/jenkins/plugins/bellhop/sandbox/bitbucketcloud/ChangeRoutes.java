package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.FileChange;
import io.jenkins.plugins.bellhop.sandbox.state.History;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Locale;

/** What differs between commits. */
final class ChangeRoutes {

    private final Shapes shapes;
    private final Links links;

    ChangeRoutes(Shapes shapes, Links links) {
        this.shapes = shapes;
        this.links = links;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/diffstat/{}", Need.READ, this::compare),
                Route.of("GET", "/pullrequests/{}/diffstat", Need.PULLS, this::ofPull));
    }

    /** The later commit comes first; with {@code topic} its common ancestor with the other one is compared. */
    private Answer compare(Call call) {
        SandboxRepository repository = call.repository();
        History history = repository.git().history();
        String[] ends = call.variable(0).split("\\.\\.", 2);
        String after = sha(history, ends[0]);
        String before = sha(history, ends.length > 1 ? ends[1] : ends[0] + "~1");
        if (call.parameter("topic", "false").equals("true")) {
            before = history.mergeBase(before, after).orElseThrow(Refused::notFound);
        }
        String from = before;
        return Pages.of(
                call,
                history.between(before, after).stream()
                        .map(change -> diffstat(repository, from, after, change))
                        .toList());
    }

    private static String sha(History history, String name) {
        return history.commit(name).orElseThrow(Refused::notFound).sha();
    }

    private ObjectNode diffstat(SandboxRepository repository, String before, String after, FileChange change) {
        boolean added = change.kind() == FileChange.Kind.ADDED;
        boolean removed = change.kind() == FileChange.Kind.REMOVED;
        ObjectNode json = Json.object()
                .put("type", "diffstat")
                .put("status", change.kind().name().toLowerCase(Locale.ROOT))
                .put("lines_added", removed ? 0 : 1)
                .put("lines_removed", added ? 0 : 1);
        json.set("old", added ? null : file(repository, before, change.path()));
        json.set("new", removed ? null : file(repository, after, change.path()));
        return json;
    }

    private JsonNode file(SandboxRepository repository, String commit, String path) {
        ObjectNode json =
                Json.object().put("type", "commit_file").put("path", path).put("escaped_path", path);
        json.set("commit", shapes.commit(repository, commit));
        json.withObject("/links").set("self", Links.href(links.api(repository) + "/src/" + commit + "/" + path));
        return json;
    }

    private Answer ofPull(Call call) {
        PullRequest pull = call.repository().pulls().all().stream()
                .filter(one -> one.number() == call.id(0))
                .findFirst()
                .orElseThrow(Refused::notFound);
        String location = links.api(pull.base()) + "/diffstat/" + pull.headSha() + ".." + pull.baseSha()
                + "?from_pullrequest_id=" + pull.number() + "&topic=true";
        return Answer.empty(302).with("Location", location);
    }
}

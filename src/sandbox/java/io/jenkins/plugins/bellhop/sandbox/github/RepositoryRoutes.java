package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A repository, its branches, refs, commits and files. */
final class RepositoryRoutes {

    private final Addresses addresses;
    private final Shapes shapes;

    RepositoryRoutes(Addresses addresses, Shapes shapes) {
        this.addresses = addresses;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "", Need.METADATA, this::get),
                Route.of("GET", "/branches", Need.CONTENTS, this::branches),
                Route.of("GET", "/branches/{+}", Need.CONTENTS, this::branch),
                Route.of("GET", "/tags", Need.METADATA, this::tags),
                Route.of("GET", "/git/ref/{+}", Need.CONTENTS, this::ref),
                Route.of("GET", "/git/matching-refs/{+}", Need.CONTENTS, this::matchingRefs),
                Route.of("GET", "/contents/{+}", Need.CONTENTS, this::file),
                Route.of("GET", "/commits/{+}", Need.CONTENTS, this::commit));
    }

    private Answer get(Call call) {
        return call.ok(shapes.repository(call.repository(), call.token().login()));
    }

    private Answer branches(Call call) {
        return Answers.page(
                call,
                refs(call, "refs/heads/").stream()
                        .map(ref -> named(call.repository(), ref, "refs/heads/").put("protected", false))
                        .toList());
    }

    private Answer branch(Call call) {
        return refs(call, "refs/heads/").stream()
                .filter(ref -> ref.getKey().equals("refs/heads/" + call.variable(0)))
                .findFirst()
                .map(ref -> call.ok(named(call.repository(), ref, "refs/heads/").put("protected", false)))
                .orElseThrow(Refused::notFound);
    }

    /** Annotated tags are shown with the commit they lead to. */
    private Answer tags(Call call) {
        return Answers.page(
                call,
                refs(call, "refs/tags/").stream()
                        .map(ref -> named(
                                call.repository(),
                                Map.entry(
                                        ref.getKey(),
                                        commit(call, ref.getValue()).sha()),
                                "refs/tags/"))
                        .toList());
    }

    private Answer ref(Call call) {
        return refs(call, "refs/" + call.variable(0)).stream()
                .filter(ref -> ref.getKey().equals("refs/" + call.variable(0)))
                .findFirst()
                .map(ref -> call.ok(object(call.repository(), ref)))
                .orElseThrow(Refused::notFound);
    }

    /** All refs that begin so; none is an empty list. */
    private Answer matchingRefs(Call call) {
        return Answers.page(
                call,
                refs(call, "refs/").stream()
                        .filter(ref -> ref.getKey().startsWith("refs/" + call.variable(0)))
                        .map(ref -> object(call.repository(), ref))
                        .toList());
    }

    private Answer file(Call call) {
        SandboxRepository repository = call.repository();
        String path = call.variable(0);
        String commit =
                commit(call, call.parameter("ref", repository.defaultBranch())).sha();
        byte[] content = repository.git().history().file(commit, path).orElseThrow(Refused::notFound);
        return call.ok(Json.object()
                .put("type", "file")
                .put("encoding", "base64")
                .put("size", content.length)
                .put("name", path.substring(path.lastIndexOf('/') + 1))
                .put("path", path)
                .put("content", Base64.getMimeEncoder().encodeToString(content))
                .put("url", addresses.rest(repository) + "/contents/" + path));
    }

    private Answer commit(Call call) {
        return call.ok(shapes.commit(call.repository(), commit(call, call.variable(0))));
    }

    private static CommitFacts commit(Call call, String name) {
        return call.repository().git().history().commit(name).orElseThrow(Refused::notFound);
    }

    private static List<Map.Entry<String, String>> refs(Call call, String prefix) {
        return List.copyOf(call.repository().git().refs(prefix).entrySet());
    }

    private ObjectNode named(SandboxRepository repository, Map.Entry<String, String> ref, String prefix) {
        ObjectNode json = Json.object().put("name", ref.getKey().substring(prefix.length()));
        json.set(
                "commit",
                Json.object()
                        .put("sha", ref.getValue())
                        .put("url", addresses.rest(repository) + "/commits/" + ref.getValue()));
        return json;
    }

    private ObjectNode object(SandboxRepository repository, Map.Entry<String, String> ref) {
        boolean commit = repository
                .git()
                .history()
                .commit(ref.getValue())
                .map(facts -> facts.sha().equals(ref.getValue()))
                .orElse(false);
        ObjectNode json =
                Json.object().put("ref", ref.getKey()).put("url", addresses.rest(repository) + "/git/" + ref.getKey());
        json.set("object", Json.object().put("sha", ref.getValue()).put("type", commit ? "commit" : "tag"));
        return json;
    }
}

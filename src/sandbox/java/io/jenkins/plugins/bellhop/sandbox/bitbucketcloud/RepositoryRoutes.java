package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository, its branches, tags, commits and files. */
final class RepositoryRoutes {

    private final Shapes shapes;

    RepositoryRoutes(Shapes shapes) {
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "", Need.READ, call -> call.ok(shapes.full(call.repository()))),
                Route.of("GET", "/refs/branches", Need.READ, call -> list(call, "refs/heads/")),
                Route.of("GET", "/refs/branches/{+}", Need.READ, call -> get(call, "refs/heads/")),
                Route.of("GET", "/refs/tags", Need.READ, call -> list(call, "refs/tags/")),
                Route.of("GET", "/refs/tags/{+}", Need.READ, call -> get(call, "refs/tags/")),
                Route.of("GET", "/commit/{}", Need.READ, this::commit),
                Route.of("GET", "/src/{}/{+}", Need.READ, this::file));
    }

    private Answer list(Call call, String prefix) {
        SandboxRepository repository = call.repository();
        return Pages.of(
                call,
                repository.git().refs(prefix).entrySet().stream()
                        .map(ref -> shapes.ref(repository, ref.getKey(), ref.getValue()))
                        .toList());
    }

    private Answer get(Call call, String prefix) {
        SandboxRepository repository = call.repository();
        String ref = prefix + call.variable(0);
        return Optional.ofNullable(repository.git().refs(ref).get(ref))
                .map(id -> call.ok(shapes.ref(repository, ref, id)))
                .orElseThrow(Refused::notFound);
    }

    /** Also by the first digits, or a branch's name. */
    private Answer commit(Call call) {
        SandboxRepository repository = call.repository();
        return repository
                .git()
                .history()
                .commit(call.variable(0))
                .map(commit -> call.ok(shapes.commit(repository, commit)))
                .orElseThrow(Refused::notFound);
    }

    private Answer file(Call call) {
        String commit = call.repository()
                .git()
                .history()
                .commit(call.variable(0))
                .orElseThrow(Refused::notFound)
                .sha();
        byte[] content =
                call.repository().git().history().file(commit, call.variable(1)).orElseThrow(Refused::notFound);
        return new Answer(200, Map.of("Content-Type", "text/plain"), content);
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Repositories, their branches, tags, commits and files. */
final class RepositoryRoutes {

    private final ForgeState forge;
    private final Shapes shapes;

    RepositoryRoutes(ForgeState forge, Shapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/api", Need.READ, call -> call.ok(shapes.repository(call.repository()))),
                Route.of("GET", "/api/default-branch", Need.READ, this::defaultBranch),
                Route.of("GET", "/api/branches/default", Need.READ, this::defaultBranch),
                Route.of("GET", "/api/branches", Need.READ, call -> list(call, "refs/heads/")),
                Route.of("GET", "/api/tags", Need.READ, call -> list(call, "refs/tags/")),
                Route.of("GET", "/api/tags/{+}", Need.READ, this::tag),
                Route.of("GET", "/api/commits/{}", Need.READ, this::commit),
                Route.of("GET", "/api/raw/{+}", Need.READ, this::file));
    }

    List<Route<Need>> ofAll() {
        return List.of(
                Route.of("GET", "/api/repos", Need.LOGIN, call -> search(call, repository -> true)),
                Route.of(
                        "GET",
                        "/api/projects/{}/repos",
                        Need.LOGIN,
                        call -> search(call, repository -> repository.owner().equalsIgnoreCase(call.variable(0)))));
    }

    /** A repository without commits has a default branch in name only, and this says 404. */
    private Answer defaultBranch(Call call) {
        SandboxRepository repository = call.repository();
        String ref = "refs/heads/" + repository.defaultBranch();
        return Optional.ofNullable(repository.git().refs(ref).get(ref))
                .map(id -> call.ok(shapes.ref(repository, ref, id)))
                .orElseThrow(Refused::noDefaultBranch);
    }

    private Answer list(Call call, String prefix) {
        SandboxRepository repository = call.repository();
        String filter = call.parameter("filterText", "").toLowerCase(Locale.ROOT);
        List<ObjectNode> all = repository.git().refs(prefix).entrySet().stream()
                .filter(ref -> ref.getKey()
                        .substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .contains(filter))
                .map(ref -> shapes.ref(repository, ref.getKey(), ref.getValue()))
                .toList();
        return Pages.of(call, all);
    }

    private Answer tag(Call call) {
        SandboxRepository repository = call.repository();
        String ref = "refs/tags/" + call.variable(0);
        return Optional.ofNullable(repository.git().refs(ref).get(ref))
                .map(id -> call.ok(shapes.ref(repository, ref, id)))
                .orElseThrow(Refused::notFound);
    }

    private Answer commit(Call call) {
        return call.ok(shapes.commit(facts(call.repository(), call.variable(0))));
    }

    private Answer file(Call call) {
        SandboxRepository repository = call.repository();
        CommitFacts commit = facts(repository, call.parameter("at", "refs/heads/" + repository.defaultBranch()));
        byte[] content =
                repository.git().history().file(commit.sha(), call.variable(0)).orElseThrow(Refused::notFound);
        return new Answer(200, Map.of("Content-Type", "text/plain"), content);
    }

    /** Those that the token may use so; archived ones don't exist here. */
    private Answer search(Call call, Predicate<SandboxRepository> within) {
        String permission = call.parameter("permission", "REPO_READ");
        Role wanted = Role.valueOf(permission.substring(permission.lastIndexOf('_') + 1));
        String name = call.parameter("name", "").toLowerCase(Locale.ROOT);
        List<ObjectNode> all = forge.repositories().stream()
                .filter(within)
                .filter(repository -> Need.held(call.token(), repository).atLeast(wanted))
                .filter(repository -> repository.name().toLowerCase(Locale.ROOT).contains(name))
                .map(shapes::repository)
                .toList();
        return Pages.of(call, all);
    }

    static CommitFacts facts(SandboxRepository repository, String name) {
        return repository.git().history().commit(name).orElseThrow(() -> Refused.noCommit(name));
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Build statuses: below a repository's commits, and in the older form below a commit of whatever repository. */
final class StatusRoutes {

    private static final Set<String> STATES = Set.of("SUCCESSFUL", "FAILED", "INPROGRESS", "CANCELLED", "UNKNOWN");
    private static final Set<String> OLD_STATES = Set.of("SUCCESSFUL", "FAILED", "INPROGRESS");
    private static final int MAX_TEXT = 255;
    private static final int MAX_URL = 450;

    private final ForgeState forge;
    private final SettingShapes shapes;
    private final Installation installation;

    StatusRoutes(ForgeState forge, SettingShapes shapes, Installation installation) {
        this.forge = forge;
        this.shapes = shapes;
        this.installation = installation;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("POST", "/api/commits/{}/builds", Need.READ, this::add),
                Route.of("GET", "/api/commits/{}/builds", Need.READ, this::get));
    }

    List<Route<Need>> ofAll() {
        return List.of(
                Route.of("POST", "/build-status/commits/{}", Need.LOGIN, this::addAnywhere),
                Route.of("GET", "/build-status/commits/{}", Need.LOGIN, this::list));
    }

    /** Servers before 7.14 don't have this address. */
    private Answer add(Call call) {
        if (installation.old()) {
            throw Refused.notFound();
        }
        String sha = RepositoryRoutes.facts(call.repository(), call.variable(0)).sha();
        call.repository().replace(status(call, sha, STATES));
        return Answer.empty(204);
    }

    private Answer get(Call call) {
        return call.repository().statuses(call.variable(0)).stream()
                .filter(status -> status.context().equals(call.parameter("key", "")))
                .findFirst()
                .map(status -> call.ok(shapes.status(status)))
                .orElseThrow(Refused::notFound);
    }

    private Answer addAnywhere(Call call) {
        Status status = status(call, call.variable(0), OLD_STATES);
        holders(call).forEach(repository -> repository.replace(status));
        return Answer.empty(204);
    }

    private Answer list(Call call) {
        List<ObjectNode> all = holders(call)
                .flatMap(repository -> repository.statuses(call.variable(0)).stream())
                .map(shapes::status)
                .distinct()
                .toList();
        return Pages.of(call, all);
    }

    private Stream<SandboxRepository> holders(Call call) {
        return forge.repositories().stream()
                .filter(repository -> Need.held(call.token(), repository).atLeast(Role.READ))
                .filter(repository ->
                        repository.git().history().commit(call.variable(0)).isPresent());
    }

    private Status status(Call call, String sha, Set<String> states) {
        ObjectNode body = call.body();
        String state = body.path("state").asText("");
        if (!states.contains(state)) {
            throw Refused.badRequest("state", "'" + state + "' is no build state.");
        }
        String ref = body.path("ref").asText("");
        if (!ref.isEmpty() && !ref.startsWith("refs/")) {
            throw Refused.badRequest("ref", "The ref has to start with 'refs/'.");
        }
        return new Status(
                forge.nextId(),
                sha,
                state,
                required(body, "key", MAX_TEXT),
                limited(body, "name", MAX_TEXT),
                ref,
                limited(body, "description", MAX_TEXT),
                required(body, "url", MAX_URL),
                call.token().login(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String required(ObjectNode body, String member, int limit) {
        if (body.path(member).asText("").isEmpty()) {
            throw Refused.badRequest(member, "The " + member + " is missing.");
        }
        return limited(body, member, limit);
    }

    private static String limited(ObjectNode body, String member, int limit) {
        String text = body.path(member).asText("");
        if (text.length() > limit) {
            throw Refused.badRequest(member, "The " + member + " is longer than " + limit + " characters.");
        }
        return text;
    }
}

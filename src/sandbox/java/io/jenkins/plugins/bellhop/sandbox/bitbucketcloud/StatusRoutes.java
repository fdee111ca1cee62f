package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Build statuses of commits; the same key overwrites. */
final class StatusRoutes {

    private static final Set<String> STATES = Set.of("SUCCESSFUL", "FAILED", "INPROGRESS", "STOPPED");
    private static final int MAX_KEY = 40;

    private final ForgeState forge;
    private final SettingShapes shapes;

    StatusRoutes(ForgeState forge, SettingShapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("POST", "/commit/{}/statuses/build/?", Need.READ, this::add),
                Route.of("GET", "/commit/{}/statuses/build/{+}", Need.READ, this::get),
                Route.of("PUT", "/commit/{}/statuses/build/{+}", Need.READ, this::change),
                Route.of("GET", "/commit/{}/statuses(?:/build)?/?", Need.READ, this::list));
    }

    private Answer list(Call call) {
        SandboxRepository repository = call.repository();
        return Pages.of(
                call,
                repository.statuses(sha(call)).stream()
                        .map(status -> shapes.status(repository, status))
                        .toList());
    }

    private Answer get(Call call) {
        SandboxRepository repository = call.repository();
        return repository.statuses(sha(call)).stream()
                .filter(status -> status.context().equals(call.variable(1)))
                .findFirst()
                .map(status -> call.ok(shapes.status(repository, status)))
                .orElseThrow(Refused::notFound);
    }

    private Answer add(Call call) {
        Status status = status(call, call.body());
        call.repository().replace(status);
        return Json.answer(201, shapes.status(call.repository(), status));
    }

    private Answer change(Call call) {
        get(call);
        Status status = status(call, call.body().put("key", call.variable(1)));
        call.repository().replace(status);
        return call.ok(shapes.status(call.repository(), status));
    }

    private Status status(Call call, ObjectNode body) {
        String key = body.path("key").asText("");
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw Refused.badField("key", "The key has to have 1 to 40 characters.");
        }
        String state = body.path("state").asText("");
        if (!STATES.contains(state)) {
            throw Refused.badField("state", "\"" + state + "\" is not one of the available choices.");
        }
        String url = body.path("url").asText("");
        if (!url.matches("https?://.+")) {
            throw Refused.badField("url", "Enter a valid URL.");
        }
        return new Status(
                forge.nextId(),
                sha(call),
                state,
                key,
                body.path("name").asText(""),
                body.path("refname").asText(""),
                body.path("description").asText(""),
                url,
                call.token().login(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String sha(Call call) {
        return call.repository()
                .git()
                .history()
                .commit(call.variable(0))
                .orElseThrow(Refused::notFound)
                .sha();
    }
}

package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.Collections;
import java.util.List;

/** Webhooks: their settings, and pings. */
final class HookRoutes {

    private static final String PAGE = "/repos/webhooks#create-a-repository-webhook";

    private final GitHubFace face;
    private final HookShapes shapes;

    HookRoutes(GitHubFace face, HookShapes shapes) {
        this.face = face;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/hooks", Need.READ_HOOKS, this::list),
                Route.of("POST", "/hooks", Need.WRITE_HOOKS, this::add),
                Route.of("GET", "/hooks/{}", Need.READ_HOOKS, this::get),
                Route.of("PATCH", "/hooks/{}", Need.WRITE_HOOKS, this::change),
                Route.of("DELETE", "/hooks/{}", Need.DELETE_HOOKS, this::remove),
                Route.of("GET", "/hooks/{}/config", Need.READ_HOOKS, this::config),
                Route.of("PATCH", "/hooks/{}/config", Need.WRITE_HOOKS, this::changeConfig),
                Route.of("POST", "/hooks/{}/pings", Need.READ_HOOKS, this::ping));
    }

    private Answer list(Call call) {
        SandboxRepository repository = call.repository();
        return Answers.page(
                call,
                repository.hooks().stream()
                        .map(hook -> shapes.hook(repository, hook))
                        .toList());
    }

    private Answer get(Call call) {
        return call.ok(shapes.hook(call.repository(), hook(call)));
    }

    private Answer add(Call call) {
        ObjectNode body = call.body();
        if (!body.path("name").asText("web").equals("web")) {
            throw Refused.invalid("Hook", "name", "name must be web", PAGE);
        }
        HookSettings settings = HookBody.created(body);
        if (call.repository().hooks().stream().anyMatch(hook -> overlaps(hook, settings))) {
            throw Refused.invalid("Hook", "", "Hook already exists on this repository", PAGE);
        }
        Hook hook = call.repository().settings().addHook(settings);
        return Answers.created(shapes.hook(call.repository(), hook));
    }

    private Answer change(Call call) {
        Hook hook = hook(call);
        HookSettings settings = HookBody.changed(hook.settings(), call.body());
        Hook changed = call.repository().settings().changeHook(hook.id(), settings);
        return call.ok(shapes.hook(call.repository(), changed));
    }

    private Answer remove(Call call) {
        if (!call.repository().settings().removeHook(call.id(0))) {
            throw Refused.notFound();
        }
        return Answer.empty(204);
    }

    private Answer config(Call call) {
        return call.ok(shapes.config(hook(call).settings()));
    }

    private Answer changeConfig(Call call) {
        Hook hook = hook(call);
        HookSettings settings = HookBody.configured(hook.settings(), call.body());
        Hook changed = call.repository().settings().changeHook(hook.id(), settings);
        return call.ok(shapes.config(changed.settings()));
    }

    private Answer ping(Call call) {
        face.ping(call.repository(), hook(call), call.token().login());
        return Answer.empty(204);
    }

    private static Hook hook(Call call) {
        return call.repository().settings().hook(call.id(0)).orElseThrow(Refused::notFound);
    }

    private static boolean overlaps(Hook hook, HookSettings settings) {
        return hook.url().equals(settings.url()) && !Collections.disjoint(hook.events(), settings.events());
    }
}

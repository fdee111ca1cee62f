package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.TreeSet;

/** Webhooks; nothing stops anybody from making the same one twice. */
final class HookRoutes {

    private final SettingShapes shapes;

    HookRoutes(SettingShapes shapes) {
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/hooks", Need.READ_HOOKS, this::list),
                Route.of("POST", "/hooks", Need.WRITE_HOOKS, this::add),
                Route.of("GET", "/hooks/{}", Need.READ_HOOKS, this::get),
                Route.of("PUT", "/hooks/{}", Need.WRITE_HOOKS, this::change),
                Route.of("DELETE", "/hooks/{}", Need.DELETE_HOOKS, this::remove));
    }

    private Answer list(Call call) {
        SandboxRepository repository = call.repository();
        return Pages.of(
                call,
                repository.hooks().stream()
                        .map(hook -> shapes.hook(repository, hook))
                        .toList());
    }

    private Answer get(Call call) {
        return call.ok(shapes.hook(call.repository(), hook(call)));
    }

    private Answer add(Call call) {
        SandboxRepository repository = call.repository();
        HookSettings settings = HookBody.created(call.body());
        requireScopes(call, settings);
        Hook hook = repository.settings().addHook(settings);
        return Json.answer(201, shapes.hook(repository, hook)).with("Location", shapes.hookAddress(repository, hook));
    }

    private Answer change(Call call) {
        Hook hook = hook(call);
        HookSettings settings = HookBody.changed(hook.settings(), call.body());
        requireScopes(call, settings);
        return call.ok(
                shapes.hook(call.repository(), call.repository().settings().changeHook(hook.id(), settings)));
    }

    private Answer remove(Call call) {
        call.repository().settings().removeHook(hook(call).id());
        return Answer.empty(204);
    }

    /** In the path the braces are percent-encoded, and may be left out. */
    private static Hook hook(Call call) {
        String wanted = call.variable(0).replaceAll("[{}]", "");
        return call.repository().hooks().stream()
                .filter(hook -> Uuids.of(hook).equals("{" + wanted + "}"))
                .findFirst()
                .orElseThrow(Refused::notFound);
    }

    /** Whoever subscribes to an event needs the scope to read what it tells. */
    private static void requireScopes(Call call, HookSettings settings) {
        if (call.token().bound()) {
            return;
        }
        TreeSet<String> wanted = new TreeSet<>();
        for (String event : settings.events()) {
            wanted.add(event.startsWith("pullrequest:") ? "read:pullrequest:bitbucket" : "read:repository:bitbucket");
        }
        if (!call.token().rights().containsAll(wanted)) {
            throw Refused.missingScopes(call.token().rights(), wanted);
        }
    }
}

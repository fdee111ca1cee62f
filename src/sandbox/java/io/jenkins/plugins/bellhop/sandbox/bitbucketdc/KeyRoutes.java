package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;

/** Access keys of repositories. */
final class KeyRoutes {

    private final KeyRegister register;
    private final SettingShapes shapes;

    KeyRoutes(KeyRegister register, SettingShapes shapes) {
        this.register = register;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/keys/ssh", Need.ADMIN, this::list),
                Route.of("POST", "/keys/ssh", Need.ADMIN, this::add),
                Route.of("GET", "/keys/ssh/{}", Need.ADMIN, this::get),
                Route.of("PUT", "/keys/ssh/{}/permission/{}", Need.ADMIN, this::change),
                Route.of("DELETE", "/keys/ssh/{}", Need.ADMIN, this::remove));
    }

    private Answer list(Call call) {
        SandboxRepository repository = call.repository();
        String permission = call.parameter("permission", "");
        return Pages.of(
                call,
                repository.deployKeys().stream()
                        .map(key -> shapes.accessKey(repository, key))
                        .filter(json -> permission.isEmpty()
                                || permission.equals(json.path("permission").asText()))
                        .toList());
    }

    private Answer get(Call call) {
        return call.ok(shapes.accessKey(call.repository(), key(call)));
    }

    private Answer add(Call call) {
        SandboxRepository repository = call.repository();
        DeployKey added = register.made(call, "REPO_", repository.deployKeys());
        return Json.answer(
                201, shapes.accessKey(repository, repository.settings().add(added)));
    }

    private Answer change(Call call) {
        DeployKey changed = key(call).readOnly(KeyRegister.readOnly("REPO_", call.variable(1)));
        call.repository().settings().change(changed);
        return call.ok(shapes.accessKey(call.repository(), changed));
    }

    /** Also 204 when there was no such key. */
    private Answer remove(Call call) {
        call.repository().settings().removeDeployKey(call.id(0));
        return Answer.empty(204);
    }

    private static DeployKey key(Call call) {
        return call.repository().settings().deployKey(call.id(0)).orElseThrow(Refused::notFound);
    }
}

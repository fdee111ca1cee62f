package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.UserKey;
import java.util.List;

/** Keys of projects and of people. */
final class AccountRoutes {

    private final ForgeState forge;
    private final KeyRegister register;
    private final SettingShapes shapes;
    private final Installation installation;

    AccountRoutes(ForgeState forge, KeyRegister register, SettingShapes shapes, Installation installation) {
        this.forge = forge;
        this.register = register;
        this.shapes = shapes;
        this.installation = installation;
    }

    List<Route<Need>> ofAll() {
        return List.of(
                Route.of("GET", "/keys/projects/{}/ssh", Need.ADMIN, this::listOfProject),
                Route.of("POST", "/keys/projects/{}/ssh", Need.ADMIN, this::addToProject),
                Route.of("PUT", "/keys/projects/{}/ssh/{}/permission/{}", Need.ADMIN, this::changeInProject),
                Route.of("DELETE", "/keys/projects/{}/ssh/{}", Need.ADMIN, this::removeFromProject),
                Route.of("GET", "/ssh/keys", Need.LOGIN, this::listOwn),
                Route.of("POST", "/ssh/keys", Need.LOGIN, this::addOwn),
                Route.of("GET", "/ssh/keys/{}", Need.LOGIN, this::getOwn),
                Route.of("DELETE", "/ssh/keys/{}", Need.LOGIN, this::removeOwn));
    }

    private Answer listOfProject(Call call) {
        Account project = project(call);
        return Pages.of(
                call,
                project.deployKeys().stream()
                        .map(key -> shapes.accessKey(project.login(), key))
                        .toList());
    }

    private Answer addToProject(Call call) {
        Account project = project(call);
        DeployKey added = register.made(call, "PROJECT_", project.deployKeys());
        project.add(added);
        return Json.answer(201, shapes.accessKey(project.login(), added));
    }

    private Answer changeInProject(Call call) {
        Account project = project(call);
        DeployKey changed = project.deployKeys().stream()
                .filter(key -> key.id() == call.id(1))
                .findFirst()
                .orElseThrow(Refused::notFound)
                .readOnly(KeyRegister.readOnly("PROJECT_", call.variable(2)));
        project.change(changed);
        return call.ok(shapes.accessKey(project.login(), changed));
    }

    private Answer removeFromProject(Call call) {
        project(call).removeDeployKey(call.id(1));
        return Answer.empty(204);
    }

    private Answer listOwn(Call call) {
        return Pages.of(call, self(call).keys().stream().map(shapes::userKey).toList());
    }

    private Answer getOwn(Call call) {
        return self(call).keys().stream()
                .filter(key -> key.id() == call.id(0))
                .findFirst()
                .map(key -> call.ok(shapes.userKey(key)))
                .orElseThrow(Refused::notFound);
    }

    private Answer addOwn(Call call) {
        Account account = self(call);
        UserKey added = register.made(call);
        account.add(added);
        return Json.answer(201, shapes.userKey(added));
    }

    private Answer removeOwn(Call call) {
        self(call).removeKey(call.id(0));
        return Answer.empty(204);
    }

    /** Only for its administrators. */
    private Account project(Call call) {
        String key = call.variable(0);
        Account project = forge.accounts().stream()
                .filter(account -> account.organization() && account.login().equalsIgnoreCase(key))
                .findFirst()
                .orElseThrow(() -> Refused.noProject(key));
        boolean bound = call.token().bound() && call.token().rights().contains("PROJECT_ADMIN");
        if (!bound && project.roleOf(call.token().login()) != Role.ADMIN) {
            throw Refused.notPermitted();
        }
        return project;
    }

    /** A token of a project or repository has no keys, and some servers let no token change its owner's account. */
    private Account self(Call call) {
        Account account = call.token().account();
        String wanted = call.parameter("user", account.login());
        boolean changes = !call.request().reads();
        if (call.token().bound()
                || !wanted.equalsIgnoreCase(account.login())
                || changes && !installation.userKeysByToken()) {
            throw Refused.notPermitted();
        }
        return account;
    }
}

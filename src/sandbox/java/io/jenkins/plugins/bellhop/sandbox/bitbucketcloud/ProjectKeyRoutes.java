package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import java.util.List;

/** Keys of a workspace's one project, which holds all its repositories here. */
final class ProjectKeyRoutes {

    private final ForgeState forge;
    private final SettingShapes shapes;
    private final KeyRegister register;

    ProjectKeyRoutes(ForgeState forge, SettingShapes shapes, KeyRegister register) {
        this.forge = forge;
        this.shapes = shapes;
        this.register = register;
    }

    List<Route<Need>> ofAccounts() {
        String keys = "/workspaces/{}/projects/{}/deploy-keys";
        return List.of(
                Route.of("GET", keys, Need.READ_PROJECT_KEYS, this::list),
                Route.of("POST", keys, Need.WRITE_PROJECT_KEYS, this::add),
                Route.of("DELETE", keys + "/{}", Need.DELETE_PROJECT_KEYS, this::remove));
    }

    private Answer list(Call call) {
        Account workspace = workspace(call);
        return Pages.of(
                call,
                workspace.deployKeys().stream()
                        .map(key -> shapes.projectKey(workspace, key))
                        .toList());
    }

    private Answer add(Call call) {
        Account workspace = workspace(call);
        ObjectNode body = call.body();
        SshPublicKey key = register.admitted(body.path("key").asText(""), workspace);
        DeployKey added = DeployKey.made(forge.nextId(), key, body.path("label").asText(""), "", true, call.token());
        workspace.add(added);
        return call.ok(shapes.projectKey(workspace, added));
    }

    private Answer remove(Call call) {
        Account workspace = workspace(call);
        DeployKey gone = workspace.deployKeys().stream()
                .filter(key -> key.id() == call.id(2))
                .findFirst()
                .orElseThrow(Refused::notFound);
        workspace.removeDeployKey(gone.id());
        register.removed(gone.key());
        return Answer.empty(204);
    }

    /** Only for its administrators. */
    private Account workspace(Call call) {
        Account workspace = forge.accounts().stream()
                .filter(account -> Links.slug(account.login()).equals(call.variable(0))
                        && call.variable(1).equals(Shapes.PROJECT))
                .findFirst()
                .orElseThrow(Refused::notFound);
        if (workspace.roleOf(call.token().login()) != Role.ADMIN) {
            throw Refused.forbidden();
        }
        return workspace;
    }
}

package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Set;

/** Who the token belongs to, and which repositories it reaches. */
final class AccountRoutes {

    private final ForgeState forge;
    private final Shapes shapes;

    AccountRoutes(ForgeState forge, Shapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofAccounts() {
        return List.of(
                Route.of("GET", "/user", Need.ANY_TOKEN, this::self),
                Route.of("GET", "/user/repos", Need.ANY_TOKEN, this::repositories));
    }

    private Answer self(Call call) {
        ObjectNode json = shapes.account(call.token().login());
        return call.ok(json.put("name", call.token().login())
                .put("email", call.token().account().email()));
    }

    private Answer repositories(Call call) {
        String login = call.token().login();
        String visibility = call.parameter("visibility", "all");
        return Answers.page(
                call,
                forge.repositories().stream()
                        .filter(repository -> reaches(call.token(), repository))
                        .filter(repository ->
                                visibility.equals("all") || visibility.equals("private") == repository.isPrivate())
                        .map(repository -> shapes.repository(repository, login))
                        .toList());
    }

    /** Public repositories of strangers aren't listed; private ones only for a token that may see them. */
    private static boolean reaches(AccessToken token, SandboxRepository repository) {
        boolean involved = repository.account().hasMember(token.login())
                || repository.settings().hasCollaborator(token.login())
                || repository.roleOf(token.login()) == Role.ADMIN;
        boolean visible =
                !repository.isPrivate() || token.kind() == AccessToken.Kind.PERMISSIONS || token.hasAny(Set.of("repo"));
        return involved && visible && repository.roleOf(token.login()).atLeast(Role.READ);
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who the token belongs to, its workspaces, and the repositories in each. */
final class AccountRoutes {

    private static final Pattern BY_USER = Pattern.compile("user\\.uuid=\"([^\"]*)\"");

    private final ForgeState forge;
    private final Shapes shapes;

    AccountRoutes(ForgeState forge, Shapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofAccounts() {
        return List.of(
                Route.of("GET", "/user", Need.USER, this::self),
                Route.of("GET", "/user/workspaces", Need.WORKSPACES, this::workspaces),
                Route.of("GET", "/user/workspaces/{}/permissions/repositories", Need.LIST, this::permissions),
                Route.of("GET", "/workspaces/{}/permissions/repositories/{}", Need.LIST, this::permissionsOfAll),
                Route.of("GET", "/repositories/{}", Need.LIST, this::repositories),
                Route.of("GET", "/repositories", Need.LIST, AccountRoutes::retired),
                Route.of("GET", "/workspaces", Need.WORKSPACES, AccountRoutes::retired),
                Route.of("GET", "/user/permissions/repositories", Need.LIST, AccountRoutes::retired),
                Route.of("GET", "/user/permissions/workspaces", Need.WORKSPACES, AccountRoutes::retired));
    }

    private static Answer retired(Call call) {
        Refusal retired = Refused.retired();
        return retired.answer();
    }

    private Answer self(Call call) {
        Account account = call.token().account();
        return call.ok(shapes.user(account.login())
                .put("username", account.login())
                .put("is_staff", false)
                .putNull("location")
                .putNull("website"));
    }

    private Answer workspaces(Call call) {
        String login = call.token().login();
        List<ObjectNode> all = forge.accounts().stream()
                .filter(account -> account.roleOf(login) != Role.NONE || owns(call, account))
                .map(account -> {
                    boolean administrator = account.roleOf(login) == Role.ADMIN;
                    ObjectNode json = Json.object()
                            .put("type", "workspace_access")
                            .put("administrator", administrator)
                            .put("permission", administrator ? "owner" : "member");
                    json.set("workspace", shapes.workspace(account));
                    return json;
                })
                .toList();
        return Pages.of(call, all);
    }

    private Answer permissions(Call call) {
        List<ObjectNode> all = in(call, call.variable(0))
                .filter(repository -> involves(call, repository))
                .map(repository -> permission(call.token().login(), repository))
                .toList();
        return Pages.of(call, all);
    }

    /** What everybody may do in a repository, by whichever way they came to it; told to its administrators alone. */
    private Answer permissionsOfAll(Call call) {
        SandboxRepository repository = in(call, call.variable(0))
                .filter(one -> Uuids.of(one).equals(call.variable(1))
                        || Links.slug(one.name()).equals(call.variable(1)))
                .findFirst()
                .orElseThrow(Refused::notFound);
        if (!roleOf(call, repository).atLeast(Role.ADMIN)) {
            throw Refused.forbidden();
        }
        Matcher query = BY_USER.matcher(call.parameter("q", ""));
        String wanted = query.matches() ? query.group(1) : "";
        List<ObjectNode> all = forge.accounts().stream()
                .filter(account -> !account.organization())
                .filter(account -> wanted.isEmpty() || Uuids.of(account).equals(wanted))
                .filter(account -> repository.roleOf(account.login()) != Role.NONE)
                .map(account -> permission(account.login(), repository))
                .toList();
        return Pages.of(call, all);
    }

    private ObjectNode permission(String login, SandboxRepository repository) {
        ObjectNode json = Json.object().put("type", "repository_permission");
        json.set("user", shapes.user(login));
        json.set("repository", shapes.brief(repository));
        return json.put("permission", repository.roleOf(login).name().toLowerCase(Locale.ROOT));
    }

    /** Without a role also the public ones of strangers. */
    private Answer repositories(Call call) {
        Role wanted =
                switch (call.parameter("role", "")) {
                    case "admin", "owner" -> Role.ADMIN;
                    case "contributor" -> Role.WRITE;
                    case "member" -> Role.READ;
                    default -> Role.NONE;
                };
        List<ObjectNode> all = in(call, call.variable(0))
                .filter(repository -> wanted == Role.NONE || involves(call, repository))
                .filter(repository -> roleOf(call, repository).atLeast(wanted == Role.NONE ? Role.READ : wanted))
                .map(shapes::full)
                .toList();
        return Pages.of(call, all);
    }

    private Stream<SandboxRepository> in(Call call, String workspace) {
        return forge.repositories().stream()
                .filter(repository -> repository.owner().equalsIgnoreCase(workspace)
                        || Uuids.of(repository.account()).equals(workspace))
                .filter(repository -> roleOf(call, repository) != Role.NONE);
    }

    private static boolean owns(Call call, Account account) {
        return account == call.token().account();
    }

    private static Role roleOf(Call call, SandboxRepository repository) {
        if (call.token().bound()) {
            return call.token().reaches(repository) ? Role.ADMIN : Role.NONE;
        }
        return repository.roleOf(call.token().login());
    }

    /** Whether somebody gave this reader a role, beside what anybody has. */
    private static boolean involves(Call call, SandboxRepository repository) {
        return repository.isPrivate()
                || roleOf(call, repository).atLeast(Role.WRITE)
                || repository.account().roleOf(call.token().login()) != Role.NONE
                || repository.settings().hasCollaborator(call.token().login());
    }
}

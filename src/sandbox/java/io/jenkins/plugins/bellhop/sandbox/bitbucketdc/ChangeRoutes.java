package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.FileChange;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.History;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What differs between commits, and who may change it. */
final class ChangeRoutes {

    /** What {@code page.max.changes} is unless somebody changes it. */
    private static final int MOST = 1_000;

    private final ForgeState forge;
    private final Shapes shapes;

    ChangeRoutes(ForgeState forge, Shapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/api/changes", Need.READ, this::changes),
                Route.of("GET", "/api/compare/changes", Need.READ, this::compare));
    }

    List<Route<Need>> ofAll() {
        return List.of(Route.of("GET", "/api/users", Need.LOGIN, this::users));
    }

    private Answer changes(Call call) {
        String until = call.parameter("until", "");
        if (until.isEmpty()) {
            throw Refused.badRequest("until", "The commit to show changes of has to be given.");
        }
        return listed(call, call.parameter("since", until + "~1"), until);
    }

    /** What the one has that the other one hasn't. */
    private Answer compare(Call call) {
        SandboxRepository repository = call.repository();
        String otherwise = "refs/heads/" + repository.defaultBranch();
        String from = RepositoryRoutes.facts(repository, call.parameter("from", otherwise))
                .sha();
        String to = RepositoryRoutes.facts(repository, call.parameter("to", otherwise))
                .sha();
        return listed(call, repository.git().history().mergeBase(from, to).orElseThrow(Refused::notFound), from);
    }

    private static Answer listed(Call call, String before, String after) {
        SandboxRepository repository = call.repository();
        History history = repository.git().history();
        return Pages.of(
                call,
                history
                        .between(
                                RepositoryRoutes.facts(repository, before).sha(),
                                RepositoryRoutes.facts(repository, after).sha())
                        .stream()
                        .limit(MOST)
                        .map(ChangeRoutes::change)
                        .toList());
    }

    private static ObjectNode change(FileChange change) {
        ObjectNode json = Json.object()
                .put("contentId", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
                .put("fromContentId", "0000000000000000000000000000000000000000");
        String path = change.path();
        int slash = path.lastIndexOf('/');
        ObjectNode place = Json.object();
        place.set("components", Json.texts(List.of(path.split("/"))));
        place.put("parent", slash < 0 ? "" : path.substring(0, slash))
                .put("name", path.substring(slash + 1))
                .put("extension", path.substring(path.lastIndexOf('.') + 1));
        json.set("path", place);
        String type =
                switch (change.kind()) {
                    case ADDED -> "ADD";
                    case MODIFIED -> "MODIFY";
                    case REMOVED -> "DELETE";
                };
        return json.put("executable", false)
                .put("percentUnchanged", -1)
                .put("type", type)
                .put("nodeType", "FILE");
    }

    /** People whose names hold the filter's text, and who have the wanted right in the repository that is named. */
    private Answer users(Call call) {
        String filter = call.parameter("filter", "").toLowerCase(Locale.ROOT);
        Predicate<String> permitted = permitted(call);
        List<ObjectNode> all = forge.accounts().stream()
                .filter(account -> !account.organization())
                .filter(account -> account.login().toLowerCase(Locale.ROOT).contains(filter))
                .filter(account -> permitted.test(account.login()))
                .map(account -> shapes.user(account.login()))
                .toList();
        return Pages.of(call, all);
    }

    private Predicate<String> permitted(Call call) {
        String permission = call.parameter("permission", "");
        if (permission.isEmpty()) {
            return login -> true;
        }
        String name =
                call.parameter("permission.projectKey", "") + "/" + call.parameter("permission.repositorySlug", "");
        SandboxRepository repository = forge.repository(name)
                .orElseThrow(() -> Refused.badRequest("permission", "The permission names no repository."));
        Role wanted = Role.valueOf(permission.substring(permission.lastIndexOf('_') + 1));
        return login -> repository.roleOf(login).atLeast(wanted);
    }
}

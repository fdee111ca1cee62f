package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import java.util.Comparator;
import java.util.List;

/** Reading pull requests. */
final class PullRoutes {

    private final PullShapes shapes;

    PullRoutes(PullShapes shapes) {
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/pulls", Need.PULLS, this::list),
                Route.of("GET", "/pulls/{}", Need.PULLS, this::get),
                Route.of("GET", "/commits/{}/pulls", Need.PULLS, this::ofCommit));
    }

    /** Newest first, open ones unless asked otherwise. A head without an owner is ignored, as GitHub does. */
    private Answer list(Call call) {
        String state = call.parameter("state", "open");
        String head = call.parameter("head", "");
        String base = call.parameter("base", "");
        return page(
                call,
                call.repository().pulls().all().stream()
                        .filter(pull -> state.equals("all") || pull.open() == state.equals("open"))
                        .filter(pull -> !head.contains(":") || isHead(pull, head))
                        .filter(pull -> base.isEmpty() || pull.baseBranch().equals(base))
                        .toList());
    }

    private Answer get(Call call) {
        return call.repository().pulls().all().stream()
                .filter(pull -> pull.number() == call.id(0))
                .findFirst()
                .map(pull -> call.ok(shapes.full(pull)))
                .orElseThrow(Refused::notFound);
    }

    private Answer ofCommit(Call call) {
        return page(
                call,
                call.repository().pulls().all().stream()
                        .filter(pull -> pull.headSha().equals(call.variable(0))
                                || pull.headBranch().equals(call.variable(0)))
                        .toList());
    }

    private Answer page(Call call, List<PullRequest> found) {
        return Answers.page(
                call,
                found.stream()
                        .sorted(Comparator.comparing(PullRequest::number).reversed())
                        .map(shapes::listed)
                        .toList());
    }

    /** Owners are compared without case, branches with it. */
    private static boolean isHead(PullRequest pull, String head) {
        int colon = head.indexOf(':');
        return pull.headOwner().equalsIgnoreCase(head.substring(0, colon))
                && pull.headBranch().equals(head.substring(colon + 1));
    }
}

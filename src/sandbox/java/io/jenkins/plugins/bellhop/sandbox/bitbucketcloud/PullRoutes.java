package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Reading pull requests. */
final class PullRoutes {

    /** On a page; other lists take 100, as jenkinsci/bitbucket-branch-source-plugin#1182 found out. */
    private static final int MOST = 50;

    private final PullShapes shapes;

    PullRoutes(PullShapes shapes) {
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/pullrequests", Need.PULLS, this::list),
                Route.of("GET", "/pullrequests/{}", Need.PULLS, this::get));
    }

    /** Open ones unless asked otherwise; {@code state} may be repeated. */
    private Answer list(Call call) {
        if (call.parameter("pagelen", 0) > MOST) {
            throw Refused.badRequest("Invalid pagelen");
        }
        List<String> states = call.request().parameters("state");
        Predicate<PullRequest> wanted = PullQuery.parse(call.parameter("q", ""));
        return Pages.of(
                call,
                call.repository().pulls().all().stream()
                        .filter(pull -> states.isEmpty() ? pull.open() : states.contains(PullShapes.state(pull)))
                        .filter(wanted)
                        .sorted(Comparator.comparing(PullRequest::number).reversed())
                        .map(shapes::listed)
                        .toList());
    }

    private Answer get(Call call) {
        return call.repository().pulls().all().stream()
                .filter(pull -> pull.number() == call.id(0))
                .findFirst()
                .map(pull -> call.ok(shapes.pull(pull)))
                .orElseThrow(Refused::notFound);
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reading pull requests, of either direction. */
final class PullRoutes {

    private final ForgeState forge;
    private final PullShapes shapes;

    PullRoutes(ForgeState forge, PullShapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/api/pull-requests", Need.READ, this::list),
                Route.of("GET", "/api/pull-requests/{}", Need.READ, this::get),
                Route.of("GET", "/api/commits/{}/pull-requests", Need.READ, this::ofCommit));
    }

    /** Open ones into this repository unless asked otherwise; {@code at} is a whole ref. */
    private Answer list(Call call) {
        String at = call.parameter("at", "");
        if (!at.isEmpty() && !at.startsWith("refs/")) {
            throw Refused.badRequest("at", "The branch has to be given as a full reference.");
        }
        boolean outgoing = call.parameter("direction", "INCOMING").equals("OUTGOING");
        String state = call.parameter("state", "OPEN");
        Stream<PullRequest> found = outgoing ? from(call) : call.repository().pulls().all().stream();
        return page(
                call,
                found.filter(pull -> state.equals("ALL") || state.equals(PullShapes.state(pull)))
                        .filter(pull -> at.isEmpty()
                                || at.equals("refs/heads/" + (outgoing ? pull.headBranch() : pull.baseBranch()))));
    }

    private Answer get(Call call) {
        return call.repository().pulls().all().stream()
                .filter(pull -> pull.number() == call.id(0))
                .findFirst()
                .map(pull -> call.ok(shapes.pull(pull)))
                .orElseThrow(Refused::notFound);
    }

    private Answer ofCommit(Call call) {
        return page(
                call,
                call.repository().pulls().all().stream()
                        .filter(pull -> pull.headSha().equals(call.variable(0))));
    }

    /** Also those into other repositories that the reader may see. */
    private Stream<PullRequest> from(Call call) {
        SandboxRepository repository = call.repository();
        return forge.repositories().stream()
                .filter(base -> Need.held(call.token(), base).atLeast(Role.READ))
                .flatMap(base -> base.pulls().all().stream())
                .filter(pull -> pull.head().filter(head -> head == repository).isPresent());
    }

    private Answer page(Call call, Stream<PullRequest> found) {
        List<ObjectNode> all = found.sorted(
                        Comparator.comparing(PullRequest::number).reversed())
                .map(shapes::pull)
                .toList();
        return Pages.of(call, all);
    }
}

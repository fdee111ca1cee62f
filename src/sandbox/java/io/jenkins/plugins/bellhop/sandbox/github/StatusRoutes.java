package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Commit statuses. */
final class StatusRoutes {

    private static final String PAGE = "/commits/statuses#create-a-commit-status";
    private static final Set<String> STATES = Set.of("error", "failure", "pending", "success");
    private static final int MAX_DESCRIPTION = 140;

    /** A commit takes this many statuses of one context. */
    private static final int MAX_STATUSES = 1000;

    private final ForgeState forge;
    private final Shapes shapes;

    StatusRoutes(ForgeState forge, Shapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("POST", "/statuses/{}", Need.WRITE_STATUSES, this::add),
                Route.of("GET", "/commits/{+}/statuses", Need.READ_STATUSES, this::list),
                Route.of("GET", "/commits/{+}/status", Need.READ_STATUSES, this::combined));
    }

    private Answer add(Call call) {
        SandboxRepository repository = call.repository();
        String sha = call.variable(0);
        if (!sha.matches("[0-9a-f]{40}")
                || repository.git().history().commit(sha).isEmpty()) {
            throw Refused.unprocessable("No commit found for SHA: " + sha);
        }
        Status status = status(call.body(), sha, call.token().login());
        long same = repository.statuses(sha).stream()
                .filter(old -> old.context().equalsIgnoreCase(status.context()))
                .count();
        if (same >= MAX_STATUSES) {
            throw Refused.invalid(
                    "Status", "", "This SHA and context has reached the maximum number of statuses.", PAGE);
        }
        repository.add(status);
        return Answers.created(shapes.status(repository, status));
    }

    private Status status(ObjectNode body, String sha, String creator) {
        String state = body.path("state").asText("");
        String description = body.path("description").asText("");
        if (!STATES.contains(state)) {
            throw Refused.invalid("Status", "state", "state is not included in the list", PAGE);
        }
        if (description.length() > MAX_DESCRIPTION) {
            throw Refused.invalid("Status", "description", "description is too long (maximum is 140 characters)", PAGE);
        }
        return new Status(
                forge.nextId(),
                sha,
                state,
                body.path("context").asText("default"),
                "",
                "",
                description,
                body.path("target_url").asText(""),
                creator,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private Answer list(Call call) {
        SandboxRepository repository = call.repository();
        List<Status> statuses = new ArrayList<>(repository.statuses(commit(call).sha()));
        Collections.reverse(statuses);
        return Answers.page(
                call,
                statuses.stream()
                        .map(status -> shapes.status(repository, status))
                        .toList());
    }

    /** The newest status of each context, and what they come to. */
    private Answer combined(Call call) {
        SandboxRepository repository = call.repository();
        String sha = commit(call).sha();
        Map<String, Status> latest = new LinkedHashMap<>();
        repository.statuses(sha).forEach(status -> latest.put(status.context().toLowerCase(Locale.ROOT), status));
        ObjectNode json = Json.object()
                .put("state", state(List.copyOf(latest.values())))
                .put("sha", sha)
                .put("url", call.pageUrl())
                .put("total_count", latest.size());
        json.set(
                "statuses",
                Json.array(latest.values().stream()
                        .map(status -> shapes.status(repository, status))
                        .toList()));
        json.set("repository", shapes.repository(repository));
        return call.ok(json);
    }

    private static String state(List<Status> latest) {
        if (latest.stream().anyMatch(status -> Set.of("error", "failure").contains(status.state()))) {
            return "failure";
        }
        boolean done = !latest.isEmpty()
                && latest.stream().allMatch(status -> status.state().equals("success"));
        return done ? "success" : "pending";
    }

    private static CommitFacts commit(Call call) {
        return call.repository().git().history().commit(call.variable(0)).orElseThrow(Refused::notFound);
    }
}

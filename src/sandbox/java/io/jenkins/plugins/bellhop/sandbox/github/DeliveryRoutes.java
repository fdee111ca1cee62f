package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import java.util.Comparator;
import java.util.List;

/** What a webhook sent, newest first, and sending it again. */
final class DeliveryRoutes {

    private final HookShapes shapes;

    DeliveryRoutes(HookShapes shapes) {
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/hooks/{}/deliveries", Need.READ_HOOKS, this::list),
                Route.of("GET", "/hooks/{}/deliveries/{}", Need.READ_HOOKS, this::get),
                Route.of("POST", "/hooks/{}/deliveries/{}/attempts", Need.WRITE_HOOKS, this::repeat));
    }

    /** Pages of this list are named by a cursor: the delivery after which the page starts. */
    private Answer list(Call call) {
        String cursor = call.parameter("cursor", "");
        String wanted = call.parameter("status", "");
        List<SentDelivery> rest = of(call).stream()
                .filter(delivery -> cursor.isEmpty() || delivery.id() < cursorId(cursor))
                .filter(delivery -> wanted.isEmpty() || wanted.equals(delivery.accepted() ? "success" : "failure"))
                .toList();
        List<SentDelivery> page = rest.subList(0, Math.min(rest.size(), Answers.pageSize(call)));
        Answer answer = call.ok(Json.array(page.stream().map(shapes::listed).toList()));
        if (page.size() == rest.size()) {
            return answer;
        }
        return answer.with(
                "Link",
                Answers.link(call, "cursor", "v1_" + page.get(page.size() - 1).id(), "next"));
    }

    private Answer get(Call call) {
        return call.ok(shapes.full(delivery(call)));
    }

    private Answer repeat(Call call) {
        call.repository().redeliver(delivery(call).id());
        return Json.answer(202, Json.object());
    }

    private static List<SentDelivery> of(Call call) {
        long hookId = call.id(0);
        if (call.repository().settings().hook(hookId).isEmpty()) {
            throw Refused.notFound();
        }
        return call.repository().deliveries().stream()
                .filter(delivery -> delivery.hookId() == hookId)
                .sorted(Comparator.comparing(SentDelivery::id).reversed())
                .toList();
    }

    private static SentDelivery delivery(Call call) {
        return of(call).stream()
                .filter(sent -> sent.id() == call.id(1))
                .findFirst()
                .orElseThrow(Refused::notFound);
    }

    private static long cursorId(String cursor) {
        try {
            return Long.parseLong(cursor.replaceFirst("^v1_", ""));
        } catch (NumberFormatException e) {
            throw Refused.unprocessable("Invalid cursor");
        }
    }
}

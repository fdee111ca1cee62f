package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import java.util.Comparator;
import java.util.List;

/** Webhooks and what they sent last; nothing stops anybody from making the same one twice. */
final class HookRoutes {

    private final DataCenterFace face;
    private final SettingShapes shapes;
    private final HookBody bodies;

    HookRoutes(DataCenterFace face, SettingShapes shapes, Installation installation) {
        this.face = face;
        this.shapes = shapes;
        bodies = new HookBody(installation);
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/api/webhooks", Need.ADMIN, this::list),
                Route.of("POST", "/api/webhooks", Need.ADMIN, this::add),
                Route.of("POST", "/api/webhooks/test", Need.ADMIN, this::test),
                Route.of("GET", "/api/webhooks/{}", Need.ADMIN, this::get),
                Route.of("PUT", "/api/webhooks/{}", Need.ADMIN, this::change),
                Route.of("DELETE", "/api/webhooks/{}", Need.ADMIN, this::remove),
                Route.of("GET", "/api/webhooks/{}/latest", Need.ADMIN, this::latest));
    }

    private Answer list(Call call) {
        String event = call.parameter("event", "");
        return Pages.of(
                call,
                call.repository().hooks().stream()
                        .filter(hook -> event.isEmpty() || hook.events().contains(event))
                        .map(shapes::hook)
                        .toList());
    }

    private Answer get(Call call) {
        return call.ok(shapes.hook(hook(call)));
    }

    /** Servers answer 201, although the description says 200. */
    private Answer add(Call call) {
        Hook hook = call.repository().settings().addHook(bodies.read(call.body()));
        return Json.answer(201, shapes.hook(hook));
    }

    private Answer change(Call call) {
        Hook hook = hook(call);
        return call.ok(shapes.hook(call.repository().settings().changeHook(hook.id(), bodies.read(call.body()))));
    }

    private Answer remove(Call call) {
        call.repository().settings().removeHook(hook(call).id());
        return Answer.empty(204);
    }

    private Answer test(Call call) {
        String url = call.parameter("url", "");
        if (!url.matches("https?://.+")) {
            throw Refused.badRequest("url", "The URL is not valid.");
        }
        ObjectNode json = Json.object();
        json.set("request", Json.object().put("method", "POST").put("url", url));
        json.set("result", Json.object().put("outcome", face.test(url) ? "SUCCESS" : "ERROR"));
        return call.ok(json);
    }

    private Answer latest(Call call) {
        Hook hook = hook(call);
        String event = call.parameter("event", "");
        String outcome = call.parameter("outcome", "");
        return call.repository().deliveries().stream()
                .filter(sent -> sent.hookId() == hook.id())
                .filter(sent -> event.isEmpty() || sent.event().equals(event))
                .sorted(Comparator.comparing(SentDelivery::id).reversed())
                .map(shapes::delivery)
                .filter(json -> outcome.isEmpty()
                        || outcome.equals(json.path("result").path("outcome").asText()))
                .findFirst()
                .map(call::ok)
                .orElseGet(() -> Answer.empty(204));
    }

    private static Hook hook(Call call) {
        return call.repository().settings().hook(call.id(0)).orElseThrow(Refused::notFound);
    }
}

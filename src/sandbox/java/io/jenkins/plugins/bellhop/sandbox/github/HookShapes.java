package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import java.util.List;

/** The JSON of webhooks and of what they sent. */
final class HookShapes {

    private final Addresses addresses;

    HookShapes(Addresses addresses) {
        this.addresses = addresses;
    }

    ObjectNode hook(SandboxRepository repository, Hook hook) {
        String url = addresses.rest(repository) + "/hooks/" + hook.id();
        ObjectNode json = Json.object()
                .put("type", "Repository")
                .put("id", hook.id())
                .put("name", "web")
                .put("active", hook.active());
        json.set("events", Json.texts(hook.events()));
        json.set("config", config(hook.settings()));
        json.put("updated_at", Json.time(hook.updatedAt()))
                .put("created_at", Json.time(hook.createdAt()))
                .put("url", url)
                .put("test_url", url + "/test")
                .put("ping_url", url + "/pings")
                .put("deliveries_url", url + "/deliveries");
        json.set("last_response", lastResponse(repository, hook));
        return json;
    }

    /** The secret never comes back: asterisks say that there is one. */
    ObjectNode config(HookSettings settings) {
        ObjectNode json = Json.object()
                .put("content_type", settings.contentType())
                .put("insecure_ssl", settings.insecureSsl() ? "1" : "0");
        settings.secret().ifPresent(secret -> json.put("secret", "********"));
        return json.put("url", settings.url());
    }

    /** A delivery as lists show it. */
    ObjectNode listed(SentDelivery delivery) {
        return Json.object()
                .put("id", delivery.id())
                .put("guid", delivery.guid())
                .put("delivered_at", delivery.sentAt().toString())
                .put("redelivery", delivery.redelivery())
                .put("duration", delivery.duration().toMillis() / 1000.0)
                .put("status", outcome(delivery))
                .put("status_code", delivery.status())
                .put("event", delivery.event())
                .put("action", delivery.action().isEmpty() ? null : delivery.action())
                .putNull("installation_id")
                .put("repository_id", delivery.repositoryId())
                .putNull("throttled_at");
    }

    /** A delivery with what was sent and what came back. */
    ObjectNode full(SentDelivery delivery) {
        ObjectNode json = listed(delivery).put("url", delivery.url());
        ObjectNode headers = json.withObject("/request/headers");
        delivery.headers().forEach(headers::put);
        json.withObject("/request")
                .set("payload", Json.read(delivery.message().json()).orElseThrow());
        json.withObject("/response/headers");
        json.withObject("/response").put("payload", delivery.answered() ? delivery.answer() : null);
        return json;
    }

    static String outcome(SentDelivery delivery) {
        if (!delivery.answered()) {
            return delivery.answer();
        }
        return delivery.accepted() ? "OK" : "Invalid HTTP Response: " + delivery.status();
    }

    private static ObjectNode lastResponse(SandboxRepository repository, Hook hook) {
        List<SentDelivery> sent = repository.deliveries().stream()
                .filter(delivery -> delivery.hookId() == hook.id())
                .toList();
        if (sent.isEmpty()) {
            return Json.object().putNull("code").put("status", "unused").putNull("message");
        }
        SentDelivery last = sent.get(sent.size() - 1);
        return Json.object()
                .put("code", last.status())
                .put("status", last.accepted() ? "active" : "failed")
                .put("message", outcome(last));
    }
}

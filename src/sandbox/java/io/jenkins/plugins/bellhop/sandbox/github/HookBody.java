package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of a webhook from the body of a request. */
final class HookBody {

    private static final String PAGE = "/repos/webhooks#create-a-repository-webhook";

    private HookBody() {}

    static HookSettings created(ObjectNode body) {
        return replaced(body.path("config"), body.path("active").asBoolean(true), events(body.path("events")));
    }

    /** A config replaces the whole former one: whoever leaves the secret out removes it. */
    static HookSettings changed(HookSettings old, ObjectNode body) {
        Set<String> events = new LinkedHashSet<>(body.has("events") ? events(body.path("events")) : old.events());
        body.path("add_events").forEach(event -> events.add(event.asText()));
        body.path("remove_events").forEach(event -> events.remove(event.asText()));
        boolean active = body.path("active").asBoolean(old.active());
        if (body.has("config")) {
            return replaced(body.path("config"), active, events);
        }
        return old.active(active).events(events);
    }

    /** The config's own address changes only what is named. */
    static HookSettings configured(HookSettings old, ObjectNode config) {
        return new HookSettings(
                old.name(),
                config.path("url").asText(old.url()),
                config.path("content_type").asText(old.contentType()),
                config.has("insecure_ssl") ? insecure(config) : old.insecureSsl(),
                old.active(),
                old.events(),
                config.has("secret") ? secret(config) : old.secret());
    }

    private static HookSettings replaced(JsonNode config, boolean active, Set<String> events) {
        String url = config.path("url").asText("");
        if (url.isEmpty()) {
            throw Refused.invalid("Hook", "", "Config must contain URL for webhooks", PAGE);
        }
        String contentType = config.path("content_type").asText("form");
        if (!Set.of("form", "json").contains(contentType)) {
            throw Refused.invalid("Hook", "content_type", "content_type must be form or json", PAGE);
        }
        return new HookSettings("web", url, contentType, insecure(config), active, events, secret(config));
    }

    private static Set<String> events(JsonNode named) {
        Set<String> events = new LinkedHashSet<>();
        for (JsonNode event : named) {
            if (!event.asText().matches("[a-z_]+|\\*")) {
                throw Refused.invalid("Hook", "events", "The event " + event + " is unknown", PAGE);
            }
            events.add(event.asText());
        }
        return events.isEmpty() ? Set.of("push") : events;
    }

    private static boolean insecure(JsonNode config) {
        return config.path("insecure_ssl").asText("0").equals("1");
    }

    private static Optional<String> secret(JsonNode config) {
        return Optional.of(config.path("secret").asText("")).filter(secret -> !secret.isEmpty());
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of a webhook from the body of a request, always all of them. */
final class HookBody {

    /** Live servers refuse some keys that are documented, such as {@code pr:to_ref_updated}. */
    private static final Set<String> EVENTS = Set.of(
            "repo:refs_changed",
            "repo:modified",
            "repo:forked",
            "repo:comment:added",
            "repo:comment:edited",
            "repo:comment:deleted",
            "pr:opened",
            "pr:modified",
            "pr:reviewer:updated",
            "pr:reviewer:approved",
            "pr:reviewer:unapproved",
            "pr:reviewer:needs_work",
            "pr:merged",
            "pr:declined",
            "pr:deleted",
            "pr:comment:added",
            "pr:comment:edited",
            "pr:comment:deleted");

    /** Since 7.0 and 6.5. */
    private static final Set<String> NEWER_EVENTS = Set.of("pr:from_ref_updated", "mirror:repo_synchronized");

    private final Installation installation;

    HookBody(Installation installation) {
        this.installation = installation;
    }

    /** One unknown event fails the whole request. */
    HookSettings read(ObjectNode body) {
        String name = body.path("name").asText("");
        if (name.isBlank()) {
            throw Refused.badRequest("name", "A webhook needs a name.");
        }
        String url = body.path("url").asText("");
        if (!url.matches("https?://.+")) {
            throw Refused.badRequest("url", "The URL is not valid.");
        }
        return new HookSettings(
                name,
                url,
                "json",
                !body.path("sslVerificationRequired").asBoolean(true),
                body.path("active").asBoolean(true),
                events(body.path("events")),
                Optional.of(body.path("configuration").path("secret").asText(""))
                        .filter(secret -> !secret.isEmpty()));
    }

    private Set<String> events(JsonNode named) {
        Set<String> events = new LinkedHashSet<>();
        for (JsonNode event : named) {
            boolean newer = !installation.old() && NEWER_EVENTS.contains(event.asText());
            if (!newer && !EVENTS.contains(event.asText())) {
                throw Refused.badRequest("events", "The event " + event.asText() + " is unknown");
            }
            events.add(event.asText());
        }
        if (events.isEmpty()) {
            throw Refused.badRequest("events", "A webhook needs at least one event.");
        }
        return events;
    }
}

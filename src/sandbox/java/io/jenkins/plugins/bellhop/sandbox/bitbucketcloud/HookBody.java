package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of a webhook from the body of a request. */
final class HookBody {

    private static final int MAX_SECRET = 128;

    /** Those of a repository, from the enumeration in Atlassian's API description. */
    private static final Set<String> EVENTS = Set.of(
            "pipeline:span_created",
            "pullrequest:approved",
            "pullrequest:changes_request_created",
            "pullrequest:changes_request_removed",
            "pullrequest:comment_created",
            "pullrequest:comment_deleted",
            "pullrequest:comment_reopened",
            "pullrequest:comment_resolved",
            "pullrequest:comment_updated",
            "pullrequest:created",
            "pullrequest:fulfilled",
            "pullrequest:push",
            "pullrequest:rejected",
            "pullrequest:unapproved",
            "pullrequest:updated",
            "repo:commit_comment_created",
            "repo:commit_status_created",
            "repo:commit_status_updated",
            "repo:created",
            "repo:deleted",
            "repo:fork",
            "repo:imported",
            "repo:push",
            "repo:transfer",
            "repo:updated");

    private HookBody() {}

    static HookSettings created(ObjectNode body) {
        return read(body, Optional.empty(), true);
    }

    /** A secret that is left out stays; null and "" remove it. */
    static HookSettings changed(HookSettings old, ObjectNode body) {
        return read(body, body.has("secret") ? Optional.empty() : old.secret(), old.active());
    }

    private static HookSettings read(ObjectNode body, Optional<String> oldSecret, boolean active) {
        String url = body.path("url").asText("");
        if (!url.matches("https?://.+")) {
            throw Refused.badField("url", "Enter a valid URL.");
        }
        Optional<String> secret = Optional.ofNullable(body.path("secret").textValue())
                .filter(text -> !text.isEmpty())
                .or(() -> oldSecret);
        if (secret.filter(text -> text.length() > MAX_SECRET).isPresent()) {
            throw Refused.badField("secret", "Ensure this value has at most 128 characters.");
        }
        return new HookSettings(
                body.path("description").asText(""),
                url,
                "json",
                body.path("skip_cert_verification").asBoolean(false),
                body.path("active").asBoolean(active),
                events(body.path("events")),
                secret);
    }

    private static Set<String> events(JsonNode named) {
        Set<String> events = new LinkedHashSet<>();
        for (JsonNode event : named) {
            if (!EVENTS.contains(event.asText())) {
                throw Refused.badField("events", "Invalid event: " + event.asText());
            }
            events.add(event.asText());
        }
        if (events.isEmpty()) {
            throw Refused.badField("events", "This field is required.");
        }
        return events;
    }
}

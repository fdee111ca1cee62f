package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Bitbucket's error bodies: {@code {"type":"error","error":{"message":…}}}, sometimes with more. */
final class Refused {

    private Refused() {}

    /** Also for a token without scopes, as avivsinai/bitbucket-cli#30 quotes it. */
    static Refusal badToken() {
        return plain(401, "Token is invalid, expired, or not supported for this endpoint.");
    }

    /** What an access token hears where only a person may act, as DrFaust92/terraform-provider-bitbucket#221 has it. */
    static Refusal wrongKindOfToken() {
        return plain(403, "This API is not accessible by this authentication mechanism");
    }

    static Refusal missingScopes(Collection<String> granted, Collection<String> required) {
        ObjectNode body = body("Your credentials lack one or more required privilege scopes.");
        ObjectNode detail = body.withObject("/error/detail");
        detail.set("granted", Json.texts(granted));
        detail.set("required", Json.texts(required));
        return new Refusal(Json.answer(403, body));
    }

    static Refusal forbidden() {
        return plain(403, "Your credentials do not have the access to this repository that this requires.");
    }

    /** What exists, but not for this reader. */
    static Refusal noAccess() {
        return plain(
                404,
                "You may not have access to this repository or it no longer exists in this workspace. If you think this"
                        + " repository exists and you have access, make sure you are authenticated.");
    }

    static Refusal noRepository(String fullName) {
        return plain(404, "Repository " + fullName + " not found");
    }

    static Refusal notFound() {
        return plain(404, "Resource not found");
    }

    static Refusal badRequest(String message) {
        return plain(400, message);
    }

    /** A 400 that blames one member of the body. */
    static Refusal badField(String field, String message) {
        ObjectNode body = body(message);
        body.withObject("/error/fields").set(field, Json.texts(List.of(message)));
        return new Refusal(Json.answer(400, body));
    }

    /** Calls that looked into all workspaces at once were removed in 2026. */
    static Refusal retired() {
        ObjectNode body = body("CHANGE-2770 - Functionality has been deprecated");
        body.withObject("/error/data")
                .put("announcement_url", "https://developer.atlassian.com/cloud/bitbucket/changelog/#CHANGE-2770");
        return new Refusal(Json.answer(410, body));
    }

    static Answer tooMany(Duration retryAfter) {
        return Json.answer(429, body("Rate limit for this resource has been exceeded"))
                .with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private static Refusal plain(int status, String message) {
        return new Refusal(Json.answer(status, body(message)));
    }

    private static ObjectNode body(String message) {
        ObjectNode json = Json.object().put("type", "error");
        json.withObject("/error").put("message", message);
        return json;
    }
}

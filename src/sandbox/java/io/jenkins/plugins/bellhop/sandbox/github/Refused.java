package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import java.util.List;

/** GitHub's error bodies. */
final class Refused {

    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private Refused() {}

    static Refusal notFound() {
        return plain(404, "Not Found", DOCUMENTATION);
    }

    static Refusal requiresAuthentication() {
        return plain(401, "Requires authentication", DOCUMENTATION);
    }

    static Refusal badCredentials() {
        return plain(401, "Bad credentials", DOCUMENTATION);
    }

    static Refusal notAccessible() {
        return plain(403, "Resource not accessible by personal access token", DOCUMENTATION);
    }

    static Refusal noUserAgent() {
        return new Refusal(
                Answer.of(
                        403,
                        "text/html; charset=utf-8",
                        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header"
                                + " (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required)."));
    }

    static Refusal badJson() {
        return plain(400, "Problems parsing JSON", DOCUMENTATION);
    }

    static Refusal rateLimited(long userId) {
        return plain(
                403,
                "API rate limit exceeded for user ID " + userId + ".",
                "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api");
    }

    static Refusal moved(int status, String location) {
        ObjectNode body = Json.object()
                .put("message", "Moved Permanently")
                .put("url", location)
                .put("documentation_url", "https://docs.github.com/v3/#http-redirects");
        return new Refusal(Json.answer(status, body).with("Location", location));
    }

    /** A 422 without details. */
    static Refusal unprocessable(String message) {
        return plain(422, message, DOCUMENTATION);
    }

    /** A 422 with one error; an empty field is left out. */
    static Refusal invalid(String resource, String field, String message, String documentation) {
        ObjectNode error = Json.object().put("resource", resource).put("code", "custom");
        if (!field.isEmpty()) {
            error.put("field", field);
        }
        error.put("message", message);
        ObjectNode body = Json.object().put("message", "Validation Failed");
        body.set("errors", Json.array(List.of(error)));
        return new Refusal(Json.answer(422, body.put("documentation_url", DOCUMENTATION + documentation)));
    }

    private static Refusal plain(int status, String message, String documentation) {
        return new Refusal(Json.answer(
                status,
                Json.object()
                        .put("message", message)
                        .put("documentation_url", documentation)
                        .put("status", Integer.toString(status))));
    }
}

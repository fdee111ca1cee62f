package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import java.util.List;

/** A request that ends with one of GitHub's error bodies. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private final transient Answer answer;

    private Refused(Answer answer) {
        super("Answered " + answer.status());
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    static Refused notFound() {
        return plain(404, "Not Found", DOCUMENTATION);
    }

    static Refused requiresAuthentication() {
        return plain(401, "Requires authentication", DOCUMENTATION);
    }

    static Refused badCredentials() {
        return plain(401, "Bad credentials", DOCUMENTATION);
    }

    static Refused notAccessible() {
        return plain(403, "Resource not accessible by personal access token", DOCUMENTATION);
    }

    static Refused noUserAgent() {
        return new Refused(
                Answer.of(
                        403,
                        "text/html; charset=utf-8",
                        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header"
                                + " (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required)."));
    }

    static Refused badJson() {
        return plain(400, "Problems parsing JSON", DOCUMENTATION);
    }

    static Refused rateLimited(long userId) {
        return plain(
                403,
                "API rate limit exceeded for user ID " + userId + ".",
                "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api");
    }

    static Refused moved(int status, String location) {
        ObjectNode body = Json.object()
                .put("message", "Moved Permanently")
                .put("url", location)
                .put("documentation_url", "https://docs.github.com/v3/#http-redirects");
        return new Refused(Call.json(status, body).with("Location", location));
    }

    /** A 422 without details. */
    static Refused unprocessable(String message) {
        return plain(422, message, DOCUMENTATION);
    }

    /** A 422 with one error; an empty field is left out. */
    static Refused invalid(String resource, String field, String message, String documentation) {
        ObjectNode error = Json.object().put("resource", resource).put("code", "custom");
        if (!field.isEmpty()) {
            error.put("field", field);
        }
        error.put("message", message);
        ObjectNode body = Json.object().put("message", "Validation Failed");
        body.set("errors", Json.array(List.of(error)));
        return new Refused(Call.json(422, body.put("documentation_url", DOCUMENTATION + documentation)));
    }

    private static Refused plain(int status, String message, String documentation) {
        return new Refused(Call.json(
                status,
                Json.object()
                        .put("message", message)
                        .put("documentation_url", documentation)
                        .put("status", Integer.toString(status))));
    }
}

package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Refusal;
import java.time.Duration;
import java.util.List;

/** Data Center's error bodies: {@code {"errors":[{"context","message","exceptionName"}]}}. */
final class Refused {

    private static final String PACKAGE = "com.atlassian.bitbucket.";

    private Refused() {}

    static Refusal badCredentials() {
        return error(
                401,
                null,
                "Authentication failed. Please check your credentials and try again.",
                "auth.IncorrectPasswordAuthenticationException");
    }

    /** Whoever may not is told 401, as if not logged in. */
    static Refusal notPermitted() {
        return error(401, null, "You are not permitted to access this resource", "AuthorisationException");
    }

    static Refusal noProject(String key) {
        return error(404, null, "Project " + key + " does not exist.", "project.NoSuchProjectException");
    }

    static Refusal noRepository(String path) {
        return error(404, null, "Repository " + path + " does not exist.", "repository.NoSuchRepositoryException");
    }

    static Refusal noDefaultBranch() {
        return error(404, null, "The repository has no default branch.", "repository.NoDefaultBranchException");
    }

    static Refusal noCommit(String id) {
        return error(
                404, null, "Commit '" + id + "' does not exist in this repository.", "commit.NoSuchCommitException");
    }

    static Refusal notFound() {
        return error(404, null, "The requested resource does not exist.", "NoSuchEntityException");
    }

    static Refusal badRequest(String context, String message) {
        return error(400, context, message, "validation.ArgumentValidationException");
    }

    static Refusal duplicateKey() {
        return error(
                409,
                "text",
                "That SSH key already exists on the system or is already in use here.",
                "ssh.DuplicateSshKeyException");
    }

    static Refusal moved(int status, String location) {
        return new Refusal(Answer.empty(status).with("Location", location));
    }

    static Answer tooMany(Duration retryAfter) {
        return error(429, null, "Your request was rejected because of too many requests.", "RateLimitedException")
                .answer()
                .with("Retry-After", Long.toString(retryAfter.toSeconds()))
                .with("X-RateLimit-Limit", "60")
                .with("X-RateLimit-Remaining", "0")
                .with("X-RateLimit-Interval-Seconds", "1")
                .with("X-RateLimit-FillRate", "5");
    }

    private static Refusal error(int status, String context, String message, String exception) {
        ObjectNode error =
                Json.object().put("context", context).put("message", message).put("exceptionName", PACKAGE + exception);
        ObjectNode body = Json.object();
        body.set("errors", Json.array(List.of(error)));
        return new Refusal(Json.answer(status, body));
    }
}

package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.forge.Answer;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.Refusals;
import io.jenkins.plugins.bellhop.forge.RetryAfter;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in words why Bitbucket Cloud refused a call. Sources: Atlassian's "Using API tokens", "API request limits", the
 * knowledge base's "Why am I not able to add an SSH key", and the error texts that its users report.
 */
final class CloudRefusals implements Refusals {

    /** Bitbucket has no header with the time of renewal. */
    private static final String NO_RENEWAL = "x-ratelimit-reset";

    private final String host;
    private final Clock clock;

    CloudRefusals(String host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    @Override
    public ForgeFailure explain(Answer answer, Need need) {
        String message = message(answer);
        int status = answer.status();
        if (status == 401) {
            return failure(
                    Kind.NOT_AUTHENTICATED,
                    need,
                    "the token is wrong, expired, revoked or without scopes. Choose a credential with an e-mail address and"
                            + " a valid API token that has the scope " + need.permission());
        }
        if (status == 403) {
            return forbidden(answer, message, need);
        }
        if (status == 404) {
            return failure(
                    Kind.NOT_FOUND,
                    need,
                    "it finds no such thing, or the token's owner may not see it" + reported(message));
        }
        if (status == 429) {
            Instant retryAt = RetryAfter.of(answer, NO_RENEWAL, clock);
            return new ForgeFailure(
                    Kind.RATE_LIMITED,
                    sentence(need, "this user's rate limit is used up. It is worth trying again at " + retryAt),
                    Optional.of(retryAt));
        }
        if (status >= 500) {
            return failure(Kind.FORGE_ERROR, need, "it answered " + status + ", a fault of its own. Try again later");
        }
        return refused(status, message, need);
    }

    private ForgeFailure forbidden(Answer answer, String message, Need need) {
        if (message.contains("authentication mechanism")) {
            return failure(
                    Kind.NOT_PERMITTED,
                    need,
                    "it lets no access token do this. Choose an e-mail address and API token of an administrator of the"
                            + " repository");
        }
        List<String> required = requiredScopes(answer);
        if (!required.isEmpty()) {
            return failure(
                    Kind.NOT_PERMITTED, need, "the token lacks one of the scopes " + String.join(", ", required));
        }
        return failure(
                Kind.NOT_PERMITTED,
                need,
                "the token's owner is not an administrator of the repository, or the token lacks the scope "
                        + need.permission() + reported(message));
    }

    private ForgeFailure refused(int status, String message, Need need) {
        if (message.contains("already added that access key")
                || message.contains("already registered that SSH key")
                || message.contains("must be unique")) {
            return failure(
                    Kind.KEY_IN_USE,
                    need,
                    "the key is already in use, or was deleted less than 30 days ago" + reported(message));
        }
        if (status == 400 && message.toLowerCase(Locale.ROOT).contains("ssh key")) {
            return failure(Kind.KEY_REFUSED, need, "it does not take this key" + reported(message));
        }
        if (status == 410) {
            return failure(Kind.REFUSED, need, "it no longer offers this" + reported(message));
        }
        return failure(Kind.REFUSED, need, "it answered " + status + reported(message));
    }

    private static List<String> requiredScopes(Answer answer) {
        try {
            List<String> scopes = new ArrayList<>();
            Optional<Json> detail = answer.json().at("error").find("detail");
            Optional<Json> required = detail.isPresent() ? detail.get().find("required") : Optional.empty();
            if (required.isPresent()) {
                for (Json scope : required.get().items()) {
                    scopes.add(Quoted.text(scope.text()));
                }
            }
            return scopes;
        } catch (UnreadablePayload e) {
            return List.of();
        }
    }

    private static String message(Answer answer) {
        try {
            return answer.json().at("error").findText("message").orElse("");
        } catch (UnreadablePayload e) {
            return "";
        }
    }

    private static String reported(String message) {
        return message.isEmpty() ? "" : "; it says " + Quoted.text(message);
    }

    private ForgeFailure failure(Kind kind, Need need, String why) {
        return new ForgeFailure(kind, sentence(need, why));
    }

    private String sentence(Need need, String why) {
        return host + " did not " + need.action() + ": " + why + ".";
    }
}

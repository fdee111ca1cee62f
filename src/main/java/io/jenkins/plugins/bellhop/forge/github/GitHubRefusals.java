package io.jenkins.plugins.bellhop.forge.github;

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
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in words why GitHub refused a call. Sources: GitHub's "Troubleshooting the REST API", "Authenticating to the REST
 * API" and "Rate limits for the REST API", and the error texts that its users report.
 */
final class GitHubRefusals implements Refusals {

    private final String host;
    private final Clock clock;

    GitHubRefusals(String host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    @Override
    public ForgeFailure explain(Answer answer, Need need) {
        int status = answer.status();
        if (status == 401) {
            return failure(
                    Kind.NOT_AUTHENTICATED,
                    need,
                    "the token is wrong, expired or revoked. Choose a credential" + " with a valid token");
        }
        if (isRateLimited(answer)) {
            return rateLimited(answer, need);
        }
        if (status == 403 || status == 404) {
            return notPermitted(answer, need);
        }
        if (status == 422) {
            return invalid(answer, need);
        }
        if (status >= 500) {
            return failure(Kind.FORGE_ERROR, need, "it answered " + status + ", a fault of its own. Try again later");
        }
        return failure(Kind.REFUSED, need, "it answered " + status + " " + quotedMessage(answer));
    }

    private static boolean isRateLimited(Answer answer) {
        boolean mayBe = answer.status() == 403 || answer.status() == 429;
        return mayBe
                && (answer.status() == 429
                        || answer.header("retry-after").isPresent()
                        || answer.header("x-ratelimit-remaining")
                                .filter("0"::equals)
                                .isPresent()
                        || answer.message().toLowerCase(Locale.ROOT).contains("rate limit"));
    }

    private ForgeFailure rateLimited(Answer answer, Need need) {
        Instant retryAt = RetryAfter.of(answer, "x-ratelimit-reset", clock);
        return new ForgeFailure(
                Kind.RATE_LIMITED,
                sentence(need, "this token's rate limit is used up. It is worth trying again at " + retryAt),
                Optional.of(retryAt));
    }

    private ForgeFailure notPermitted(Answer answer, Need need) {
        String message = answer.message();
        if (message.contains("OAuth App access restrictions")) {
            return failure(
                    Kind.NOT_PERMITTED,
                    need,
                    "the organisation restricts third-party applications. Have an owner"
                            + " approve the application (organisation settings, Third-party access), or use a personal access"
                            + " token");
        }
        if (answer.header("X-GitHub-SSO").isPresent() || message.contains("SAML enforcement")) {
            return failure(
                    Kind.NOT_PERMITTED,
                    need,
                    "the organisation wants single sign-on for this token. Authorise it" + ssoLink(answer));
        }
        if (isDeployKeyPolicy(message)) {
            return deployKeysForbidden(need);
        }
        if (answer.status() == 403) {
            return failure(Kind.NOT_PERMITTED, need, "the token lacks " + lacking(answer, need) + reported(answer));
        }
        return notFound(answer, need);
    }

    /** GitHub answers 404 also for what a token may not see, so that nobody can probe for private repositories. */
    private ForgeFailure notFound(Answer answer, Need need) {
        Optional<String> scopes = answer.header("X-OAuth-Scopes");
        if (scopes.isPresent() && !covers(scopes.get(), scopeOf(need))) {
            return failure(
                    Kind.NOT_PERMITTED,
                    need,
                    "the token lacks the scope \"" + scopeOf(need) + "\" (it has: "
                            + (scopes.get().isBlank() ? "none" : scopes.get()) + ")");
        }
        return failure(
                Kind.NOT_FOUND,
                need,
                "it finds no such thing, or the token may not see it: it takes " + rights(need)
                        + " and, for deploy keys and hooks, an owner who is an administrator of the repository");
    }

    private static boolean covers(String scopes, String scope) {
        return Arrays.stream(scopes.split(","))
                .map(String::trim)
                .anyMatch(has -> has.equals("repo") || has.equals(scope));
    }

    private static String lacking(Answer answer, Need need) {
        return answer.header("X-Accepted-GitHub-Permissions")
                .map(accepted -> "the permission \"" + need.permission() + "\" (GitHub names it " + accepted + ")")
                .orElse(rights(need));
    }

    private static String rights(Need need) {
        return "the permission \"" + need.permission() + "\" (a classic token: the scope \"" + scopeOf(need) + "\")";
    }

    private static String scopeOf(Need need) {
        return need.scope().orElse("repo");
    }

    private static String ssoLink(Answer answer) {
        return answer.header("X-GitHub-SSO")
                .filter(value -> value.contains("url=https://"))
                .map(value -> " at "
                        + value.substring(value.indexOf("url=") + "url=".length())
                                .split("[;\\s]")[0])
                .orElse(" on GitHub, Settings, Personal access tokens, Configure SSO");
    }

    private ForgeFailure invalid(Answer answer, Need need) {
        String detail = firstDetail(answer);
        if (detail.contains("key is already in use")) {
            return failure(
                    Kind.KEY_IN_USE,
                    need,
                    "the key is already in use: GitHub takes a key only once, for one" + " repository or one account");
        }
        if (detail.contains("key is invalid")) {
            return failure(Kind.KEY_REFUSED, need, "it does not take this key: " + Quoted.text(detail));
        }
        if (isDeployKeyPolicy(detail) || isDeployKeyPolicy(answer.message())) {
            return deployKeysForbidden(need);
        }
        return failure(
                Kind.REFUSED, need, "it answered 422: " + Quoted.text(detail.isEmpty() ? answer.message() : detail));
    }

    private static boolean isDeployKeyPolicy(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("deploy key")
                && (lower.contains("disabled") || lower.contains("not allowed") || lower.contains("restrict"));
    }

    private ForgeFailure deployKeysForbidden(Need need) {
        return failure(
                Kind.DEPLOY_KEYS_FORBIDDEN,
                need,
                "the organisation forbids deploy keys, as new organisations do by"
                        + " default. Have an owner allow them (organisation settings, Member privileges, Deploy keys:"
                        + " https://docs.github.com/organizations/managing-organization-settings/restricting-deploy-keys-in-your-organization),"
                        + " or use a user key");
    }

    /** The two 422 that matter differ in nothing but this text. */
    private static String firstDetail(Answer answer) {
        try {
            for (Json error : answer.json().find("errors").orElse(answer.json()).items()) {
                Optional<String> detail = error.findText("message");
                if (detail.isPresent()) {
                    return detail.get();
                }
            }
            return "";
        } catch (UnreadablePayload e) {
            return "";
        }
    }

    private static String reported(Answer answer) {
        return answer.message().isEmpty() ? "" : "; it says " + Quoted.text(answer.message());
    }

    private static String quotedMessage(Answer answer) {
        return Quoted.text(answer.message());
    }

    private ForgeFailure failure(Kind kind, Need need, String why) {
        return new ForgeFailure(kind, sentence(need, why));
    }

    private String sentence(Need need, String why) {
        return host + " did not " + need.action() + ": " + why + ".";
    }
}

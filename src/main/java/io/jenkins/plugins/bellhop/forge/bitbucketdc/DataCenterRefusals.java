package io.jenkins.plugins.bellhop.forge.bitbucketdc;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in words why a Data Center refused a call. Sources: Atlassian's API description, "HTTP access tokens", and "Rate
 * limiting".
 */
final class DataCenterRefusals implements Refusals {

    /** Repository limits are tried again by the second; the header with the limit's renewal is GitHub's alone. */
    private static final String NO_RENEWAL = "x-ratelimit-reset";

    private final String host;
    private final Clock clock;

    DataCenterRefusals(String host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    @Override
    public ForgeFailure explain(Answer answer, Need need) {
        Complaint complaint = Complaint.in(answer);
        int status = answer.status();
        if (status == 401 || status == 403) {
            return unauthorised(complaint, need);
        }
        if (status == 404) {
            return failure(
                    Kind.NOT_FOUND,
                    need,
                    "it finds no such thing, or the token may not see it (" + need.permission() + " is needed)"
                            + complaint.reported());
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
        return refused(status, complaint, need);
    }

    /** One status for "who are you" and for "you may not"; the exception's name tells them apart where it is told. */
    private ForgeFailure unauthorised(Complaint complaint, Need need) {
        if (complaint.isFrom("AuthenticationException")) {
            return failure(
                    Kind.NOT_AUTHENTICATED,
                    need,
                    "the token is wrong, expired or revoked. Choose a credential with a valid HTTP access token");
        }
        return failure(
                Kind.NOT_PERMITTED,
                need,
                "the token is not valid, or lacks the permission " + need.permission() + complaint.reported());
    }

    private ForgeFailure refused(int status, Complaint complaint, Need need) {
        boolean aboutKeys =
                complaint.isFrom("SshKeyException") || complaint.message().contains("SSH key");
        if (status == 409 && aboutKeys) {
            return failure(Kind.KEY_IN_USE, need, "the key is already in use" + complaint.reported());
        }
        if (status == 400 && (aboutKeys || complaint.context().equals("text"))) {
            return failure(
                    Kind.KEY_REFUSED,
                    need,
                    "it does not take this key; an administrator may have limited the types and lengths of keys"
                            + complaint.reported());
        }
        return failure(Kind.REFUSED, need, "it answered " + status + complaint.reported());
    }

    private ForgeFailure failure(Kind kind, Need need, String why) {
        return new ForgeFailure(kind, sentence(need, why));
    }

    private String sentence(Need need, String why) {
        return host + " did not " + need.action() + ": " + why + ".";
    }

    /** The first of the answer's errors; its parts are empty when there is none. */
    private record Complaint(String context, String message, String exception) {

        static Complaint in(Answer answer) {
            try {
                List<Json> errors = answer.json().at("errors").items();
                return errors.isEmpty() ? none() : of(errors.get(0));
            } catch (UnreadablePayload e) {
                return none();
            }
        }

        private static Complaint of(Json error) throws UnreadablePayload {
            return new Complaint(
                    error.findText("context").orElse(""),
                    error.findText("message").orElse(""),
                    error.findText("exceptionName").orElse(""));
        }

        private static Complaint none() {
            return new Complaint("", "", "");
        }

        boolean isFrom(String exceptionName) {
            return exception.toLowerCase(Locale.ROOT).endsWith(exceptionName.toLowerCase(Locale.ROOT));
        }

        String reported() {
            return message.isEmpty() ? "" : "; it says " + Quoted.text(message);
        }
    }
}

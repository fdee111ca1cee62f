package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The headers that answers carry beside what they say. */
final class Letterhead {

    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Allowance allowance;

    Letterhead(Allowance allowance) {
        this.allowance = allowance;
    }

    /** On every answer. */
    Answer mark(Request request, Answer answer) {
        return answer.with("X-GitHub-Enterprise-Version", GitHubFace.VERSION)
                .with("X-GitHub-Media-Type", "github.v3; format=json")
                .with(
                        "X-GitHub-Api-Version-Selected",
                        request.header("X-GitHub-Api-Version").orElse("2022-11-28"))
                .with(
                        "X-GitHub-Request-Id",
                        HexFormat.of()
                                .withUpperCase()
                                .toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    /** For the owner of a token: what it has, what would have been needed, and how much of its allowance is left. */
    Answer announce(Request request, Answer plain, AccessToken token, Need need) {
        Answer answer = allowance.announce(unlessKnown(request, plain), token);
        Optional<Instant> expiry = token.expiry();
        if (expiry.isPresent()) {
            answer = answer.with("GitHub-Authentication-Token-Expiration", EXPIRY.format(expiry.get()));
        }
        if (token.kind() == AccessToken.Kind.PERMISSIONS) {
            return answer.with("X-Accepted-GitHub-Permissions", need.accepted(token.kind()));
        }
        return answer.with("X-OAuth-Scopes", String.join(", ", token.rights()))
                .with("X-Accepted-OAuth-Scopes", need.accepted(token.kind()));
    }

    /** Tags what was read, and answers 304 to a reader who has it already. */
    private static Answer unlessKnown(Request request, Answer answer) {
        if (!request.reads() || answer.status() != 200) {
            return answer;
        }
        String tag = "\"" + digest(answer.body()) + "\"";
        boolean known = request.header("If-None-Match").filter(tag::equals).isPresent();
        return (known ? Answer.empty(304) : answer).with("ETag", tag);
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

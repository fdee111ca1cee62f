package io.jenkins.plugins.bellhop.forge.github;

import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.APP;
import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When to come back after GitHub said that it is enough for now. */
class GitHubRateLimitTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // status | retry-after | remaining | reset | message | worth trying again at
                "403|-|0|1795263000|API rate limit exceeded|2026-11-21T12:10:00Z",
                "429|-|0|1795263000|-|2026-11-21T12:10:00Z",
                "429|30|-|-|-|2026-11-21T12:00:30Z",
                "403|30|-|-|-|2026-11-21T12:00:30Z",
                "403|30|0|1795263000|-|2026-11-21T12:00:30Z",
                "403|-|4999|-|You have exceeded a secondary rate limit|2026-11-21T12:01:00Z",
                "403|-|0|-|-|2026-11-21T12:01:00Z",
                "429|-|-|-|-|2026-11-21T12:01:00Z",
                "429|Sat, 21 Nov 2026 12:00:30 GMT|-|-|-|2026-11-21T12:01:00Z",
                "429|-5|-|-|-|2026-11-21T12:01:00Z",
                "429|99999999999999999999|-|-|-|2026-11-21T12:01:00Z",
                "429|86400|-|-|-|2026-11-21T13:00:00Z",
                "403|-|0|1895263000|-|2026-11-21T13:00:00Z",
                "403|-|0|999999999999|-|2026-11-21T13:00:00Z"
            })
    void aRateLimitWithTheTimeToWait(
            int status, String retryAfter, String remaining, String reset, String message, Instant retryAt) {
        Reply reply = json(status, message == null ? "" : "{'message': '" + message + "'}");
        reply = retryAfter == null ? reply : reply.with("Retry-After", retryAfter);
        reply = remaining == null ? reply : reply.with("X-RateLimit-Remaining", remaining);
        reply = reset == null ? reply : reply.with("X-RateLimit-Reset", reset);
        ForgeFailure failure = listingHooks(reply);

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.getMessage())
                .isEqualTo("github.com did not list the webhooks of acme/app: this token's rate limit is used up."
                        + " It is worth trying again at " + retryAt + ".");
        assertThat(failure.retryAt()).contains(retryAt);
        assertThat(failure.mayPass()).isTrue();
    }

    @Test
    void aRefusalWithRequestsLeftIsNoRateLimit() {
        ForgeFailure failure = listingHooks(json(403, "{}").with("X-RateLimit-Remaining", "10"));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED);
        assertThat(failure.retryAt()).isEmpty();
    }

    private static ForgeFailure listingHooks(Reply reply) {
        try (GitHubServer github = GitHubServer.answering(asked -> reply)) {
            ForgeFailure failure = catchThrowableOfType(
                    ForgeFailure.class, () -> github.api().hooks().list(APP));
            assertThat(failure).isNotNull();
            return failure;
        }
    }
}

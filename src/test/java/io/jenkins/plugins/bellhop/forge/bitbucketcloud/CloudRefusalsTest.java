package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.APP;
import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.NOW;
import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.error;
import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one call made here lists hooks. */
class CloudRefusalsTest {

    private static final String DID_NOT = "bitbucket.org did not list the webhooks of acme/app: ";

    @Test
    void aTokenThatIsNone() {
        assertRefused(
                error(401, "Token is invalid, expired, or not supported for this endpoint."),
                Kind.NOT_AUTHENTICATED,
                "the token is wrong, expired, revoked or without scopes. Choose a credential with an e-mail address and a"
                        + " valid API token that has the scope read:webhook:bitbucket.");
    }

    @Test
    void scopesThatBitbucketNames() {
        assertRefused(
                json(
                        403,
                        "{'error': {'message': 'Your credentials lack one or more required privilege scopes.',"
                                + " 'detail': {'required': ['read:webhook:bitbucket'], 'granted': []}}}"),
                Kind.NOT_PERMITTED,
                "the token lacks one of the scopes \"read:webhook:bitbucket\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'error': {}}", "{'error': {'detail': 'x'}}", "<html>Sign in</html>", ""})
    void aPermissionThatBitbucketDoesNotName(String body) {
        assertRefused(
                json(403, body),
                Kind.NOT_PERMITTED,
                "the token's owner is not an administrator of the repository, or the token lacks the scope"
                        + " read:webhook:bitbucket.");
    }

    @Test
    void anAccessTokenWhereNoneMay() {
        assertRefused(
                error(403, "This API is not accessible by this authentication mechanism"),
                Kind.NOT_PERMITTED,
                "it lets no access token do this. Choose an e-mail address and API token of an administrator of the"
                        + " repository.");
    }

    @Test
    void whatIsNotFoundOrHidden() {
        assertRefused(
                error(404, "Repository acme/app not found"),
                Kind.NOT_FOUND,
                "it finds no such thing, or the token's owner may not see it; it says \"Repository acme/app not"
                        + " found\".");
    }

    @Test
    void whatBitbucketRetired() {
        assertRefused(
                error(410, "CHANGE-2770 - Functionality has been deprecated"),
                Kind.REFUSED,
                "it no longer offers this; it says \"CHANGE-2770 - Functionality has been deprecated\".");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 0", "'', 60", "soon, 60", "-5, 60", "'Sat, 21 Nov 2026 12:00:09 GMT', 60", "999999, 3600"})
    void oneRequestTooMany(String retryAfter, int seconds) {
        ForgeFailure failure = failure(error(429, "Rate limit").with("Retry-After", retryAfter));

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAt()).contains(NOW.plusSeconds(seconds));
        assertThat(failure)
                .hasMessage(DID_NOT + "this user's rate limit is used up. It is worth trying again at "
                        + NOW.plusSeconds(seconds) + ".");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void aFaultOfItsOwn(int status) {
        assertRefused(
                Reply.of(status, "<html>"),
                Kind.FORGE_ERROR,
                "it answered " + status + ", a fault of its own. Try again later.");
    }

    @Test
    void anotherRefusalInItsOwnWordsShortAndOnOneLine() {
        assertRefused(error(400, "Bad request"), Kind.REFUSED, "it answered 400; it says \"Bad request\".");
        assertRefused(Reply.of(418, ""), Kind.REFUSED, "it answered 418.");
        assertThat(failure(error(400, "x\\n".repeat(5_000))).getMessage())
                .hasSizeLessThan(400)
                .doesNotContain("\n");
    }

    private static void assertRefused(Reply reply, Kind kind, String why) {
        ForgeFailure failure = failure(reply);

        assertThat(failure).hasMessage(DID_NOT + why);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private static ForgeFailure failure(Reply reply) {
        try (CloudServer cloud = CloudServer.answering(asked -> reply)) {
            ForgeFailure failure = catchThrowableOfType(
                    ForgeFailure.class, () -> cloud.api().hooks().list(APP));
            assertThat(failure).isNotNull().hasMessageNotContaining("hunter2");
            return failure;
        }
    }
}

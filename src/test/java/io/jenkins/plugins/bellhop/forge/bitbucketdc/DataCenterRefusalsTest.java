package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import static io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterServer.APP;
import static io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterServer.NOW;
import static io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterServer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCenterRefusalsTest {

    private static final String LISTING = "127.0.0.1 did not list the webhooks of ACME/app: ";
    private static final String ADDING = "127.0.0.1 did not add an access key to ACME/app: ";

    @Test
    void a401ThatAsksWhoItIs() {
        assertRefused(
                listing(error(
                        401,
                        "null",
                        "Authentication failed.",
                        "com.atlassian.bitbucket.auth.IncorrectPassword" + "AuthenticationException")),
                Kind.NOT_AUTHENTICATED,
                LISTING
                        + "the token is wrong, expired or revoked. Choose a credential with a valid HTTP access token.");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a401ThatMeansForbidden(int status) {
        assertRefused(
                listing(error(
                        status,
                        "null",
                        "You are not permitted to access this resource",
                        "com.atlassian.bitbucket.AuthorisationException")),
                Kind.NOT_PERMITTED,
                LISTING + "the token is not valid, or lacks the permission REPO_ADMIN; it says \"You are not permitted"
                        + " to access this resource\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{'errors': []}", "{'errors': ['x']}", "<html>Sign in to your proxy</html>"})
    void a401ThatDoesNotSay(String body) {
        assertRefused(
                listing(DataCenterServer.json(401, body)),
                Kind.NOT_PERMITTED,
                LISTING + "the token is not valid, or lacks the permission REPO_ADMIN.");
    }

    @Test
    void whatIsNotFoundOrHidden() {
        assertRefused(
                listing(error(404, "null", "Repository ACME/app does not exist.", "x.NoSuchRepositoryException")),
                Kind.NOT_FOUND,
                LISTING + "it finds no such thing, or the token may not see it (REPO_ADMIN is needed); it says"
                        + " \"Repository ACME/app does not exist.\".");
    }

    @Test
    void aKeyInUse() {
        assertRefused(
                adding(error(409, "null", "This SSH key already exists on the system", "x.DuplicateSshKeyException")),
                Kind.KEY_IN_USE,
                ADDING + "the key is already in use; it says \"This SSH key already exists on the system\".");
    }

    @ParameterizedTest
    @CsvSource({
        "'''text''', RSA keys of 1024 bits are too short, x.ValidationException",
        "null, The SSH key is not valid, x.Whatever",
        "null, Not of the allowed types, com.atlassian.InvalidSshKeyException"
    })
    void aKeyThatItDoesNotTake(String context, String message, String exception) {
        assertRefused(
                adding(error(400, context, message, exception)),
                Kind.KEY_REFUSED,
                ADDING
                        + "it does not take this key; an administrator may have limited the types and lengths of keys; it"
                        + " says \"" + message + "\".");
    }

    @Test
    void userKeysThatATokenMayNotChange() {
        ForgeFailure failure = failure(
                error(401, "null", "You are not permitted", "com.atlassian.bitbucket.AuthorisationException"),
                api -> api.userKeys().list());

        assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED);
        assertThat(failure).hasMessageContaining("a personal HTTP access token that may change its owner's account");
    }

    @Test
    void oneRequestTooMany() {
        ForgeFailure failure = listing(Reply.of(429, "").with("Retry-After", "7"));

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAt()).contains(NOW.plusSeconds(7));
    }

    @Test
    void aFaultOfItsOwn() {
        assertRefused(
                listing(Reply.of(503, "<html>")),
                Kind.FORGE_ERROR,
                LISTING + "it answered 503, a fault of its own. Try again later.");
    }

    @Test
    void anotherRefusalInItsOwnWordsShortAndOnOneLine() {
        assertRefused(
                listing(error(400, "null", "Something else", "x.Y")),
                Kind.REFUSED,
                LISTING + "it answered 400; it says \"Something else\".");
        assertThat(listing(error(400, "null", "x\\n".repeat(5_000), "x.Y")).getMessage())
                .hasSizeLessThan(400)
                .doesNotContain("\n");
    }

    private static void assertRefused(ForgeFailure failure, Kind kind, String message) {
        assertThat(failure).hasMessage(message);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private static ForgeFailure listing(Reply reply) {
        return failure(reply, api -> api.hooks().list(APP));
    }

    private static ForgeFailure adding(Reply reply) {
        return failure(reply, api -> api.deployKeys().addReadOnly(APP, "ours", "ssh-ed25519 AAAA"));
    }

    /** A list asked for on the way, as after "key is in use", is empty. */
    private static ForgeFailure failure(Reply reply, Call call) {
        try (DataCenterServer server =
                DataCenterServer.answering(asked -> asked.uri().contains("/ssh?effective")
                        ? DataCenterServer.json(200, "{'values': [], 'isLastPage': true}")
                        : reply)) {
            ForgeFailure failure = catchThrowableOfType(ForgeFailure.class, () -> call.on(server.api()));
            assertThat(failure).isNotNull().hasMessageNotContaining("hunter2");
            return failure;
        }
    }

    private interface Call {
        void on(ForgeApi api) throws ForgeFailure;
    }
}

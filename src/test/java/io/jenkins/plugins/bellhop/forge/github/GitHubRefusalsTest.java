package io.jenkins.plugins.bellhop.forge.github;

import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.APP;
import static io.jenkins.plugins.bellhop.forge.github.GitHubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read when GitHub says no. */
class GitHubRefusalsTest {

    private static final String ADDING = "github.com did not add a deploy key to acme/app: ";
    private static final String LISTING = "github.com did not list the webhooks of acme/app: ";

    @Test
    void aTokenThatIsNotValid() {
        assertRefused(
                addingAKey(json(401, "{'message': 'Bad credentials'}")),
                Kind.NOT_AUTHENTICATED,
                ADDING + "the token is wrong, expired or revoked. Choose a credential with a valid token.");
    }

    @Test
    void singleSignOnWithItsLink() {
        Reply reply = json(
                        403,
                        "{'message': 'Resource protected by organization SAML enforcement. You must grant your Personal"
                                + " Access token access to this organization.'}")
                .with("X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request=ABC; x=y");

        assertRefused(
                listingHooks(reply),
                Kind.NOT_PERMITTED,
                LISTING + "the organisation wants single sign-on for this token. Authorise it at"
                        + " https://github.com/orgs/acme/sso?authorization_request=ABC.");
    }

    @Test
    void singleSignOnWithoutALink() {
        String where =
                "the organisation wants single sign-on for this token. Authorise it on GitHub, Settings, Personal"
                        + " access tokens, Configure SSO.";

        assertRefused(
                listingHooks(json(403, "{'message': 'Resource protected by organization SAML enforcement.'}")),
                Kind.NOT_PERMITTED,
                LISTING + where);
        assertRefused(
                listingHooks(json(403, "{}").with("X-GitHub-SSO", "required; url=javascript:alert(1)")),
                Kind.NOT_PERMITTED,
                LISTING + where);
    }

    @Test
    void anOrganisationThatRestrictsThirdPartyApplications() {
        Reply reply = json(
                403,
                "{'message': 'Although you appear to have the correct authorization credentials, the `acme`"
                        + " organization has enabled OAuth App access restrictions.'}");

        assertRefused(
                listingHooks(reply),
                Kind.NOT_PERMITTED,
                LISTING + "the organisation restricts third-party applications. Have an owner approve the application"
                        + " (organisation settings, Third-party access), or use a personal access token.");
    }

    @Test
    void aPermissionThatAFineGrainedTokenLacks() {
        Reply reply = json(403, "{'message': 'Resource not accessible by personal access token'}")
                .with("X-Accepted-GitHub-Permissions", "administration=write");

        assertRefused(
                addingAKey(reply),
                Kind.NOT_PERMITTED,
                ADDING
                        + "the token lacks the permission \"Administration: write\" (GitHub names it"
                        + " administration=write); it says \"Resource not accessible by personal access token\".");
    }

    @Test
    void aPermissionThatGitHubDoesNotName() {
        assertRefused(
                listingHooks(json(403, "")),
                Kind.NOT_PERMITTED,
                LISTING + "the token lacks the permission \"Webhooks: read\" (a classic token: the scope"
                        + " \"admin:repo_hook\").");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|none", "read:org|read:org", "public_repo, gist|public_repo, gist", "repo:status|repo:status"})
    void aScopeThatAClassicTokenLacks(String scopes, String shown) {
        assertRefused(
                listingHooks(json(404, "{'message': 'Not Found'}").with("X-OAuth-Scopes", scopes)),
                Kind.NOT_PERMITTED,
                LISTING + "the token lacks the scope \"admin:repo_hook\" (it has: " + shown + ").");
    }

    @ParameterizedTest
    @ValueSource(strings = {"repo", "gist, repo", "admin:repo_hook", "read:org,admin:repo_hook"})
    void whatIsNotFoundThoughTheScopeIsThere(String scopes) {
        assertThat(listingHooks(json(404, "{'message': 'Not Found'}").with("X-OAuth-Scopes", scopes))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void whatIsNotFoundOrHidden() {
        assertRefused(
                addingAKey(json(404, "{'message': 'Not Found'}")),
                Kind.NOT_FOUND,
                ADDING + "it finds no such thing, or the token may not see it: it takes the permission"
                        + " \"Administration: write\" (a classic token: the scope \"repo\") and, for deploy keys"
                        + " and hooks, an owner who is an administrator of the repository.");
    }

    @Test
    void aKeyThatIsInUseElsewhere() {
        assertRefused(
                addingAKey(validationFailed("key is already in use")),
                Kind.KEY_IN_USE,
                ADDING + "the key is already in use: GitHub takes a key only once, for one repository or one account.");
    }

    @Test
    void aKeyThatGitHubDoesNotTake() {
        assertRefused(
                addingAKey(validationFailed("key is invalid. You must supply a key in OpenSSH public key format")),
                Kind.KEY_REFUSED,
                ADDING + "it does not take this key:"
                        + " \"key is invalid. You must supply a key in OpenSSH public key format\".");
    }

    @ParameterizedTest
    @CsvSource({
        "422, Deploy keys are disabled for this repository",
        "403, Deploy keys are not allowed by this organization",
        "422, Your organization restricts deploy keys"
    })
    void anOrganisationThatForbidsDeployKeys(int status, String message) {
        assertRefused(
                addingAKey(json(status, "{'message': '" + message + "'}")),
                Kind.DEPLOY_KEYS_FORBIDDEN,
                ADDING + "the organisation forbids deploy keys, as new organisations do by default. Have an owner allow"
                        + " them (organisation settings, Member privileges, Deploy keys:"
                        + " https://docs.github.com/organizations/managing-organization-settings/restricting-deploy-keys-in-your-organization),"
                        + " or use a user key.");
    }

    @Test
    void anOrganisationThatForbidsDeployKeysInTheDetail() {
        assertThat(addingAKey(validationFailed("Deploy keys are disabled for this repository"))
                        .kind())
                .isEqualTo(Kind.DEPLOY_KEYS_FORBIDDEN);
    }

    @Test
    void aHookThatIsThereAlready() {
        URI url = URI.create("https://ci.example.com/bellhop/hook/x");

        assertRefused(
                failure(
                        validationFailed("Hook already exists on this repository"),
                        api -> api.hooks().register(APP, url, Secret.of("hunter2"))),
                Kind.REFUSED,
                "github.com did not add a webhook to acme/app: it answered 422:"
                        + " \"Hook already exists on this repository\".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'message': 'Validation Failed'}",
                "{'message': 'Validation Failed', 'errors': []}",
                "{'message': 'Validation Failed', 'errors': [{'code': 'x'}]}",
                "{'message': 'Validation Failed', 'errors': ['some text']}",
                "{'message': 'Validation Failed', 'errors': 'some text'}"
            })
    void anotherRefusalInItsOwnWords(String body) {
        assertRefused(addingAKey(json(422, body)), Kind.REFUSED, ADDING + "it answered 422: \"Validation Failed\".");
    }

    @Test
    void anAnswerThatNobodyExpected() {
        assertRefused(
                addingAKey(json(418, "{'message': 'I am a teapot'}")),
                Kind.REFUSED,
                ADDING + "it answered 418 \"I am a teapot\".");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void aFaultOfGitHubsOwn(int status) {
        ForgeFailure failure = addingAKey(Reply.of(status, "<html>Unicorn!</html>"));

        assertRefused(
                failure, Kind.FORGE_ERROR, ADDING + "it answered " + status + ", a fault of its own. Try again later.");
        assertThat(failure.mayPass()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 422})
    void aPageInsteadOfJsonIsExplainedByItsStatus(int status) {
        ForgeFailure failure = addingAKey(Reply.of(status, "<html>Sign in to your company's proxy</html>"));

        assertThat(failure.getMessage()).startsWith(ADDING).doesNotContain("proxy");
        assertThat(failure.mayPass()).isFalse();
    }

    @Test
    void aForeignMessageIsRepeatedShortAndOnOneLine() {
        ForgeFailure failure = addingAKey(json(422, "{'message': '" + "x\\n".repeat(5_000) + "'}"));

        assertThat(failure.getMessage()).hasSizeLessThan(300).doesNotContain("\n");
    }

    @Test
    void eachCallSaysWhatItWasDoing() {
        Reply no = json(500, "{}");
        CommitId commit = new CommitId("0123456789abcdef");

        assertThat(failure(no, api -> api.repositories().read(APP.name())))
                .hasMessageContaining("show repository acme/app");
        assertThat(failure(no, api -> api.deployKeys().list(APP)))
                .hasMessageContaining("list the deploy keys of acme/app");
        assertThat(failure(no, api -> api.pullRequests().openFrom(APP, "x")))
                .hasMessageContaining("list the open pull requests of acme/app");
        assertThat(failure(
                        no,
                        api -> api.statuses()
                                .post(
                                        APP,
                                        commit,
                                        new CommitStatus(CommitStatus.State.ERROR, "c", "d", Optional.empty()))))
                .hasMessageContaining("set a status on 0123456 of acme/app");
    }

    private static Reply validationFailed(String detail) {
        return json(
                422,
                "{'message': 'Validation Failed', 'errors': [{'resource': 'X', 'code': 'custom', 'message': '" + detail
                        + "'}]}");
    }

    private static ForgeFailure addingAKey(Reply reply) {
        return failure(reply, api -> api.deployKeys().addReadOnly(APP, "title", "ssh-ed25519 AAAA"));
    }

    private static ForgeFailure listingHooks(Reply reply) {
        return failure(reply, api -> api.hooks().list(APP));
    }

    /** A list asked for on the way, as after "key is already in use", is empty. */
    private static ForgeFailure failure(Reply reply, Call call) {
        try (GitHubServer github = GitHubServer.answering(
                asked -> asked.uri().contains("/keys?") && reply.status() == 422 ? json(200, "[]") : reply)) {
            ForgeFailure failure = catchThrowableOfType(ForgeFailure.class, () -> call.on(github.api()));
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("hunter2");
            return failure;
        }
    }

    private static void assertRefused(ForgeFailure failure, Kind kind, String message) {
        assertThat(failure.getMessage()).isEqualTo(message);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private interface Call {
        void on(ForgeApi api) throws ForgeFailure;
    }
}

package io.jenkins.plugins.bellhop.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.support.LocalServer.Asked;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What GitHub tells of a token's rights before anything is written. */
class GitHubRightsTest {

    private static final String WOULD_NOT = "github.com would not add a deploy key and a webhook to acme/app: ";

    @ParameterizedTest
    @ValueSource(strings = {"repo", "gist, repo", "public_repo, write:repo_hook", "public_repo,admin:repo_hook"})
    void scopesThatDoAreTakenFromAnAdministrator(String scopes) throws ForgeFailure {
        require(scopes, "{'permissions': {'admin': true}}");
        require(scopes, "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public_repo", "public_repo, read:repo_hook", "admin:repo_hook", "read:user"})
    void scopesThatReadAloneAreNamed(String scopes) {
        assertRefused(scopes, "{}", "the token lacks the scope \"repo\" (it has: " + scopes + ").");
    }

    @Test
    void ownerWhoIsNoAdministratorIsNamed() {
        assertRefused(
                "repo",
                "{'permissions': {'admin': false, 'push': true}}",
                "the token's owner is not an administrator of the repository.");
    }

    /** Theirs is no role of an owner. */
    @Test
    void tokensThatNameNoScopesAreLeftToTheAttempt() throws ForgeFailure {
        require("", "{'permissions': {'admin': false}}");
        try (GitHubServer server = GitHubServer.answering(200, "{'permissions': {'admin': false}}")) {
            server.api().repositories().requireConnecting(GitHubServer.APP);
            assertThat(server.asked()).extracting(Asked::line).containsExactly("GET /repos/acme/app");
        }
    }

    private static void require(String scopes, String repository) throws ForgeFailure {
        Reply reply = GitHubServer.json(200, repository).with("X-OAuth-Scopes", scopes);
        try (GitHubServer server = GitHubServer.answering(asked -> reply)) {
            server.api().repositories().requireConnecting(GitHubServer.APP);
        }
    }

    private static void assertRefused(String scopes, String repository, String why) {
        assertThatThrownBy(() -> require(scopes, repository))
                .hasMessage(WOULD_NOT + why)
                .isInstanceOfSatisfying(
                        ForgeFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED));
    }
}

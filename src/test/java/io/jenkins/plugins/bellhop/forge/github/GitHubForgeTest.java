package io.jenkins.plugins.bellhop.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.support.LocalServer;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import io.jenkins.plugins.bellhop.support.Signed;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubForgeTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final GitHubForge CLOUD = GitHubForge.cloud(HTTP, Clock.systemUTC());
    private static final GitHubForge OWN =
            GitHubForge.enterprise(URI.create("https://Git.Example.com/api/v3"), HTTP, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/app, true, false",
        "https://www.github.com/acme/app, true, false",
        "git@github.com:acme/app.git, true, false",
        "ssh://git@ssh.github.com:443/acme/app.git, true, false",
        "https://git.example.com/acme/app, false, true",
        "git@GIT.example.com:acme/app, false, true",
        "https://api.github.com/acme/app, false, false",
        "https://github.com.evil.example/acme/app, false, false",
        "https://evilgithub.com/acme/app, false, false"
    })
    void knowsItsRemotesByTheirHost(String remote, boolean cloud, boolean own) {
        assertThat(CLOUD.owns(RemoteUrl.parse(remote))).isEqualTo(cloud);
        assertThat(OWN.owns(RemoteUrl.parse(remote))).isEqualTo(own);
    }

    @Test
    void theCloudAndAServerOfOnesOwnHaveTheirNames() {
        assertThat(CLOUD.host()).isEqualTo("github.com");
        assertThat(CLOUD.kind()).isEqualTo("GitHub");
        assertThat(OWN.host()).isEqualTo("git.example.com");
        assertThat(OWN.kind()).isEqualTo("GitHub Enterprise Server");
    }

    @Test
    void namesThePullRequestRefAndItsHeaders() {
        assertThat(CLOUD.pullRequestRef(7)).contains("refs/pull/7/head");
        assertThat(CLOUD.mergeRef(7)).contains("refs/pull/7/merge");
        assertThat(CLOUD.dialect().signatures()).isEqualTo(Signed.GITHUB);
        assertThat(CLOUD.dialect().contentTypes())
                .containsExactlyInAnyOrder("application/json", "application/x-www-form-urlencoded");
    }

    @Test
    void speaksToTheApiItWasConfiguredWith() {
        try (LocalServer server = LocalServer.answering(asked -> Reply.of(404, "{}"))) {
            GitHubForge forge = GitHubForge.enterprise(URI.create(server.uri() + "/api/v3"), HTTP, Clock.systemUTC());

            assertThatThrownBy(
                            () -> forge.api(Secret.of("hunter2")).repositories().read(RepositoryName.parse("acme/app")))
                    .hasMessageStartingWith("127.0.0.1 did not show repository acme/app: ");
            assertThat(server.lastAsked().line()).isEqualTo("GET /api/v3/repos/acme/app");
            assertThat(server.lastAsked().header("Authorization")).contains("Bearer hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/api"})
    void whereThereMayBeNoApiSaysSo(String path) {
        for (Reply reply : List.of(Reply.of(404, "{}"), Reply.of(200, "<html>Sign in</html>"))) {
            try (LocalServer server = LocalServer.answering(asked -> reply)) {
                GitHubForge forge = GitHubForge.enterprise(URI.create(server.uri() + path), HTTP, Clock.systemUTC());

                assertThatThrownBy(() ->
                                forge.api(Secret.of("hunter2")).repositories().read(RepositoryName.parse("acme/app")))
                        .hasMessageEndingWith(" Or the API isn't at " + server.uri() + path.replaceAll("/$", "")
                                + ": the API URL of a GitHub Enterprise Server ends in /api/v3.");
            }
        }
    }

    @Test
    void whereThereIsAnApiAsUsualSaysNothingOfThat() {
        try (LocalServer server = LocalServer.answering(asked -> Reply.of(404, "{}"))) {
            GitHubForge forge = GitHubForge.enterprise(URI.create(server.uri() + "/api/v3"), HTTP, Clock.systemUTC());

            assertThatThrownBy(
                            () -> forge.api(Secret.of("hunter2")).repositories().read(RepositoryName.parse("acme/app")))
                    .message()
                    .doesNotContain("/api/v3");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/api/v3, true",
        "https://git.example.com/api/v3/, true",
        "https://git.example.com/proxied/api/v3, true",
        "https://api.acme.ghe.com, true",
        "https://git.example.com, false",
        "https://git.example.com/api, false",
        "https://git.example.com/api/v3/repos, false"
    })
    void knowsWhereServersHaveTheirApi(String base, boolean usual) {
        assertThat(GitHubForge.isUsualBase(URI.create(base))).isEqualTo(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://github.com/acme/app/tree/main", "https://github.com/acme/app/blob/main/a/b.txt"})
    void aPageOfARepositoryNamesIt(String remote) {
        assertThat(CLOUD.nameOf(RemoteUrl.parse(remote))).isEqualTo(RepositoryName.parse("acme/app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://git.example.com/api/v3", "git.example.com", "ftp://git.example.com/api/v3"})
    void aServerOfOnesOwnMustBeSafeToSendATokenTo(String base) {
        assertThatThrownBy(() -> GitHubForge.enterprise(URI.create(base), HTTP, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

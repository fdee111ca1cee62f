package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCenterForgeTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final DataCenterForge FORGE =
            DataCenterForge.at(URI.create("https://Bitbucket.Example.com/bitbucket/"), HTTP, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({
        "https://bitbucket.example.com/projects/ACME/repos/app, ACME/app",
        "https://bitbucket.example.com/projects/ACME/repos/app/browse, ACME/app",
        "https://bitbucket.example.com/bitbucket/projects/ACME/repos/app/pull-requests/7, ACME/app",
        "https://bitbucket.example.com/users/jane/repos/app, ~jane/app",
        "https://bitbucket.example.com/scm/acme/app.git, acme/app",
        "https://bitbucket.example.com/bitbucket/scm/~jane/app.git, ~jane/app",
        "ssh://git@bitbucket.example.com:7999/acme/app.git, acme/app",
        "ssh://git@bitbucket.example.com:7999/~jane/app.git, ~jane/app",
        "ssh://git@bitbucket.example.com:7999/projects/repos.git, projects/repos"
    })
    void namesTheRepositoryOfARemoteOrAPage(String remote, String name) {
        assertThat(FORGE.owns(RemoteUrl.parse(remote))).isTrue();
        assertThat(FORGE.nameOf(RemoteUrl.parse(remote))).hasToString(name);
    }

    @Test
    void hasItsNamesHeadersAndRefs() {
        assertThat(FORGE.host()).isEqualTo("bitbucket.example.com");
        assertThat(FORGE.kind()).isEqualTo("Bitbucket Data Center");
        assertThat(FORGE.owns(RemoteUrl.parse("https://bitbucket.org/acme/app")))
                .isFalse();
        assertThat(FORGE.pullRequestRef(7)).contains("refs/pull-requests/7/from");
        assertThat(FORGE.mergeRef(7)).contains("refs/pull-requests/7/merge");
        assertThat(FORGE.tellsTagObjects()).isTrue();
        assertThat(FORGE.dialect().signatures())
                .isEqualTo(new SignatureScheme("X-Hub-Signature", "X-Request-Id", "X-Event-Key"));
        assertThat(FORGE.dialect().contentTypes()).containsExactly("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "diagnostics:ping, , true",
        "diagnostics:ping, sha256=00, false",
        "repo:refs_changed, , false",
        "Diagnostics:Ping, , false"
    })
    void knowsTheTestOfAConnectionWhichIsNotSigned(String event, String signature, boolean ping) throws TooLarge {
        Map<String, List<String>> headers = signature == null
                ? Map.of("x-event-key", List.of(event))
                : Map.of("x-event-key", List.of(event), "x-hub-signature", List.of(signature));

        assertThat(FORGE.dialect().isUnsignedPing(Headers.of(headers))).isEqualTo(ping);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BBDC-hunter2", "jane:BBDC-hunter2", "hunter2"})
    void takesATokenWithOrWithoutAName(String credential) throws ForgeFailure {
        assertThat(FORGE.api(Secret.of(credential))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ghp_hunter2, a GitHub token",
        "jane@example.com:ATATT3x-hunter2, a Bitbucket Cloud API token",
        "ATCTT3x-hunter2, a Bitbucket Cloud access token"
    })
    void whatItCannotBeIsNamed(String credential, String found) {
        assertThat(catchThrowableOfType(ForgeFailure.class, () -> FORGE.api(Secret.of(credential))))
                .hasMessage("bitbucket.example.com takes an HTTP access token (in Bitbucket: Manage account or"
                        + " Repository settings, HTTP access tokens); the chosen credential is " + found + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://bitbucket.example.com", "bitbucket.example.com", "https://jane@bitbucket.example.com"})
    void mustBeSafeToSendATokenTo(String url) {
        assertThatThrownBy(() -> DataCenterForge.at(URI.create(url), HTTP, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

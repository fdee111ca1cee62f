package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudForgeTest {

    private static final CloudForge CLOUD = CloudForge.cloud(HttpClient.newHttpClient(), Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({
        "https://bitbucket.org/acme/app, true",
        "https://www.bitbucket.org/acme/app.git, true",
        "git@bitbucket.org:acme/app.git, true",
        "ssh://git@altssh.bitbucket.org:443/acme/app.git, true",
        "https://api.bitbucket.org/acme/app, false",
        "https://bitbucket.org.evil.example/acme/app, false",
        "https://github.com/acme/app, false"
    })
    void knowsItsRemotesByTheirHost(String remote, boolean owned) {
        assertThat(CLOUD.owns(RemoteUrl.parse(remote))).isEqualTo(owned);
    }

    @Test
    void hasItsNamesAndHeaders() {
        assertThat(CLOUD.host()).isEqualTo("bitbucket.org");
        assertThat(CLOUD.kind()).isEqualTo("Bitbucket Cloud");
        assertThat(CLOUD.dialect().signatures())
                .isEqualTo(new SignatureScheme("X-Hub-Signature", "X-Request-UUID", "X-Event-Key"));
        assertThat(CLOUD.dialect().contentTypes()).containsExactly("application/json");
    }

    /** A deploy key of the base doesn't open the fork, where they are. */
    @Test
    void hasNoRefForAForksCommits() {
        assertThat(CLOUD.pullRequestRef(7)).isEmpty();
        assertThat(CLOUD.mergeRef(7)).isEmpty();
        assertThat(CLOUD.tellsTagObjects()).isFalse();
    }

    @Test
    void mustBeSafeToSendATokenTo() {
        HttpClient http = HttpClient.newHttpClient();
        URI plain = URI.create("http://bitbucket.example.com/2.0");

        assertThatThrownBy(() -> CloudForge.at("bitbucket.example.com", plain, http, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

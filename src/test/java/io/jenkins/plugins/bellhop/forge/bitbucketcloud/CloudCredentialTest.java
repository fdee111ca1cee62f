package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import static io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudServer.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudCredentialTest {

    @Test
    void aPersonsTokenGoesWithTheMailAddress() throws ForgeFailure {
        assertThat(authorization("jane@example.com:ATATT3x-t")).isEqualTo("Basic amFuZUBleGFtcGxlLmNvbTpBVEFUVDN4LXQ=");
        assertThat(authorization("jane@example.com:unmarked")).startsWith("Basic ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ATCTT3x-t", "x-token-auth:ATCTT3x-t", "jane@example.com:ATCTT3x-t"})
    void anAccessTokenStandsAlone(String credential) throws ForgeFailure {
        assertThat(authorization(credential)).isEqualTo("Bearer ATCTT3x-t");
    }

    private static String authorization(String credential) throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(200, "{'values': []}")) {
            cloud.api(credential).hooks().list(APP);
            return cloud.lastAsked().header("Authorization").orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ATATT3x-hunter2, an API token without the e-mail address",
        "jane:ATATT3x-hunter2, 'a name that is no e-mail address, with a password'",
        "jane:hunter2, 'a name that is no e-mail address, with a password'",
        "jane:ATBBhunter2, 'a Bitbucket Cloud app password, which Atlassian switched off on 2026-07-28'",
        "ghp_hunter2, a GitHub token",
        "jane@example.com:github_pat_hunter2, a GitHub token",
        "BBDC-hunter2, a Bitbucket Data Center HTTP access token"
    })
    void whatItCannotBeIsNamed(String credential, String found) {
        try (CloudServer cloud = CloudServer.answering(200, "{}")) {
            ForgeFailure failure = catchThrowableOfType(ForgeFailure.class, () -> cloud.api(credential));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_AUTHENTICATED);
            assertThat(failure)
                    .hasMessage("bitbucket.org takes an Atlassian account's e-mail address and API token, as"
                            + " e-mail:token; the chosen credential is " + found + ".");
        }
    }

    @Test
    void anAccessTokenIsToldBeforeTheCallThatNoneMayMake() throws ForgeFailure {
        try (CloudServer cloud = CloudServer.answering(200, "{}")) {
            ForgeApi api = cloud.api(CloudServer.ACCESS);
            List<Call> calls = List.of(
                    () -> api.deployKeys().list(APP),
                    () -> api.deployKeys().addReadOnly(APP, "ours", "ssh-ed25519 AAAA"),
                    () -> api.deployKeys().remove(APP, "5"),
                    () -> api.userKeys().list(),
                    () -> api.userKeys().add("ours", "ssh-ed25519 AAAA"),
                    () -> api.userKeys().remove("5"));

            assertThat(calls).allSatisfy(call -> {
                ForgeFailure failure = catchThrowableOfType(ForgeFailure.class, call::made);
                assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED);
                assertThat(failure)
                        .hasMessageContaining("lets no repository, project or workspace access token near SSH keys")
                        .hasMessageContaining("e-mail:token")
                        .hasMessageNotContaining("hunter2");
            });
            assertThat(cloud.asked()).isEmpty();
        }
    }

    private interface Call {
        void made() throws ForgeFailure;
    }
}

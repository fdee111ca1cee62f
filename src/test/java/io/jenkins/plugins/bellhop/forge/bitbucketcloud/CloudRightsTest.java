package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Bitbucket Cloud tells of a token's rights before anything is written. */
class CloudRightsTest {

    private static final String ALL = "read:repository:bitbucket, admin:repository:bitbucket, write:ssh-key:bitbucket,"
            + " delete:ssh-key:bitbucket, write:webhook:bitbucket,delete:webhook:bitbucket";

    /** Of other credentials' scopes nothing is known here. */
    @ParameterizedTest
    @ValueSource(strings = {ALL, "", "repository:write", "repository:admin, webhook"})
    void whatDoesOrIsUnknownIsLeftToTheAttempt(String scopes) throws ForgeFailure {
        require(scopes);
    }

    @Test
    void scopesThatAreLackingAreNamed() {
        assertThatThrownBy(() -> require(
                        ALL.replace(" write:webhook:bitbucket,", " ").replace("delete:ssh-key", "read:ssh-key")))
                .hasMessage("bitbucket.org would not add a deploy key and a webhook to acme/app: the token lacks the"
                        + " scopes delete:ssh-key:bitbucket, write:webhook:bitbucket.");
    }

    private static void require(String scopes) throws ForgeFailure {
        Reply reply = CloudServer.json(200, "{}").with("x-oauth-scopes", scopes);
        try (CloudServer server = CloudServer.answering(asked -> reply)) {
            server.api().repositories().requireConnecting(CloudServer.APP);
        }
    }
}

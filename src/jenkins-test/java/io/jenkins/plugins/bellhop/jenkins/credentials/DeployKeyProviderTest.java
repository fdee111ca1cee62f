package io.jenkins.plugins.bellhop.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.FreeStyleProject;
import hudson.security.ACL;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DeployKeyProviderTest {

    @Test
    void faultIsToldOnceAndTakesNobodysCredentialsAway(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        DeployKeyProvider provider = new DeployKeyProvider(item -> {
            throw new UncheckedIOException(new IOException("unreadable"));
        });

        try (LogRecorder log = new LogRecorder()) {
            log.record(DeployKeyProvider.class, Level.ALL).capture(10);
            for (int looks = 0; looks < 3; looks++) {
                assertThat(provider.getCredentialsInItem(StandardCredentials.class, job, ACL.SYSTEM2, List.of()))
                        .isEmpty();
            }
            assertThat(log.getMessages()).singleElement().asString().contains("can't read its connections");
        }
    }
}

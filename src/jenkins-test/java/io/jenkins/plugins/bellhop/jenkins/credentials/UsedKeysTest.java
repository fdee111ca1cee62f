package io.jenkins.plugins.bellhop.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class UsedKeysTest {

    @Test
    void aBuildRemembersSoManyKeysAndOneMoreIsInTheAuditTrailAlone(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("app"));
        for (int i = 0; i <= UsedKeys.MOST; i++) {
            UsedKeys.note(build, "host/acme/repository-" + i, "SHA256:0123");
            UsedKeys.note(build, "host/acme/repository-0", "SHA256:0123");
        }

        assertThat(build.getAction(UsedKeys.class).getUses()).hasSize(UsedKeys.MOST);
        assertThat(Wiring.get().auditTrail().uses()).isEqualTo(UsedKeys.MOST + 1);
    }
}

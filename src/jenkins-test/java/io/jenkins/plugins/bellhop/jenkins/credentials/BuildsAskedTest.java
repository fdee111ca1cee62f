package io.jenkins.plugins.bellhop.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.Cause.UpstreamCause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How many builds are asked for strangers' code when many started each other. */
@WithJenkins
class BuildsAskedTest {

    @Test
    void longestChainIsAskedToItsEnd(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        Run<?, ?> last = build(job);
        for (int builds = 1; builds < StrangersCode.MOST_BUILDS; builds++) {
            last = build(job, last);
        }
        assertThat(StrangersCode.mayRunIn(last)).isFalse();
        assertThat(StrangersCode.mayRunIn(build(job, last))).isTrue();
    }

    /** The ways to the first build double with every row. */
    @Test
    void everyBuildIsAskedOnce(JenkinsRule jenkins) throws Exception {
        FreeStyleProject left = jenkins.createFreeStyleProject("left");
        FreeStyleProject right = jenkins.createFreeStyleProject("right");
        Run<?, ?>[] row = {build(left), build(right)};
        for (int rows = 1; rows < 40; rows++) {
            row = new Run<?, ?>[] {build(left, row), build(right, row)};
        }
        Run<?, ?> last = row[0];
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(StrangersCode.mayRunIn(last)).isFalse());
    }

    private static FreeStyleBuild build(FreeStyleProject job, Run<?, ?>... upstream) throws Exception {
        Cause[] causes = Stream.of(upstream).map(UpstreamCause::new).toArray(Cause[]::new);
        return job.scheduleBuild2(0, new CauseAction(causes)).get();
    }
}

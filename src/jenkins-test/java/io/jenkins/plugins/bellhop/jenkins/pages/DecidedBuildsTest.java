package io.jenkins.plugins.bellhop.jenkins.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DecidedBuildsTest {

    private static final int MOST = 3;

    @Test
    void aDecisionsBuildIsFoundAmongSoManyAndNotBehindThem(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        Run<?, ?> build = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, cause()));
        Dated decision = decision(build, "push of main", Outcome.BUILT);
        for (int i = 1; i < MOST; i++) {
            jenkins.buildAndAssertSuccess(job);
        }

        assertThat(new DecidedBuilds(MOST).of(decision)).contains(build);
        assertThat(new DecidedBuilds(MOST).of(decision(build, "push of other", Outcome.BUILT)))
                .isEmpty();
        assertThat(new DecidedBuilds(MOST).of(decision(build, "push of main", Outcome.SKIPPED)))
                .isEmpty();
        assertThat(new DecidedBuilds(MOST).of(later(decision)))
                .as("a build of before the decision")
                .isEmpty();

        jenkins.buildAndAssertSuccess(job);
        assertThat(new DecidedBuilds(MOST).of(decision)).isEmpty();
    }

    private static WebhookCause cause() {
        String name = WebhookCause.class.getName();
        return (WebhookCause) Items.XSTREAM2.fromXML(
                "<%s><delivery>d1</delivery><event>push of main</event><sentence>Built.</sentence></%s>"
                        .formatted(name, name));
    }

    private static Dated decision(Run<?, ?> build, String event, Outcome outcome) {
        Entry entry = new Entry("c1", Optional.of("d1"), Optional.of("app"), event, outcome, "A sentence.");
        return new Dated(build.getTime().toInstant(), entry, "acme/app");
    }

    private static Dated later(Dated decision) {
        return new Dated(decision.at().plus(Duration.ofHours(1)), decision.entry(), decision.repository());
    }
}

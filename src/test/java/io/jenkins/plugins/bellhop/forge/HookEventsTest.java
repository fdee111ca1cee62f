package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudDialect;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterDialect;
import io.jenkins.plugins.bellhop.forge.github.GitHubDialect;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HookEventsTest {

    private final Dialect github = new GitHubDialect("github.com");
    private final Dialect cloud = new CloudDialect("bitbucket.org");
    private final Dialect dataCenter = new DataCenterDialect("bitbucket.example.com");

    @Test
    void aHookWithoutPushesSendsNone() {
        assertThat(github.sentBy(Set.of("pull_request"))).isEqualTo(new HookEvents(false, true, true));
        assertThat(cloud.sentBy(Set.of(
                        "pullrequest:created", "pullrequest:updated", "pullrequest:fulfilled", "pullrequest:rejected")))
                .isEqualTo(new HookEvents(false, true, true));
        assertThat(dataCenter.sentBy(Set.of(
                        "pr:opened", "pr:from_ref_updated", "pr:modified", "pr:merged", "pr:declined", "pr:deleted")))
                .isEqualTo(new HookEvents(false, true, true));
    }

    @Test
    void aHookWithoutPullRequestsSendsNone() {
        assertThat(github.sentBy(Set.of("push", "repository"))).isEqualTo(new HookEvents(true, false, false));
        assertThat(cloud.sentBy(Set.of("repo:push", "repo:updated"))).isEqualTo(new HookEvents(true, false, false));
        assertThat(dataCenter.sentBy(Set.of("repo:refs_changed"))).isEqualTo(new HookEvents(true, false, false));
    }

    @Test
    void aHookThatDoesNotTellWhatWasClosedDoesNotSendEveryChange() {
        assertThat(cloud.sentBy(Set.of("pullrequest:created", "pullrequest:updated")))
                .isEqualTo(new HookEvents(false, true, false));
        assertThat(dataCenter.sentBy(Set.of("pr:opened"))).isEqualTo(new HookEvents(false, true, false));
    }

    @Test
    void gitHubsStarIsEverything() {
        assertThat(github.sentBy(Set.of("*"))).isEqualTo(HookEvents.ALL);
    }

    @Test
    void newCommitsOfAPullRequestAreAChangeOfIt() {
        assertThat(dataCenter.sentBy(Set.of("pr:opened", "pr:modified", "pr:merged", "pr:declined", "pr:deleted")))
                .isEqualTo(new HookEvents(false, true, false));
    }
}

package io.jenkins.plugins.bellhop.jenkins.multibranch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewsTest {

    private static final RepositoryId APP = new RepositoryId("github.com", "1", new RepositoryName("acme", "app"));
    private static final CommitId COMMIT = new CommitId("0123456789012345678901234567890123456789");

    @Test
    void changesOfBranchesAndTagsAreNews() {
        assertThat(News.of(
                        new Event.BranchPushed(APP, GitRef.branch("main"), COMMIT, Optional.empty(), Optional.empty())))
                .hasValueSatisfying(news -> {
                    assertThat(news.described()).isEqualTo("branch main changed");
                    assertThat(news.commit()).contains(COMMIT);
                });
        assertThat(News.of(new Event.TagPushed(APP, GitRef.tag("v1"), COMMIT, Optional.empty())))
                .map(News::described)
                .contains("tag v1 changed");
        assertThat(News.of(new Event.RefDeleted(APP, GitRef.branch("main"), COMMIT)))
                .hasValueSatisfying(news -> {
                    assertThat(news.described()).isEqualTo("branch main was deleted");
                    assertThat(news.commit()).isEmpty();
                });
    }

    @Test
    void whatChangesNeitherIsNone() {
        assertThat(News.of(new Event.DefaultBranchChanged(APP, "main"))).isEmpty();
        assertThat(News.of(new Event.RepositoryDeleted(APP))).isEmpty();
        assertThat(News.of(new Event.HeadsUnknown(APP))).isEmpty();
    }
}

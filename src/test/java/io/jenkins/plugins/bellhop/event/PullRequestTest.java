package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRequestTest {

    private static final CommitId HEAD = new CommitId("1234567");

    @Test
    void isDescribedByItsNumber() {
        assertThat(new PullRequest(7, "fix", HEAD, "main", false, false).described())
                .isEqualTo("pull request #7");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void needsAPositiveNumber(long number) {
        assertThatThrownBy(() -> new PullRequest(number, "fix", HEAD, "main", false, false))
                .hasMessage("expected a pull request's number of at least 1, found " + number);
    }

    @Test
    void needsBranchesThatGitAllows() {
        assertThatThrownBy(() -> new PullRequest(1, "a..b", HEAD, "main", true, false))
                .hasMessageContaining("a..b");
        assertThatThrownBy(() -> new PullRequest(1, "fix", HEAD, "", true, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HeadComparisonTest {

    private static final CommitId ONE = new CommitId("1".repeat(40));
    private static final CommitId TWO = new CommitId("2".repeat(40));

    private final Fakes.Api api = new Fakes().api;

    @Test
    void whatMovedIsNews() throws ForgeFailure {
        api.branches.put(GitRef.branch("main"), TWO);
        api.branches.put(GitRef.branch("still"), ONE);
        api.tags.put(GitRef.tag("latest"), TWO);
        api.open = List.of(pull(7, TWO), pull(8, ONE));
        Map<String, CommitId> seen = Map.of(
                "refs/heads/main", ONE, "refs/heads/still", ONE, "refs/tags/latest", ONE, "pull/7", ONE, "pull/8", ONE);

        assertThat(news(seen, false))
                .containsExactly(
                        "push of 2222222 to branch main", "push of tag latest", "pull request #7 got new commits");
        assertThat(news(seen, true)).isEqualTo(news(seen, false));
    }

    @Test
    void whatIsNewIsNewsWhereAllWereKnownBefore() throws ForgeFailure {
        api.branches.put(GitRef.branch("main"), ONE);
        api.tags.put(GitRef.tag("v1"), ONE);
        api.open = List.of(pull(7, ONE));

        assertThat(news(Map.of(), true))
                .containsExactly("push of 1111111 to branch main", "push of tag v1", "pull request #7 opened");
        assertThat(news(Map.of(), false)).isEmpty();
    }

    @Test
    void whatIsGoneIsNews() throws ForgeFailure {
        api.open = List.of(pull(9, ONE));
        api.closed = List.of(pull(7, TWO), draft(8, ONE), pull(9, ONE));
        Map<String, CommitId> seen =
                Map.of("refs/heads/old", ONE, "refs/tags/v1", ONE, "pull/7", ONE, "pull/8/draft", ONE, "pull/9", ONE);

        assertThat(news(seen, false))
                .containsExactlyInAnyOrder(
                        "branch old deleted", "tag v1 deleted", "pull request #7 closed", "pull request #8 closed");
    }

    @Test
    void aPullRequestThatTheForgeDoesNotShowIsNoNews() throws ForgeFailure {
        assertThat(news(Map.of("pull/7", ONE), false)).isEmpty();
        assertThat(api.asked).contains("pull request #7");
    }

    @Test
    void theForgeIsAskedForSoManyMissingPullRequests() throws ForgeFailure {
        Map<String, CommitId> seen = new TreeMap<>();
        for (int number = 1; number <= HeadComparison.MOST_CLOSED + 1; number++) {
            seen.put("pull/" + number, ONE);
        }

        assertThat(news(seen, false)).isEmpty();

        assertThat(api.asked)
                .filteredOn(question -> question.startsWith("pull request #"))
                .hasSize(HeadComparison.MOST_CLOSED)
                .doesNotContain("pull request #" + (HeadComparison.MOST_CLOSED + 1));
    }

    @Test
    void anAbbreviatedHashIsTheSameCommit() throws ForgeFailure {
        api.open = List.of(pull(7, new CommitId("1".repeat(12))));

        assertThat(news(Map.of("pull/7", ONE), true)).isEmpty();
        assertThat(news(Map.of("pull/7", TWO), true)).containsExactly("pull request #7 got new commits");
    }

    @Test
    void headsAreThoseOfBranchesTagsAndPullRequests() throws ForgeFailure {
        api.branches.put(GitRef.branch("v1"), ONE);
        api.tags.put(GitRef.tag("v1"), TWO);
        api.open = List.of(pull(7, ONE));

        assertThat(HeadComparison.asked(Fakes.APP, api, Set.of()).heads())
                .isEqualTo(Map.of("refs/heads/v1", ONE, "refs/tags/v1", TWO, "pull/7", ONE));
    }

    @Test
    void aDraftThatBecameReadyIsNewsAndOneThatBecameADraftIsNot() throws ForgeFailure {
        api.open = List.of(pull(7, ONE), draft(8, ONE), pull(9, TWO), draft(10, ONE));
        Map<String, CommitId> seen =
                Map.of("pull/7/draft", ONE, "pull/8", ONE, "pull/9/draft", ONE, "pull/10/draft", ONE);

        assertThat(news(seen, true))
                .containsExactly("pull request #7 is ready for review", "pull request #9 got new commits");
        assertThat(news(seen, false)).isEqualTo(news(seen, true));
        assertThat(HeadComparison.asked(Fakes.APP, api, Set.of()).heads())
                .isEqualTo(Map.of("pull/7", ONE, "pull/8/draft", ONE, "pull/9", TWO, "pull/10/draft", ONE));
    }

    @Test
    void aForksDraftIsLikeAnyOtherOfAFork() throws ForgeFailure {
        api.open = List.of(new PullRequest(7, "fix", ONE, "main", true, true));

        assertThat(HeadComparison.asked(Fakes.APP, api, Set.of()).heads()).isEqualTo(Map.of("pull/7", ONE));
    }

    private static PullRequest draft(long number, CommitId head) {
        return new PullRequest(number, "fix", head, "main", false, true);
    }

    private static PullRequest pull(long number, CommitId head) {
        return new PullRequest(number, "fix", head, "main", false, false);
    }

    private List<String> news(Map<String, CommitId> seen, boolean whole) throws ForgeFailure {
        return HeadComparison.asked(Fakes.APP, api, seen.keySet()).news(seen, whole).stream()
                .map(Event::described)
                .toList();
    }
}

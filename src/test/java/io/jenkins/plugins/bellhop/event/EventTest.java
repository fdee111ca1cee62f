package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.Event.Change;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventTest {

    private static final RepositoryId APP = new RepositoryId("github.com", "1001", new RepositoryName("acme", "app"));
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");

    static Stream<Arguments> events() {
        PullRequest request = new PullRequest(7, "fix", COMMIT, "main", false, false);
        return Stream.of(
                Arguments.of(
                        new Event.BranchPushed(
                                APP, GitRef.branch("main"), COMMIT, Optional.of("Add it"), Optional.of("main")),
                        "branchPushed",
                        "push of 0123456 to branch main"),
                Arguments.of(
                        new Event.TagPushed(APP, GitRef.tag("v1"), COMMIT, Optional.empty()),
                        "tagPushed",
                        "push of tag v1"),
                Arguments.of(
                        new Event.RefDeleted(APP, GitRef.branch("old"), COMMIT), "refDeleted", "branch old deleted"),
                Arguments.of(pull(request, Change.OPENED), "pullRequestChanged", "pull request #7 opened"),
                Arguments.of(pull(request, Change.UPDATED), "pullRequestChanged", "pull request #7 got new commits"),
                Arguments.of(pull(request, Change.REOPENED), "pullRequestChanged", "pull request #7 reopened"),
                Arguments.of(pull(request, Change.READY), "pullRequestChanged", "pull request #7 is ready for review"),
                Arguments.of(
                        pull(request, Change.RETARGETED),
                        "pullRequestChanged",
                        "pull request #7 has a new target branch"),
                Arguments.of(pull(request, Change.CLOSED), "pullRequestChanged", "pull request #7 closed"),
                Arguments.of(
                        new Event.RepositoryRenamed(APP, Optional.of(new RepositoryName("acme", "old"))),
                        "repositoryRenamed",
                        "repository acme/old is now called acme/app"),
                Arguments.of(new Event.RepositoryDeleted(APP), "repositoryDeleted", "repository deleted"),
                Arguments.of(
                        new Event.DefaultBranchChanged(APP, "trunk"),
                        "defaultBranchChanged",
                        "default branch is now trunk"),
                Arguments.of(new Event.HeadsUnknown(APP), "headsUnknown", "changes that the forge did not list"));
    }

    private static Event pull(PullRequest request, Change change) {
        return new Event.PullRequestChanged(APP, request, change);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("events")
    void saysWhatHappenedAndLeadsToItsOwnCase(Event event, String ownCase, String described) {
        assertThat(event.described()).isEqualTo(described);
        assertThat(event.match(new NameOfCase())).isEqualTo(ownCase);
        assertThat(event.repository()).isEqualTo(APP);
    }

    private static final class NameOfCase implements Event.Cases<String> {
        @Override
        public String branchPushed(Event.BranchPushed event) {
            return "branchPushed";
        }

        @Override
        public String tagPushed(Event.TagPushed event) {
            return "tagPushed";
        }

        @Override
        public String refDeleted(Event.RefDeleted event) {
            return "refDeleted";
        }

        @Override
        public String pullRequestChanged(Event.PullRequestChanged event) {
            return "pullRequestChanged";
        }

        @Override
        public String repositoryRenamed(Event.RepositoryRenamed event) {
            return "repositoryRenamed";
        }

        @Override
        public String repositoryDeleted(Event.RepositoryDeleted event) {
            return "repositoryDeleted";
        }

        @Override
        public String defaultBranchChanged(Event.DefaultBranchChanged event) {
            return "defaultBranchChanged";
        }

        @Override
        public String headsUnknown(Event.HeadsUnknown event) {
            return "headsUnknown";
        }
    }
}

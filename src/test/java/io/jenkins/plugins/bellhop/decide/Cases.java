package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Events and situations in the words of the decision table. */
final class Cases {

    static final RepositoryId APP = new RepositoryId("github.com", "1001", new RepositoryName("acme", "app"));
    static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    static final String NOT_DECIDED = "Not decided yet: could not ask the forge.";

    private Cases() {}

    /**
     * For example {@code push fix}, {@code push main [ci skip]}, {@code push main, default untold}, {@code tag v1},
     * {@code delete fix}, {@code PR opened}, {@code draft PR opened}, {@code main fork PR updated}.
     */
    static Event event(String words) {
        Optional<String> message = Optional.of(words.contains("[") ? words.substring(words.indexOf('[')) : "Add it");
        String subject = words.replaceAll("(?s) *[\\[,].*", "").strip();
        String last = subject.substring(subject.lastIndexOf(' ') + 1);
        if (subject.startsWith("push ")) {
            Optional<String> told = words.contains("default untold") ? Optional.empty() : Optional.of("main");
            return new Event.BranchPushed(APP, GitRef.branch(last), COMMIT, message, told);
        }
        if (subject.startsWith("tag ")) {
            return new Event.TagPushed(APP, GitRef.tag(last), COMMIT, message);
        }
        if (subject.contains("PR ")) {
            return pull(subject, Change.valueOf(last.toUpperCase(Locale.ROOT)));
        }
        return switch (subject) {
            case "delete fix" -> new Event.RefDeleted(APP, GitRef.branch("fix"), COMMIT);
            case "delete tag v1" -> new Event.RefDeleted(APP, GitRef.tag("v1"), COMMIT);
            case "rename" -> new Event.RepositoryRenamed(APP, Optional.of(new RepositoryName("acme", "old")));
            case "repository deleted" -> new Event.RepositoryDeleted(APP);
            case "default changed" -> new Event.DefaultBranchChanged(APP, "trunk");
            case "heads unknown" -> new Event.HeadsUnknown(APP);
            default -> throw new AssertionError(words);
        };
    }

    private static Event pull(String subject, Change change) {
        String head = subject.startsWith("main ") ? "main" : "fix";
        PullRequest request =
                new PullRequest(7, head, COMMIT, "main", subject.contains("fork"), subject.contains("draft"));
        return new Event.PullRequestChanged(APP, request, change);
    }

    /** Words with commas between: disabled, open PR, other PR, built, default main, deleted, forge down … */
    static Situation situation(String words) {
        return new Told(words == null ? List.of() : List.of(words.split(", ")));
    }

    private record Told(List<String> words) implements Situation {

        @Override
        public boolean isJobDisabled() {
            return words.contains("disabled");
        }

        @Override
        public Optional<String> defaultBranch() throws Undecided {
            refuseWhenDown();
            return words.stream()
                    .filter(word -> word.startsWith("default "))
                    .map(word -> word.substring("default ".length()))
                    .findFirst();
        }

        @Override
        public boolean hasOpenPullRequest(GitRef branch) throws Undecided {
            refuseWhenDown();
            return words.contains("open PR") && branch.shortName().equals("fix");
        }

        @Override
        public boolean isMarkedToSkip(CommitId commit) {
            return words.contains("says [ci skip]") && commit.equals(COMMIT);
        }

        @Override
        public boolean isLastSeenHead(PullRequest pullRequest) {
            return words.contains("same head");
        }

        @Override
        public boolean canFetchForks() {
            return !words.contains("forks apart");
        }

        @Override
        public boolean hasMergeResults() {
            return !words.contains("no merges");
        }

        @Override
        public boolean hookSendsPullRequests() {
            return !words.contains("pushes only");
        }

        @Override
        public boolean isDeleted(GitRef ref) {
            return words.contains("deleted");
        }

        @Override
        public boolean hasOtherOpenPullRequest(GitRef branch, long number) throws Undecided {
            refuseWhenDown();
            return words.contains("other PR");
        }

        @Override
        public boolean isBuiltAlready(Subject subject) {
            return words.contains("built");
        }

        private void refuseWhenDown() throws Undecided {
            if (words.contains("forge down")) {
                throw new Undecided(NOT_DECIDED);
            }
        }
    }
}

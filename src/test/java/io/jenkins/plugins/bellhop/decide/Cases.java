package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.PullRequest.Association;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Events and situations in the words of the decision table. */
final class Cases {

    static final RepositoryId APP = new RepositoryId("github.com", "1001", new RepositoryName("acme", "app"));
    static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    static final CommitId BEFORE = new CommitId("89abcdef0123456789abcdef0123456789abcdef");
    static final CommitId ELSEWHERE = new CommitId("456789abcdef0123456789abcdef0123456789ab");
    static final String NOT_DECIDED = "Not decided yet: could not ask the forge.";

    private Cases() {}

    /**
     * For example {@code push fix}, {@code push main [ci skip]}, {@code push main, default untold}, {@code tag v1},
     * {@code delete fix}, {@code PR opened}, {@code draft PR opened}, {@code main fork PR updated}, {@code member fork PR
     * opened}, {@code push fix, before told}, {@code push fix, files a.txt b.txt}.
     */
    static Event event(String words) {
        Optional<String> message = Optional.of(words.contains("[") ? words.substring(words.indexOf('[')) : "Add it");
        String subject = words.replaceAll("(?s) *[\\[,].*", "").strip();
        String last = subject.substring(subject.lastIndexOf(' ') + 1);
        if (subject.startsWith("push ")) {
            Optional<String> told = words.contains("default untold") ? Optional.empty() : Optional.of("main");
            Optional<CommitId> before = words.contains("before told") ? Optional.of(BEFORE) : Optional.empty();
            return new Event.BranchPushed(
                    APP, GitRef.branch(last), COMMIT, message, told, before, filesIn(List.of(words.split(", "))));
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
        Association association = subject.contains("member")
                ? Association.MEMBER
                : subject.contains("stranger") ? Association.STRANGER : Association.UNTOLD;
        PullRequest request = new PullRequest(
                7,
                head,
                COMMIT,
                "main",
                subject.contains("fork"),
                subject.contains("draft"),
                Optional.of(new Author("42", "bob")),
                association,
                Optional.of(subject.contains("foreign") ? "43" : "42").filter(owner -> !subject.contains("unowned")));
        return new Event.PullRequestChanged(APP, request, change);
    }

    /** What stands behind the word "files"; the word "many" is for more than are listed. */
    private static Optional<ChangedFiles> filesIn(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith("files "))
                .map(word -> List.of(word.substring("files ".length()).split(" ")))
                .map(files -> files.contains("many") ? ChangedFiles.unknown() : ChangedFiles.all(files))
                .findFirst();
    }

    /**
     * Words with commas between: disabled, open PR, draft PR, built, built for target, default main, says [ci skip], forge
     * down, approved, may write, no push events, no PR events, no PR updates, closed since, other PR, deleted, no merges, files a.txt b.txt,
     * handled before, handled elsewhere, handled it.
     */
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
            return (words.contains("open PR") || words.contains("draft PR"))
                    && branch.shortName().equals("fix");
        }

        @Override
        public boolean hasReadyPullRequest(GitRef branch) throws Undecided {
            return hasOpenPullRequest(branch) && words.contains("open PR");
        }

        @Override
        public boolean hasPullRequestNow(GitRef branch, boolean ready) throws Undecided {
            refuseWhenDown();
            return !words.contains("closed since");
        }

        @Override
        public boolean hookSendsPushes() {
            return !words.contains("no push events");
        }

        @Override
        public boolean hookSendsPullRequests() {
            return !words.contains("no PR events");
        }

        @Override
        public boolean hookSendsPullRequestUpdates() {
            return hookSendsPullRequests() && !words.contains("no PR updates");
        }

        @Override
        public boolean isBuiltForTarget(Subject subject) {
            return words.contains("built for target");
        }

        @Override
        public Optional<String> whyStranger(PullRequest pullRequest) throws Undecided {
            refuseWhenDown();
            return words.contains("may write") ? Optional.empty() : Optional.of("its author may not write");
        }

        @Override
        public Optional<String> approver(PullRequest pullRequest) {
            return words.contains("approved") ? Optional.of("alice") : Optional.empty();
        }

        /** "handled before" is where the push begins, "handled elsewhere" another commit. */
        @Override
        public Optional<CommitId> lastHandledHead(GitRef branch) {
            return words.stream()
                    .filter(word -> word.startsWith("handled "))
                    .map(word ->
                            word.equals("handled before") ? BEFORE : word.equals("handled it") ? COMMIT : ELSEWHERE)
                    .findFirst();
        }

        @Override
        public ChangedFiles changedBetween(CommitId before, CommitId after) throws Undecided {
            refuseWhenDown();
            if (before.equals(ELSEWHERE)) {
                return ChangedFiles.all(List.of("src/lost.txt"));
            }
            return before.equals(BEFORE) ? filesIn(words).orElseThrow() : ChangedFiles.unknown();
        }

        @Override
        public ChangedFiles changedBy(PullRequest pullRequest) throws Undecided {
            refuseWhenDown();
            return filesIn(words).orElseThrow();
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

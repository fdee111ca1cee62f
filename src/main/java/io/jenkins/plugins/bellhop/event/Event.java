package io.jenkins.plugins.bellhop.event;

import java.util.Optional;

/** What happened in a repository. The set is closed: a new case breaks {@link #match} and so leads to all that decide. */
public sealed interface Event {

    RepositoryId repository();

    /** Calls the method for this kind of event; stands in for the exhaustive {@code switch} that Java 17 lacks. */
    <T> T match(Cases<T> cases);

    /** For sentences: what happened, without the repository's name. */
    String described();

    /**
     * A branch was created or moved.
     *
     * @param headMessage absent where the forge's payload doesn't tell it, as are the following
     * @param before where the branch pointed; absent as well when it is new
     * @param files what the push changed
     */
    record BranchPushed(
            RepositoryId repository,
            GitRef branch,
            CommitId commit,
            Optional<String> headMessage,
            Optional<String> defaultBranch,
            Optional<CommitId> before,
            Optional<ChangedFiles> files)
            implements Event {

        /** One of which neither the commit before nor the files are told. */
        public BranchPushed(
                RepositoryId repository,
                GitRef branch,
                CommitId commit,
                Optional<String> headMessage,
                Optional<String> defaultBranch) {
            this(repository, branch, commit, headMessage, defaultBranch, Optional.empty(), Optional.empty());
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.branchPushed(this);
        }

        @Override
        public String described() {
            return "push of " + commit.shortHex() + " to " + branch.described();
        }
    }

    /** A tag was created or moved. */
    record TagPushed(RepositoryId repository, GitRef tag, CommitId commit, Optional<String> headMessage)
            implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.tagPushed(this);
        }

        @Override
        public String described() {
            return "push of " + tag.described();
        }
    }

    /** A branch or a tag is gone; {@code lastCommit} is where it pointed. */
    record RefDeleted(RepositoryId repository, GitRef ref, CommitId lastCommit) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.refDeleted(this);
        }

        @Override
        public String described() {
            return ref.described() + " deleted";
        }
    }

    /** A pull request was opened, closed or changed so that it may have to be built. */
    record PullRequestChanged(RepositoryId repository, PullRequest pullRequest, Change change) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.pullRequestChanged(this);
        }

        @Override
        public String described() {
            return pullRequest.described() + " " + change.words();
        }
    }

    /**
     * How a pull request changed. Bitbucket Cloud doesn't tell what an update changed: that is {@code TOUCHED}. No forge
     * tells {@code APPROVED}: somebody here let a fork's commit in.
     */
    enum Change {
        OPENED("opened"),
        UPDATED("got new commits"),
        REOPENED("reopened"),
        READY("is ready for review"),
        RETARGETED("has a new target branch"),
        TOUCHED("was updated"),
        DRAFTED("became a draft"),
        APPROVED("was approved here"),
        CLOSED("closed");

        private final String words;

        Change(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The repository has a new name or owner; {@code repository} already carries it. Not every forge tells the old one. */
    record RepositoryRenamed(RepositoryId repository, Optional<RepositoryName> oldName) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.repositoryRenamed(this);
        }

        @Override
        public String described() {
            return "repository " + oldName.map(old -> old + " ").orElse("") + "is now called " + repository.name();
        }
    }

    /** The repository is gone, and its deploy keys and hooks with it. */
    record RepositoryDeleted(RepositoryId repository) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.repositoryDeleted(this);
        }

        @Override
        public String described() {
            return "repository deleted";
        }
    }

    /** Another branch is the default one now. */
    record DefaultBranchChanged(RepositoryId repository, String newDefault) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.defaultBranchChanged(this);
        }

        @Override
        public String described() {
            return "default branch is now " + newDefault;
        }
    }

    /** Something changed, but the forge doesn't tell what: compare its heads with the last seen ones. */
    record HeadsUnknown(RepositoryId repository) implements Event {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.headsUnknown(this);
        }

        @Override
        public String described() {
            return "changes that the forge did not list";
        }
    }

    /** What to do with each kind of event. */
    interface Cases<T> {
        T branchPushed(BranchPushed event);

        T tagPushed(TagPushed event);

        T refDeleted(RefDeleted event);

        T pullRequestChanged(PullRequestChanged event);

        T repositoryRenamed(RepositoryRenamed event);

        T repositoryDeleted(RepositoryDeleted event);

        T defaultBranchChanged(DefaultBranchChanged event);

        T headsUnknown(HeadsUnknown event);
    }
}

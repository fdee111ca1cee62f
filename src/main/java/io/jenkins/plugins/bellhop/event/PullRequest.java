package io.jenkins.plugins.bellhop.event;

import java.util.Optional;

/**
 * A pull request as an event or the forge's API shows it.
 *
 * @param number its number on the forge
 * @param headBranch the branch it comes from, in whichever repository that is
 * @param head the commit it asks to merge
 * @param target the branch it asks to merge into
 * @param fork whether its head lies in another repository than its target, or in one that is gone or not told: who can't
 *     show that a pull request comes from the repository itself is treated as a stranger
 * @param draft whether the forge shows it as draft
 * @param author who opened it; absent where the account is gone
 * @param association what the forge says its author is to the repository
 * @param forkOwner the forge's own id of the account whose repository its head lies in; absent where that isn't told
 */
public record PullRequest(
        long number,
        String headBranch,
        CommitId head,
        String target,
        boolean fork,
        boolean draft,
        Optional<Author> author,
        Association association,
        Optional<String> forkOwner) {

    public PullRequest {
        if (number < 1) {
            throw new IllegalArgumentException("expected a pull request's number of at least 1, found " + number);
        }
        GitRef.branch(headBranch);
        GitRef.branch(target);
    }

    /** One of whose author nothing is told. */
    public PullRequest(long number, String headBranch, CommitId head, String target, boolean fork, boolean draft) {
        this(number, headBranch, head, target, fork, draft, Optional.empty(), Association.UNTOLD, Optional.empty());
    }

    /** What an author is to a repository. */
    public enum Association {
        MEMBER,
        STRANGER,
        /** The forge has to be asked. */
        UNTOLD
    }

    /** The same with another spelling of its head commit. */
    public PullRequest withHead(CommitId commit) {
        return new PullRequest(number, headBranch, commit, target, fork, draft, author, association, forkOwner);
    }

    /** For sentences: {@code pull request #7}. */
    public String described() {
        return "pull request #" + number;
    }
}

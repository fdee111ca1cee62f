package io.jenkins.plugins.bellhop.event;

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
 */
public record PullRequest(long number, String headBranch, CommitId head, String target, boolean fork, boolean draft) {

    public PullRequest {
        if (number < 1) {
            throw new IllegalArgumentException("expected a pull request's number of at least 1, found " + number);
        }
        GitRef.branch(headBranch);
        GitRef.branch(target);
    }

    /** The same with another spelling of its head commit. */
    public PullRequest withHead(CommitId commit) {
        return new PullRequest(number, headBranch, commit, target, fork, draft);
    }

    /** For sentences: {@code pull request #7}. */
    public String described() {
        return "pull request #" + number;
    }
}

package io.jenkins.plugins.bellhop.jenkins.credentials;

import hudson.model.Job;
import jenkins.plugins.git.GitRefSCMHead;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMSourceOwner;

/**
 * Whether a job of a multibranch project builds what strangers can write: a pull request from a fork, or a ref that is no
 * branch and no tag, as those under which forges publish pull requests. A branch that can't be told counts as strangers'.
 */
final class StrangersBranch {

    private StrangersBranch() {}

    static boolean isBuiltBy(Job<?, ?> job) {
        if (!(job.getParent() instanceof SCMSourceOwner)) {
            return false;
        }
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        return head == null || isStrangers(head);
    }

    static boolean isStrangers(SCMHead head) {
        return !SCMHeadOrigin.DEFAULT.equals(head.getOrigin())
                || head instanceof GitRefSCMHead other && !isOwn(other.getRef());
    }

    private static boolean isOwn(String ref) {
        return ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/");
    }
}

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.plugins.git.GitException;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.URIish;
import org.jenkinsci.plugins.gitclient.GitClient;

/**
 * The commit in which the forge merged a pull request's head into its target. It counts only if its second parent is that
 * head: while there is a conflict, or the forge hasn't got round to it, the forge shows an older merge, or none.
 *
 * @param ref where the forge keeps it
 * @param head the decided commit
 */
record MergeCommit(GitClient git, URIish remote, String ref, String head) {

    /** Forges merge some time after they tell of the head: looks for the merge, with pauses between. */
    static final int MOST_TRIES = 6;

    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final String NO_PARENT = "none";

    /**
     * @param earlier what an earlier checkout of the same build got, which this one has to get too
     * @throws GitException saying why there is no such merge
     */
    ObjectId found(Optional<String> earlier) throws InterruptedException {
        return earlier.isPresent() ? again(ObjectId.fromString(earlier.get())) : firstTime();
    }

    private ObjectId firstTime() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            Optional<ObjectId> merge = fetched(ref, tries == MOST_TRIES);
            String parent = merge.isPresent() ? secondParent(merge.get()) : NO_PARENT;
            if (parent.equals(head)) {
                return merge.get();
            }
            if (tries == MOST_TRIES) {
                throw new GitException(
                        Messages.MergeCommit_Stale(head, ref, merge.get().name(), parent));
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private ObjectId again(ObjectId earlier) throws InterruptedException {
        if (!git.isCommitInRepo(earlier)) {
            fetched(ref, true);
        }
        if (!git.isCommitInRepo(earlier) && fetched(earlier.name(), false).isEmpty()) {
            throw new GitException(Messages.MergeCommit_Moved(earlier.name(), ref));
        }
        return earlier;
    }

    /** What a ref or a hash of the forge stands for. */
    private Optional<ObjectId> fetched(String source, boolean isLastTry) throws InterruptedException {
        String local = DecidedRevision.localRef(ref);
        try {
            git.fetch_()
                    .from(remote, List.of(new RefSpec("+" + source + ":" + local)))
                    .execute();
            return Optional.of(git.revParse(local));
        } catch (GitException e) {
            if (isLastTry) {
                throw new GitException(Messages.MergeCommit_Unfetched(head, ref), e);
            }
            return Optional.empty();
        }
    }

    private String secondParent(ObjectId merge) throws InterruptedException {
        try {
            return git.revParse(merge.name() + "^2").name();
        } catch (GitException e) {
            return NO_PARENT;
        }
    }
}

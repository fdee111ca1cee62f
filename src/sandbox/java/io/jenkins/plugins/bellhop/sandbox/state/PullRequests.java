package io.jenkins.plugins.bellhop.sandbox.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The pull requests into one repository. Where the forge does so, each keeps a ref of its head in the base repository,
 * so that a key of the base suffices to fetch a fork's commits, and a trial merge as long as there is no conflict.
 */
public final class PullRequests {

    private final ForgeState forge;
    private final SandboxRepository base;
    private final Habits habits;
    private final MergeBench bench;
    private final List<PullRequest> all = new CopyOnWriteArrayList<>();
    private int last;

    PullRequests(ForgeState forge, SandboxRepository base, MergeBench bench) {
        this.forge = forge;
        this.base = base;
        this.bench = bench;
        this.habits = forge.face().habits();
    }

    public List<PullRequest> all() {
        return List.copyOf(all);
    }

    public PullRequest get(int number) {
        return all.stream()
                .filter(pull -> pull.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No pull request " + number + " in " + base));
    }

    /** Opens a request to merge the head branch into a branch of this repository; returns its number. */
    public int open(SandboxRepository head, String headBranch, String baseBranch, String title, boolean draft) {
        synchronized (forge) {
            String headSha = head.sha("refs/heads/" + headBranch);
            String baseSha = base.sha("refs/heads/" + baseBranch);
            PullRequest pull = new PullRequest(forge.nextId(), nextNumber(), base, head, headBranch, head.actor());
            pull.titled(title);
            pull.drafted(draft);
            pull.basedOn(baseBranch, baseSha);
            publish(pull, head, headSha);
            if (bench.holds(baseSha, headSha)) {
                bench.remove(habits.head(pull.number()));
                throw new IllegalArgumentException("No commits between " + baseBranch + " and " + headBranch);
            }
            all.add(pull);
            tryMerge(pull);
            tell(pull, PullRequestAction.OPENED, "", pull.author());
            return pull.number();
        }
    }

    /** Closes it; merging pushes the merge commit to the target first. */
    public void close(int number, boolean merge) {
        synchronized (forge) {
            PullRequest pull = get(number);
            if (!pull.open()) {
                throw new IllegalStateException(pull.number() + " is closed already");
            }
            if (!merge) {
                close(pull, Optional.empty());
                return;
            }
            String baseRef = "refs/heads/" + pull.baseBranch();
            String commit = bench.merge(
                            base.sha(baseRef),
                            pull.headSha(),
                            "Merge pull request #" + number + " from " + pull.headOwner() + "/" + pull.headBranch(),
                            forge.person(base.actor()))
                    .orElseThrow(() -> new IllegalStateException("Pull request " + number + " has conflicts"));
            bench.handOver(commit);
            RefChange change = base.git().move(baseRef, commit);
            forge.tellPushed(base, List.of(change), base.actor());
            close(pull, Optional.of(commit));
            forge.followPush(base, List.of(change));
        }
    }

    /** Opens it again, at the present head of its branch. */
    public void reopen(int number) {
        synchronized (forge) {
            PullRequest pull = get(number);
            SandboxRepository head =
                    pull.head().orElseThrow(() -> new IllegalStateException("The head repository is gone"));
            if (!habits.reopensPulls() || pull.open() || pull.merged()) {
                throw new IllegalStateException("Pull request " + number + " can't be reopened");
            }
            publish(pull, head, head.sha("refs/heads/" + pull.headBranch()));
            pull.reopened();
            tryMerge(pull);
            tell(pull, PullRequestAction.REOPENED, "", base.actor());
        }
    }

    /** Deletes it, whatever its state. */
    public void delete(int number) {
        synchronized (forge) {
            PullRequest pull = get(number);
            if (!habits.deletesPulls()) {
                throw new IllegalStateException("Pull requests can't be deleted here");
            }
            all.remove(pull);
            bench.remove(habits.head(number));
            bench.remove(habits.merge(number));
            tell(pull, PullRequestAction.DELETED, "", base.actor());
        }
    }

    /** Turns it into a draft, or marks it as ready for review. */
    public void draft(int number, boolean draft) {
        synchronized (forge) {
            PullRequest pull = get(number);
            pull.drafted(draft);
            tell(pull, draft ? PullRequestAction.DRAFTED : PullRequestAction.READY, "", pull.author());
        }
    }

    /** Changes the branch it goes to. */
    public void retarget(int number, String baseBranch) {
        synchronized (forge) {
            PullRequest pull = get(number);
            String previous = pull.baseBranch();
            pull.basedOn(baseBranch, base.sha("refs/heads/" + baseBranch));
            tryMerge(pull);
            tell(pull, PullRequestAction.RETARGETED, previous, base.actor());
        }
    }

    public void retitle(int number, String title) {
        synchronized (forge) {
            PullRequest pull = get(number);
            String previous = pull.title();
            pull.titled(title);
            tell(pull, PullRequestAction.RETITLED, previous, base.actor());
        }
    }

    public void label(int number, String label) {
        synchronized (forge) {
            PullRequest pull = get(number);
            pull.labelled(label);
            tell(pull, PullRequestAction.LABELED, label, base.actor());
        }
    }

    /** Lets the open pull requests follow a push: of their head, or of the branch they go to. */
    void follow(SandboxRepository pushed, RefChange change) {
        for (PullRequest pull : all) {
            if (!pull.open() || change.isTag()) {
                continue;
            }
            if (pull.comesFrom(pushed, change.shortName())) {
                followHead(pull, pushed, change);
            } else if (pushed == base && pull.baseBranch().equals(change.shortName())) {
                followBase(pull, change);
            }
        }
    }

    /** Numbers of deleted ones aren't given again. */
    private int nextNumber() {
        last++;
        return last;
    }

    private void followHead(PullRequest pull, SandboxRepository head, RefChange change) {
        if (change.deleted()) {
            if (habits.declinesOrphans()) {
                close(pull, Optional.empty());
            }
            return;
        }
        publish(pull, head, change.after());
        tryMerge(pull);
        tell(pull, PullRequestAction.UPDATED, change.before(), head.actor());
    }

    /** A pull request counts as merged when its commits arrive in the target by any way. */
    private void followBase(PullRequest pull, RefChange change) {
        if (change.deleted()) {
            close(pull, Optional.empty());
        } else if (bench.holds(change.after(), pull.headSha())) {
            close(pull, Optional.of(change.after()));
        } else {
            tryMerge(pull);
        }
    }

    private void close(PullRequest pull, Optional<String> mergeCommit) {
        pull.closed(mergeCommit);
        bench.remove(habits.merge(pull.number()));
        tell(pull, PullRequestAction.CLOSED, "", base.actor());
    }

    private void publish(PullRequest pull, SandboxRepository head, String sha) {
        bench.take(head, pull.headBranch(), habits.head(pull.number()));
        pull.headedAt(sha);
    }

    private void tryMerge(PullRequest pull) {
        Optional<String> merge = bench.merge(
                base.sha("refs/heads/" + pull.baseBranch()),
                pull.headSha(),
                "Merge " + pull.headSha() + " into " + pull.baseBranch(),
                forge.person(base.actor()));
        pull.tried(merge);
        merge.ifPresent(sha -> bench.keep(habits.merge(pull.number()), sha));
    }

    private void tell(PullRequest pull, PullRequestAction action, String previous, String sender) {
        forge.face().pullRequestChanged(pull, action, previous, sender);
    }
}

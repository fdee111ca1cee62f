package io.jenkins.plugins.bellhop.sandbox.state;

import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Where the head of a pull request and its target meet. It is the base repository itself if the forge publishes a
 * fork's commits there, and else a store that nobody can fetch from.
 */
final class MergeBench {

    private static final String RESULT = "refs/result";

    private final SandboxRepository base;
    private final GitStore store;

    MergeBench(SandboxRepository base, GitStore store) {
        this.base = base;
        this.store = store;
    }

    /** Brings a head branch of another repository here, under this ref. */
    void take(SandboxRepository head, String branch, String ref) {
        store.take(head.git(), "+refs/heads/" + branch + ":" + ref);
    }

    void remove(String ref) {
        store.move(ref, RefChange.NOTHING);
    }

    void keep(String ref, String sha) {
        store.move(ref, sha);
    }

    /** Whether a commit of the base holds this head already. */
    boolean holds(String baseSha, String headSha) {
        bringBase();
        return store.history().contains(baseSha, headSha);
    }

    /** A merge that stays here; empty when there is a conflict. */
    Optional<String> merge(String baseSha, String headSha, String message, PersonIdent author) {
        bringBase();
        return store.merge(baseSha, headSha, message, author);
    }

    /** Lets the base have a commit that was made here. */
    void handOver(String sha) {
        if (store != base.git()) {
            store.move(RESULT, sha);
            base.git().take(store, "+" + RESULT + ":" + RESULT);
            base.git().move(RESULT, RefChange.NOTHING);
        }
    }

    private void bringBase() {
        if (store != base.git()) {
            store.take(base.git(), "+refs/heads/*:refs/base/*");
        }
    }
}

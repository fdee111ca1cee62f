package io.jenkins.plugins.bellhop.flow;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What is remembered of each connection beyond a restart.
 *
 * @param heads where its branches, tags and pull requests were
 * @param hooks what its webhook sends
 * @param approvals which commits of strangers somebody approved
 */
public record Memory(SeenHeads heads, KnownHooks hooks, Approvals approvals) {

    /** Kept in directories below this one, which are made as they are needed. */
    public static Memory in(Path directory) throws IOException {
        return new Memory(
                new SeenHeads(new HeadFiles(directory.resolve("heads"))),
                new KnownHooks(new HeadFiles(directory.resolve("hooks"))),
                new Approvals(new HeadFiles(directory.resolve("approvals"))));
    }

    /** The connection is gone. */
    public void forget(String connectionId) {
        heads.forget(connectionId);
        hooks.forget(connectionId);
        approvals.forget(connectionId);
    }
}

package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.CommitId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether a key opens a repository. */
public sealed interface Proof {

    <T> T match(Function<Proven, T> proven, Function<NotProven, T> notProven);

    /**
     * The key has read the repository.
     *
     * @param defaultBranch short name; absent when the repository is empty or its head names no branch
     * @param heads the commit of every branch, by the branch's short name
     */
    record Proven(Optional<String> defaultBranch, Map<String, CommitId> heads) implements Proof {

        public Proven {
            heads = Map.copyOf(heads);
        }

        @Override
        public <T> T match(Function<Proven, T> proven, Function<NotProven, T> notProven) {
            return proven.apply(this);
        }
    }

    /** The key hasn't; the failure says why, and what to do. */
    record NotProven(SshFailure failure) implements Proof {

        @Override
        public <T> T match(Function<Proven, T> proven, Function<NotProven, T> notProven) {
            return notProven.apply(this);
        }
    }
}

package io.jenkins.plugins.bellhop.moving;

import java.util.List;
import java.util.Optional;

/**
 * A job that isn't connected, as it is now.
 *
 * @param name with its folders
 * @param pipeline whether a script may set its triggers anew
 */
public record JobNow(String name, boolean pipeline, List<Start> starts, Source source) {

    public JobNow {
        starts = List.copyOf(starts);
    }

    /** The remotes of its Git configuration. */
    public List<Source.Remote> remotes() {
        return source.match(git -> git.remotes(), elsewhere -> List.of());
    }

    /** Where its remotes lead, without passwords; those that can't be read are left out. */
    public List<String> addresses() {
        return remotes().stream().flatMap(remote -> remote.address().stream()).toList();
    }

    /** Those of its starts that a push may be behind. */
    public List<Start> replaced() {
        return starts.stream().filter(start -> start.replaced().isPresent()).toList();
    }

    /** Whose credential Git gets; empty when it gets none. */
    public Optional<String> credentialsId() {
        return remotes().stream()
                .map(Source.Remote::credentialsId)
                .filter(id -> !id.isEmpty())
                .findFirst();
    }
}

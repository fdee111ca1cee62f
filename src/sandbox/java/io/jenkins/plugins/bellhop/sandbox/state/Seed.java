package io.jenkins.plugins.bellhop.sandbox.state;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/** The first commit of a new repository: something to read and something to build. */
final class Seed {

    private static final String BUILD = """
            #!/bin/sh
            # The build of a sandbox repository: it looks at what was checked out and fails if there is nothing to read.
            set -eu
            cd "$(dirname "$0")"
            commit=$(git rev-parse HEAD)
            words=$(wc -w < README.md | tr -d ' ')
            echo "Hello from $(head -n 1 README.md | sed 's/^# //')"
            echo "Commit $commit: $(git log -1 --format=%s)"
            echo "The read-me has $words words"
            test "$words" -gt 0
            """;

    private Seed() {}

    static String commit(SandboxRepository repository, PersonIdent author) {
        String readMe = "# " + repository.fullName() + "\n\nA repository of the sandbox. Its build is `build.sh`.\n";
        return repository
                .git()
                .commit(Optional.empty(), Map.of("README.md", readMe, "build.sh", BUILD), "First commit", author);
    }
}

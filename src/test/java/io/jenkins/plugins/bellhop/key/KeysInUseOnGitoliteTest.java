package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** Against OpenSSH's server and gitolite. */
class KeysInUseOnGitoliteTest extends KeysInUse {

    private static final String RULES = String.join(
            "\n",
            "repo owner/app",
            "    R   = app",
            "    RW+ = tagger",
            "repo owner/app-lib",
            "    R   = lib",
            "repo owner/all",
            "    R   = all",
            "");

    @BeforeAll
    static void start() throws IOException {
        use(Gitolite.start(shared, RULES, Map.of("app", APP, "lib", LIB, "all", ALL, "tagger", TAGGER)));
    }
}

package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.CommitId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what version 1.0 wrote, to the letter. Never change the texts: later versions have to read them as they are. */
class KeptMemoryTest {

    private static final String CONNECTION = "0f2188f9-4b03-4249-84a4-b82565e95b9e";
    private static final String COMMIT = "76424320de98e90c53233e9d31d00ef5b1cea28a";
    private static final String HEAD = "4b8e2620785573961f15e428ea27477a24505495";

    @TempDir
    Path directory;

    private Memory memory;

    @BeforeEach
    void remember() throws Exception {
        write("heads", """
                whole
                4b8e2620785573961f15e428ea27477a24505495 0001795300916448006 pull/1
                76424320de98e90c53233e9d31d00ef5b1cea28a 0001795300916448007-cc37e3f6c332f9d79029ebd7ee780050.delivery refs/heads/main""");
        write("hooks", "ACTIVE true true true\n2026-11-21T22:42:08.878641562Z");
        write("approvals", HEAD + " 1 alice app\n" + COMMIT + " 2 - app");
        memory = Memory.in(directory);
    }

    private void write(String what, String text) throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve(what)).resolve(CONNECTION + ".heads"), text);
    }

    @Test
    void headsAreKnown() {
        assertThat(memory.heads().isWhole(CONNECTION)).isTrue();
        assertThat(memory.heads().of(CONNECTION, "refs/heads/main"))
                .contains(new SeenHeads.Head(
                        new CommitId(COMMIT), "0001795300916448007-cc37e3f6c332f9d79029ebd7ee780050.delivery"));
        assertThat(memory.heads().of(CONNECTION, SeenHeads.pullRequest(1)))
                .contains(new SeenHeads.Head(new CommitId(HEAD), "0001795300916448006"));
    }

    @Test
    void hookIsKnown() {
        assertThat(memory.hooks().of(CONNECTION).presence()).isEqualTo(HookState.Presence.ACTIVE);
        assertThat(memory.hooks().of(CONNECTION).events().pullRequests()).isTrue();
        assertThat(memory.hooks().lookedAt(CONNECTION)).contains(Instant.parse("2026-11-21T22:42:08.878641562Z"));
    }

    @Test
    void approvalsAndWhatWaitsForOneAreKnown() {
        assertThat(memory.approvals().waiting(CONNECTION, "app"))
                .containsExactly(new Approvals.Waiting(2, new CommitId(COMMIT)));
    }
}

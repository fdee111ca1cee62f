package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real ssh-keyscan against the sandbox's SSH server. */
class HostKeyScanTest {

    @TempDir
    private Path directory;

    @Test
    void findsTheKeysThatTheServerShows() throws Exception {
        try (SandboxForge sandbox = SandboxForge.start(directory)) {
            SshHost host = new SshHost(sandbox.sshHost(), sandbox.sshPort());

            assertThat(new HostKeyScan("ssh-keyscan").keysOf(host))
                    .isNotEmpty()
                    .containsAll(KnownHosts.parse(sandbox.knownHosts()).trustedFor(host));
        }
    }

    @Test
    void whereNoServerAnswersThereAreNoKeys() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertThat(new HostKeyScan("ssh-keyscan").keysOf(new SshHost("127.0.0.1", port)))
                .isEmpty();
    }

    @Test
    void aMissingProgramIsOurFault() {
        assertThatThrownBy(() -> new HostKeyScan("no-such-program").keysOf(SshHost.of("localhost")))
                .isInstanceOf(IOException.class);
    }
}

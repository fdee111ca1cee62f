package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server sees our key and no other, though an agent and a home directory are full of them. Each case has its
 * counterpart that shows that ssh without our configuration does offer those.
 */
class OneIdentityTest {

    private static final SshKeyPair OURS = SshKeyPair.ed25519("ours");
    private static final SshKeyPair FOREIGN = SshKeyPair.ed25519("foreign");

    /** A home directory of root's that only this process sees, with an identity and known hosts. */
    private static final String WITH_FOREIGN_HOME = String.join(
            "\n",
            "set -e",
            "home=$(getent passwd 0 | cut -d: -f6)",
            "mount -t tmpfs tmpfs \"$home\"",
            "mkdir \"$home/.ssh\"",
            "cp foreign \"$home/.ssh/id_ed25519\"",
            "cp known_hosts \"$home/.ssh/known_hosts\"",
            "printf 'Host *\\n IdentityFile ~/.ssh/id_ed25519\\n' >\"$home/.ssh/config\"",
            "exec \"$@\"");

    @TempDir
    Path temporary;

    private SshServer server;
    private KeyDirectory keys;
    private Process agent;
    private String remote;
    private Map<String, String> withAgent;

    @BeforeEach
    void startServerAndAgent() throws IOException {
        server = SshServer.start(temporary);
        keys = KeyDirectory.create(temporary);
        remote = server.url(
                Repository.withOneCommit(temporary.resolve("owner/app.git")).urlPath());
        String identity = keys.write("ours", OURS.privateText()).toString();
        String foreign = keys.write("foreign", FOREIGN.privateText()).toString();
        String knownHosts = keys.write("known_hosts", server.trust().text()).toString();
        keys.write("ssh_config", SshConfig.of(identity, knownHosts).text());

        Path socket = keys.path().resolve("agent");
        agent = new ProcessBuilder(RequiredPrograms.find("ssh-agent").toString(), "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> Files.exists(socket));
        withAgent = Map.of("SSH_AUTH_SOCK", socket.toString());
        Program.in(temporary).with(withAgent).output("ssh-add", "-q", foreign);
    }

    /** Whatever was started, even if what came after it failed. */
    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (agent != null) {
            agent.destroyForcibly().onExit().join();
        }
        if (keys != null) {
            keys.close();
        }
    }

    @Test
    void anAgentsKeysAreNotOffered() throws IOException {
        letIn(OURS);

        assertThat(lsRemote().exitCode()).isZero();
        assertThat(server.offered()).containsExactly(fingerprint(OURS));
    }

    @Test
    void anAgentsKeysAreNotOfferedEvenWhenTheyWouldOpen() throws IOException {
        letIn(FOREIGN);

        BoundedCommand.Result result = lsRemote();

        assertThat(SshFailure.explain(result.errors(), OURS.publicKey().fingerprint(), RemoteUrl.parse(remote))
                        .kind())
                .isEqualTo(SshFailure.Kind.KEY_REFUSED);
        assertThat(server.offered()).containsExactly(fingerprint(OURS));
    }

    @Test
    void withoutOurConfigurationTheAgentsKeysAreOffered() throws IOException {
        String trust = "UserKnownHostsFile=" + keys.path().resolve("known_hosts");

        Program.in(keys.path())
                .with(withAgent)
                .run("ssh", "-F", "none", "-o", trust, "-o", "BatchMode=yes", "-p", port(), "127.0.0.1");

        assertThat(server.offered()).contains(fingerprint(FOREIGN));
    }

    @Test
    void identitiesInTheHomeDirectoryAreNotOffered() throws IOException {
        letIn(OURS);
        Program unshared = Program.in(keys.path()).with(environment());

        assertThat(withForeignHome(unshared, LsRemote.arguments("git", RemoteUrl.parse(remote)))
                        .exitCode())
                .isZero();
        assertThat(server.offered()).containsExactly(fingerprint(OURS));
    }

    @Test
    void withoutOurConfigurationIdentitiesInTheHomeDirectoryAreOffered() throws IOException {
        withForeignHome(Program.in(keys.path()), List.of("ssh", "-o", "BatchMode=yes", "-p", port(), "127.0.0.1"));

        assertThat(server.offered()).contains(fingerprint(FOREIGN));
    }

    private BoundedCommand.Result withForeignHome(Program program, List<String> command) {
        boolean possible = program.run("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                        .exitCode()
                == 0;
        Assumptions.assumeTrue(possible, "no mount namespaces here, so no home directory of the test's own");
        String[] arguments = Stream.concat(
                        Stream.of("--map-root-user", "--mount", "sh", "-c", WITH_FOREIGN_HOME, "sh"), command.stream())
                .toArray(String[]::new);
        return program.run("unshare", arguments);
    }

    private BoundedCommand.Result lsRemote() {
        List<String> arguments = LsRemote.arguments("git", RemoteUrl.parse(remote));
        return Program.in(keys.path())
                .with(environment())
                .with(withAgent)
                .run("git", arguments.subList(1, arguments.size()).toArray(String[]::new));
    }

    private Map<String, String> environment() {
        return LsRemote.environment(
                keys.path().resolve("ssh_config").toString(), keys.path().toString());
    }

    private void letIn(SshKeyPair pair) throws IOException {
        server.authorize(new SshServer.Entry(pair.publicKey(), "git-shell -c \"$SSH_ORIGINAL_COMMAND\""));
    }

    private String port() {
        return Integer.toString(server.host().port());
    }

    private static String fingerprint(SshKeyPair pair) {
        return pair.publicKey().fingerprint().toString();
    }
}

package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle with an ssh-agent, the machine's own. */
class SshAgentTest {

    private static final SshKeyPair APP = SshKeyPair.ed25519("app");
    private static final SshKeyPair LIB = SshKeyPair.rsa3072("lib");
    private static final KeyRing RING = Keys.ring(
            Keys.deploy(APP, "git@github.com:owner/app", "ssh://git@ssh.github.com:443/owner/app"),
            Keys.deploy(LIB, "git@bitbucket.org:owner/lib"));

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void needsOpenSsh() {
        RequiredPrograms.find("ssh-agent");
        RequiredPrograms.find("ssh-add");
        directory = parent.toAbsolutePath().resolve(KeyDirectory.newName());
    }

    @AfterEach
    void remove() throws IOException {
        KeyBundle.removeAt(directory, true);
    }

    @Test
    void holdsTheKeysThatItWasGivenAndNoOther() throws IOException {
        InstalledKeys keys = install(RING.naming(List.of(LIB.publicKey().fingerprint())));

        assertThat(held(keys.socket())).containsExactly(LIB.publicKey().fingerprint() + " lib");
        assertThat(keys.environment())
                .containsEntry("SSH_AUTH_SOCK", keys.socket())
                .containsKeys("GIT_SSH_COMMAND", "GIT_SSH_VARIANT");
    }

    @Test
    void withoutKeysItIsEmpty() throws IOException {
        assertThat(install(Keys.ring()).socket())
                .satisfies(socket -> assertThat(Program.in(parent)
                                .with(Map.of("SSH_AUTH_SOCK", socket))
                                .run("ssh-add", "-l"))
                        .satisfies(result -> assertThat(result.output()).contains("no identities")));
    }

    @Test
    void goesWithItsDirectoryAndLeavesOthersAlone() throws IOException {
        install(RING);
        Path other = parent.toAbsolutePath().resolve(KeyDirectory.newName());
        String others = KeyBundle.of(RING.routes(), HostKeys.pinned(), "")
                .withAgent(RING.forAgent(), "")
                .installAt(other)
                .socket();
        assertThat(agents(directory)).isEqualTo(1);

        KeyBundle.removeAt(directory, true);

        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> agents(directory) == 0);
        assertThat(directory).doesNotExist();
        assertThat(held(others)).hasSize(2);
        KeyBundle.removeAt(other, true);
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> agents(other) == 0);
    }

    @Test
    void isEndedThoughTheBuildRemovedItsFiles() throws IOException {
        install(RING);
        KeyDirectory.removeAt(directory);

        KeyBundle.removeAt(directory, true);

        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> agents(directory) == 0);
    }

    @Test
    void socketIsTheOwnersAlone() throws IOException {
        Path socket = Path.of(install(RING).socket());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void socketBesideALongWorkspaceLiesInTheTemporaryDirectoryForAsLong() throws IOException {
        directory = parent.toAbsolutePath()
                .resolve("w".repeat(SshAgent.LONGEST_SOCKET))
                .resolve(KeyDirectory.newName());

        InstalledKeys keys = install(RING);

        Path apart = Path.of(keys.socket()).getParent();
        assertThat(apart).isEqualTo(TEMPORARY.toAbsolutePath().resolve(directory.getFileName()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(apart)))
                .isEqualTo("rwx------");
        assertThat(held(keys.socket())).hasSize(2);

        KeyBundle.removeAt(directory, true);
        assertThat(apart).doesNotExist();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> agents(directory) == 0);
    }

    @Test
    void pathsOfSocketsAreBounded() throws IOException {
        String name = KeyDirectory.newName();
        int room = SshAgent.LONGEST_SOCKET - parent.toString().length() - name.length() - "///agent".length();
        Path fitting = parent.resolve("w".repeat(room)).resolve(name);
        Path tooLong = parent.resolve("w".repeat(room + 1)).resolve(name);
        Path apart = parent.toAbsolutePath().resolve(name);

        assertThat(SshAgent.socket(fitting, apart).toString()).hasSize(SshAgent.LONGEST_SOCKET);
        assertThat(apart).doesNotExist();
        assertThatThrownBy(() -> SshAgent.socket(tooLong, tooLong))
                .hasMessage("expected a path of at most 103 bytes for the socket of an ssh-agent, found 104 in "
                        + tooLong.getParent() + " and 104 in " + tooLong.getParent());
        assertThat(SshAgent.socket(tooLong, apart)).isEqualTo(apart.resolve("agent"));
        KeyDirectory.removeAt(apart);
    }

    @Test
    void keyThatTheAgentDoesNotTakeLeavesNothing() {
        RingKey broken = new RingKey(
                RingKey.Kind.DEPLOY,
                "broken",
                APP.publicKey(),
                List.of(KeyScope.parse("github.com/owner/app", true)),
                () -> APP.privateText().substring(0, 100) + "\n");

        assertThatThrownBy(() -> install(Keys.ring(broken)))
                .hasMessageStartingWith("expected ssh-add to end well, found: ")
                .satisfies(failure -> assertThat(failure.getMessage())
                        .doesNotContain(APP.privateText().substring(40, 70)));

        assertThat(directory).doesNotExist();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> agents(directory) == 0);
    }

    @Test
    void machineWithoutTheProgramsIsToldOf() {
        assertThatThrownBy(() -> SshAgent.run(List.of("ssh-agent-that-is-not-here"), Map.of()))
                .hasMessage(
                        "expected OpenSSH's ssh-agent-that-is-not-here on this node, for the ssh-agent that was asked"
                                + " for; it can't be started");
    }

    @Test
    void windowsIsToldThatItHasNone() {
        assertThatThrownBy(() -> SshAgent.requireUnix(Set.of("basic", "acl")))
                .hasMessageStartingWith("expected a Unix node for an ssh-agent");
    }

    @Test
    void onlyADirectoryOfOursIsLookedFor() {
        assertThatThrownBy(() -> SshAgent.end(parent.toAbsolutePath())).isInstanceOf(IllegalArgumentException.class);
    }

    private InstalledKeys install(KeyRing ring) throws IOException {
        return KeyBundle.of(ring.routes(), HostKeys.pinned(), "")
                .withAgent(ring.forAgent(), "")
                .installAt(directory);
    }

    /** Fingerprint and comment of each key. */
    private List<String> held(String socket) {
        return Program.in(parent)
                .with(Map.of("SSH_AUTH_SOCK", socket))
                .output("ssh-add", "-l")
                .lines()
                .map(line -> line.replaceAll("^[0-9]+ (.*) \\(.*\\)$", "$1"))
                .toList();
    }

    private static long agents(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> Arrays.stream(process.info().arguments().orElse(new String[0]))
                        .anyMatch(argument ->
                                argument.endsWith(directory.getFileName().toString() + "/agent")))
                .count();
    }
}

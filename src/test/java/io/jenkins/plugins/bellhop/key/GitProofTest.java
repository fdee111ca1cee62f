package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.event.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real git and ssh against a real sshd that runs git-shell. */
class GitProofTest {

    private static final SshKeyPair KEY = SshKeyPair.ed25519("deploy");

    @TempDir
    static Path shared;

    private static SshServer server;
    private static Repository repository;

    @TempDir
    Path temporary;

    @BeforeAll
    static void startServer() throws IOException {
        server = SshServer.start(shared);
        repository = Repository.withOneCommit(shared.resolve("owner/app.git"));
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void letOurKeyIn() throws IOException {
        server.authorize(new SshServer.Entry(KEY.publicKey(), "git-shell -c \"$SSH_ORIGINAL_COMMAND\""));
        server.forgetLog();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theRightKeyReads() {
        Proof.Proven proven = proven(proof().prove(url(), KEY));

        assertThat(proven.defaultBranch()).contains("main");
        assertThat(proven.heads())
                .isEqualTo(Map.of(
                        "main", new CommitId(repository.commit()), "topic/one", new CommitId(repository.commit())));
    }

    @Test
    void anRsaKeyReadsToo() throws IOException {
        SshKeyPair rsa = SshKeyPair.rsa3072("deploy");
        server.authorize(new SshServer.Entry(rsa.publicKey(), "git-shell -c \"$SSH_ORIGINAL_COMMAND\""));

        assertThat(proven(proof().prove(url(), rsa)).defaultBranch()).contains("main");
    }

    @Test
    void anEmptyRepositoryIsProvenToo() {
        Repository empty = Repository.empty(shared.resolve("owner/empty.git"));

        assertThat(proven(proof().prove(server.url(empty.urlPath()), KEY)).heads())
                .isEmpty();
    }

    @Test
    void aForeignKeyIsRefusedAndTheSentenceNamesIt() throws IOException {
        SshKeyPair foreign = SshKeyPair.ed25519("foreign");

        SshFailure failure = failure(proof().prove(url(), foreign));

        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.KEY_REFUSED);
        assertThat(failure.sentence())
                .contains(
                        foreign.publicKey().fingerprint().toString(),
                        repository.urlPath(),
                        "Permission denied (publickey)",
                        "Repair");
        assertThat(server.offered())
                .containsExactly(foreign.publicKey().fingerprint().toString());
    }

    @Test
    void anUnknownHostGetsNoKeyOffered() throws IOException {
        SshFailure failure = failure(proof(HostKeys.pinned()).prove(url(), KEY));

        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.HOST_KEY_UNKNOWN);
        assertThat(server.offered()).isEmpty();
    }

    @Test
    void aChangedHostKeyIsRefused() throws IOException {
        OpenSshPublicKey other = SshKeyPair.ed25519("other").publicKey();
        HostKeys changed = HostKeys.pinned().confirmed(server.host(), List.of(other));

        SshFailure failure = failure(proof(changed).prove(url(), KEY));

        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.HOST_KEY_CHANGED);
        assertThat(failure.sentence()).contains("another host key than the known one", "Compare its fingerprint");
        assertThat(server.offered()).isEmpty();
    }

    @Test
    void aRevokedHostKeyIsRefusedEvenWhenItIsTrusted() throws IOException {
        HostKeys revoked = server.trust()
                .confirmed(KnownHosts.parse(
                        "@revoked " + server.host() + " " + server.hostKey().line()));

        SshFailure failure = failure(proof(revoked).prove(url(), KEY));

        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.HOST_KEY_REVOKED);
        assertThat(server.offered()).isEmpty();
    }

    @Test
    void aRepositoryThatIsNotThereIsNotFound() {
        SshFailure failure = failure(proof().prove(server.url("srv/absent/app.git"), KEY));

        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.REPOSITORY_NOT_FOUND);
    }

    @Test
    void aClosedPortRefusesTheConnection() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThat(failure(proof().prove("ssh://git@127.0.0.1:" + closed + "/owner/app", KEY))
                        .kind())
                .isEqualTo(SshFailure.Kind.CONNECTION_REFUSED);
    }

    @Test
    void anUnresolvableNameIsExplained() {
        assertThat(failure(proof().prove("git@nowhere.invalid:owner/app.git", KEY))
                        .kind())
                .isEqualTo(SshFailure.Kind.HOST_NAME_UNKNOWN);
    }

    @Test
    void aSilentServerIsGivenUpAndNoProgramStays() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String url = "ssh://git@127.0.0.1:" + silent.getLocalPort() + "/owner/app";
            GitProof hasty =
                    new GitProof("git", server::trust, temporary, Duration.ofMillis(500), GitProof.LARGEST_OUTPUT);

            SshFailure failure = failure(hasty.prove(url, KEY));

            assertThat(failure.kind()).isEqualTo(SshFailure.Kind.TOOK_TOO_LONG);
            String port = Integer.toString(silent.getLocalPort());
            Awaitility.await()
                    .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                    .map(process -> process.info().commandLine().orElse("")))
                            .noneMatch(line -> line.contains("ssh") && line.contains(port)));
        }
    }

    @Test
    void moreBranchesThanTheLimitAreNotRead() {
        int size = Program.in(shared)
                .output("git", "ls-remote", "--symref", repository.path().toString(), "HEAD", "refs/heads/*")
                .length();

        assertThat(proven(limited(size).prove(url(), KEY)).heads()).hasSize(2);
        assertThat(failure(limited(size - 1).prove(url(), KEY)).kind()).isEqualTo(SshFailure.Kind.ANSWER_TOO_LARGE);
    }

    @Test
    void anInterruptedProofSaysSoAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();

        SshFailure failure = failure(proof().prove(url(), KEY));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.INTERRUPTED);
    }

    @Test
    void aMissingGitIsOurFaultNotTheKeys() {
        GitProof broken = new GitProof("no-such-git", server::trust, temporary);

        assertThatThrownBy(() -> broken.prove(url(), KEY))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(KEY.publicKey().fingerprint().toString())
                .hasMessageContaining("failed on this machine");
    }

    @Test
    void onlySshRemotesAreTried() {
        for (String url : List.of(
                "https://github.com/o/r", "/srv/app.git", "file:///srv/app.git", "--upload-pack=id", "ext::sh")) {
            assertThatThrownBy(() -> proof().prove(url, KEY)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void worksInADirectoryWithANastyName() throws IOException {
        Path nasty = Files.createDirectory(shared.resolve("a  b%2Fc%h\"d'e\\f$HOME#~"));

        GitProof proof = new GitProof("git", server::trust, nasty);

        assertThat(proven(proof.prove(url(), KEY)).defaultBranch()).contains("main");
        assertThat(nasty).isEmptyDirectory();
    }

    private GitProof proof() {
        return proof(server.trust());
    }

    private GitProof proof(HostKeys hostKeys) {
        return new GitProof("git", () -> hostKeys, temporary);
    }

    private GitProof limited(int largestOutput) {
        return new GitProof("git", server::trust, temporary, GitProof.TIME, largestOutput);
    }

    private static String url() {
        return server.url(repository.urlPath());
    }

    private static Proof.Proven proven(Proof proof) {
        return proof.match(proven -> proven, notProven -> {
            throw new AssertionError(notProven.failure());
        });
    }

    private static SshFailure failure(Proof proof) {
        return proof.match(
                proven -> {
                    throw new AssertionError(proven);
                },
                Proof.NotProven::failure);
    }
}

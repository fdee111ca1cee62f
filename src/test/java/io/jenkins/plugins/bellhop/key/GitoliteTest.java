package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server with read-only and read-write keys for each repository, like a forge: gitolite behind sshd. */
class GitoliteTest {

    private static final String RULES = String.join(
            "\n",
            "repo owner/app",
            "    R   = reader",
            "    RW+ = writer",
            "repo owner/app-lib",
            "    RW+ = other",
            "");

    private static final SshKeyPair READER = SshKeyPair.ed25519("reader");
    private static final SshKeyPair WRITER = SshKeyPair.ed25519("writer");
    private static final SshKeyPair OTHER = SshKeyPair.ed25519("other");

    @TempDir
    static Path temporary;

    private static Gitolite gitolite;
    private static SshServer server;
    private static Repository repository;

    @BeforeAll
    static void start() throws IOException {
        gitolite = Gitolite.start(temporary, RULES, Map.of("reader", READER, "writer", WRITER, "other", OTHER));
        server = gitolite.server();
        repository = Repository.filled(gitolite.repository("owner/app"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (gitolite != null) {
            gitolite.close();
        }
    }

    @Test
    void aReadOnlyKeyReads() {
        assertThat(proof(READER, "owner/app")).isInstanceOf(Proof.Proven.class);
    }

    @Test
    void aReadOnlyKeyCannotPush() throws IOException {
        BoundedCommand.Result result = push(READER);

        assertThat(result.errors()).contains("FATAL: W any owner/app reader DENIED by fallthru");
        SshFailure failure =
                SshFailure.explain(result.errors(), READER.publicKey().fingerprint(), remote("owner/app"));
        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.KEY_READ_ONLY);
        assertThat(failure.sentence()).contains(READER.publicKey().fingerprint().toString(), "may read but not write");
    }

    @Test
    void aKeyThatMayWritePushes() throws IOException {
        assertThat(push(WRITER).exitCode()).isZero();
        assertThat(proof(WRITER, "owner/app"))
                .isInstanceOfSatisfying(
                        Proof.Proven.class, proven -> assertThat(proven.heads()).containsKey("pushed-by-writer"));
    }

    @Test
    void theKeyOfAnotherRepositoryIsDeniedThoughTheServerKnowsIt() {
        assertThat(proof(OTHER, "owner/app-lib")).isInstanceOf(Proof.Proven.class);
        assertThat(proof(OTHER, "owner/app")).isInstanceOfSatisfying(Proof.NotProven.class, notProven -> {
            assertThat(notProven.failure().kind()).isEqualTo(SshFailure.Kind.ACCESS_DENIED);
            assertThat(notProven.failure().sentence()).contains("R any owner/app other DENIED by fallthru");
        });
    }

    private static Proof proof(SshKeyPair pair, String path) {
        return new GitProof("git", server::trust, temporary).prove(server.url(path), pair);
    }

    private static BoundedCommand.Result push(SshKeyPair pair) throws IOException {
        try (KeyDirectory keys = KeyDirectory.create(temporary)) {
            Path identity = keys.write("identity", pair.privateText());
            Path knownHosts = keys.write("known_hosts", server.trust().fileFor(server.host()));
            Path config = keys.write(
                    "ssh_config",
                    SshConfig.of(identity.toString(), knownHosts.toString()).text());
            String branch = "main:refs/heads/pushed-by-" + pair.publicKey().comment();
            return Program.in(repository.path())
                    .with(SshConfig.gitEnvironment(config.toString()))
                    .run("git", "push", remote("owner/app").text(), branch);
        }
    }

    private static RemoteUrl remote(String path) {
        return RemoteUrl.parse(server.url(path));
    }
}

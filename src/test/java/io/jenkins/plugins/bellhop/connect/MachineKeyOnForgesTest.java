package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.MachineKeysTest.FakeKeyStore;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** User keys over each forge's own API, tried by real git over real SSH. */
class MachineKeyOnForgesTest {

    @TempDir
    private Path directory;

    private final FakeKeyStore store = new FakeKeyStore();

    private static String credential(Stage stage, SandboxForge sandbox) {
        return switch (stage) {
            case GITHUB -> sandbox.createToken("acme", Set.of("repo", "read:user", "admin:public_key"));
            case BITBUCKET_CLOUD ->
                "acme@example.com:"
                        + sandbox.createApiToken(
                                "acme@example.com",
                                "read:user:bitbucket",
                                "read:ssh-key:bitbucket",
                                "write:ssh-key:bitbucket",
                                "delete:ssh-key:bitbucket");
            case BITBUCKET_DC -> stage.credential(sandbox);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedKeyOpensNothingAndAnotherOpensWhatItDid(Stage stage) throws Exception {
        try (SandboxForge sandbox = SandboxForge.start(directory.resolve("forge"), stage.kind())) {
            String app = sandbox.sshUrl(stage.repository(sandbox));
            HttpClient http =
                    HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
            ForgeApi api = stage.forge(sandbox, http).api(Secret.of(credential(stage, sandbox)));
            HostKeys hostKeys = HostKeys.pinned().restored(KnownHosts.parse(sandbox.knownHosts()));
            GitProof git = new GitProof("git", () -> hostKeys, Files.createDirectory(directory.resolve("keys")));
            KeyProof proof = (url, key) -> git.prove(url, key)
                    .match(
                            proven -> Optional.empty(),
                            not -> Optional.of(not.failure().sentence()));
            MachineKeys keys = new MachineKeys(
                    new Site(URI.create("https://ci.example.com/")),
                    store,
                    proof,
                    new MovableClock(Instant.parse("2026-11-21T12:00:00Z")));
            String id = keys.create("host", api.userKeys().owner(), api).id();
            SshKeyPair leaked = store.keys.get(id).key();
            assertThat(proof.failure(app, leaked)).isEmpty();

            keys.withdraw(id);
            keys.replaceRevoked(id, Map.of(FakeForge.APP, app), api);

            assertThat(proof.failure(app, leaked)).isPresent();
            assertThat(proof.failure(app, store.keys.get(id).key())).isEmpty();
            assertThat(api.userKeys().list()).hasSize(1);
            assertThat(store.keys.get(id).isUnfinished()).isFalse();
        }
    }
}

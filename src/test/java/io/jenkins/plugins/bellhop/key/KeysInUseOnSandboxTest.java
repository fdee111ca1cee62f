package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.git.OfferedKey;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/** Against the sandbox's forge, which speaks as GitHub does. */
class KeysInUseOnSandboxTest extends KeysInUse {

    @BeforeAll
    static void start() throws IOException {
        SandboxForge forge = SandboxForge.start(Files.createDirectory(shared.resolve("forge")));
        use(new Sandbox(forge));
        register(forge, "app", APP, true);
        register(forge, "app", TAGGER, false);
        register(forge, "app-lib", LIB, true);
        register(forge, "all", ALL, true);
    }

    private static void register(SandboxForge forge, String name, SshKeyPair pair, boolean readOnly) {
        SandboxRepository repository = forge.repository("owner/" + name).orElseThrow();
        SshPublicKey key = SshPublicKey.parse(pair.publicLine()).orElseThrow();
        long id = repository.settings().deployKeys().size() + 1L;
        repository
                .settings()
                .add(new DeployKey(id, key, name, "", readOnly, true, "owner", 0, Instant.EPOCH, Optional.empty()));
    }

    private static final class Sandbox implements PrivateServer {

        private final SandboxForge forge;
        private int forgotten;

        Sandbox(SandboxForge forge) {
            this.forge = forge;
            List.of("app", "app-lib", "all").forEach(name -> forge.createEmptyRepository("owner", name, true));
        }

        @Override
        public SshHost host() {
            return new SshHost(forge.sshHost(), forge.sshPort());
        }

        @Override
        public HostKeys trust() {
            return HostKeys.pinned().confirmed(KnownHosts.parse(forge.knownHosts()));
        }

        @Override
        public String url(String path) {
            return "ssh://git@" + forge.sshHost() + ":" + forge.sshPort() + "/" + path;
        }

        @Override
        public Path repository(String path) {
            return forge.repository(path)
                    .orElseThrow()
                    .git()
                    .repository()
                    .getDirectory()
                    .toPath()
                    .toAbsolutePath();
        }

        @Override
        public List<String> offered() {
            return forge.offers().stream()
                    .skip(forgotten)
                    .map(OfferedKey::fingerprint)
                    .distinct()
                    .toList();
        }

        @Override
        public void forgetOffers() {
            forgotten = forge.offers().size();
        }

        @Override
        public SshFailure.Kind ofAnothersKey() {
            return SshFailure.Kind.REPOSITORY_NOT_FOUND;
        }

        @Override
        public void close() throws IOException {
            forge.close();
        }
    }
}

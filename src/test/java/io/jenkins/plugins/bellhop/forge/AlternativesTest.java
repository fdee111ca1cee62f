package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlternativesTest {

    private static final RepositoryName NAME = new RepositoryName("acme", "app");

    @TempDir
    private Path directory;

    private SandboxForge sandbox;
    private SandboxRepository app;
    private GitHubForge forge;
    private String good;

    @BeforeEach
    void start() throws Exception {
        sandbox = SandboxForge.start(directory);
        app = sandbox.createRepository("acme", "app", true);
        forge = GitHubForge.enterprise(
                sandbox.apiUrl(),
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build(),
                Clock.systemUTC());
        good = sandbox.createToken("acme", Set.of("repo", "admin:repo_hook"));
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    private ForgeApi alternatives(String... tokens) throws ForgeFailure {
        List<ForgeApi> apis = new ArrayList<>();
        for (String token : tokens) {
            apis.add(forge.api(Secret.of(token)));
        }
        return Alternatives.of(apis);
    }

    @Test
    void aRevokedCredentialGivesWayToTheNext() throws ForgeFailure {
        String revoked = sandbox.createToken("acme", Set.of("repo"));
        sandbox.revokeToken(revoked);

        assertThat(alternatives(revoked, good).repositories().read(NAME).id().name())
                .isEqualTo(NAME);
    }

    @Test
    void oneThatMayNotDoItGivesWayToTheNext() throws ForgeFailure {
        ForgeApi api = alternatives(sandbox.createFineGrainedToken("acme", Set.of("metadata:read")), good);
        RepositoryId id = api.repositories().read(NAME).id();
        api.deployKeys().addReadOnly(id, "Bellhop", SshKeyPair.ed25519("").publicLine());

        assertThat(app.deployKeys()).hasSize(1);
    }

    @Test
    void whatOneCredentialDoesNotSeeIsNotTakenForRemoved() throws ForgeFailure {
        String stranger = sandbox.createToken("stranger", Set.of("repo", "admin:repo_hook"));
        ForgeApi api = alternatives(stranger, good);
        RepositoryId id = api.repositories().read(NAME).id();
        DeployKey key = api.deployKeys()
                .addReadOnly(id, "Bellhop", SshKeyPair.ed25519("").publicLine());
        api.deployKeys().remove(id, key.id());

        assertThat(app.deployKeys()).isEmpty();
    }

    @Test
    void whenAllAreRefusedTheFirstOnesReasonIsTold() throws ForgeFailure {
        String revoked = sandbox.createToken("acme", Set.of("repo"));
        sandbox.revokeToken(revoked);
        String stranger = sandbox.createToken("stranger", Set.of("repo"));
        ForgeApi api = alternatives(revoked, stranger);

        ForgeFailure failure = catchThrowableOfType(
                ForgeFailure.class, () -> api.repositories().read(NAME));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_AUTHENTICATED);
    }

    @Test
    void credentialsThatTheForgeDoesNotKnowAreTriedUpToTheirLimit() throws ForgeFailure {
        String[] tokens = new String[Alternatives.MOST_UNKNOWN + 1];
        for (int i = 0; i < Alternatives.MOST_UNKNOWN; i++) {
            tokens[i] = sandbox.createToken("acme", Set.of("repo"));
            sandbox.revokeToken(tokens[i]);
        }
        tokens[Alternatives.MOST_UNKNOWN] = good;
        ForgeApi api = alternatives(tokens);

        assertThat(catchThrowableOfType(
                                ForgeFailure.class, () -> api.repositories().read(NAME))
                        .kind())
                .isEqualTo(Kind.NOT_AUTHENTICATED);
        tokens[0] = good;
        assertThat(alternatives(tokens).repositories().read(NAME).id().name()).isEqualTo(NAME);
    }

    @Test
    void manyThatMayOnlyReadDoNotKeepTheOneThatMayWriteFromBeingTried() throws ForgeFailure {
        String[] tokens = new String[Alternatives.MOST_UNKNOWN + 2];
        for (int i = 0; i < tokens.length - 1; i++) {
            tokens[i] = sandbox.createFineGrainedToken("acme", Set.of("metadata:read"));
        }
        tokens[tokens.length - 1] = good;
        ForgeApi api = alternatives(tokens);
        RepositoryId id = api.repositories().read(NAME).id();
        api.deployKeys().addReadOnly(id, "Bellhop", SshKeyPair.ed25519("").publicLine());

        assertThat(app.deployKeys()).hasSize(1);
    }

    @Test
    void aForgeThatIsDownIsNotAskedAgainWithAnotherCredential() throws ForgeFailure {
        ForgeApi api = alternatives(good, good);
        sandbox.failNext("GET", ".*", 500, "{}");
        sandbox.forgetRequests();

        ForgeFailure failure = catchThrowableOfType(
                ForgeFailure.class, () -> api.repositories().read(NAME));
        assertThat(failure.kind()).isEqualTo(Kind.FORGE_ERROR);
        assertThat(sandbox.requests()).hasSize(1);
    }
}

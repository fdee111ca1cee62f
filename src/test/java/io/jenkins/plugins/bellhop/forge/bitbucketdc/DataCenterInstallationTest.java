package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.sandbox.ForgeKind;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of other ages and settings than the one that the contract test meets. */
class DataCenterInstallationTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private static final RepositoryName APP = new RepositoryName("ACME", "app");

    @TempDir
    private Path directory;

    private SandboxForge sandbox;
    private SandboxRepository app;
    private DataCenterForge forge;
    private ForgeApi api;
    private RepositoryId id;

    @BeforeEach
    void start() throws Exception {
        sandbox = SandboxForge.start(directory, ForgeKind.BITBUCKET_DC);
        sandbox.createOrganization("ACME");
        sandbox.addMember("ACME", "admin", Role.ADMIN);
        app = sandbox.createRepository("ACME", "app", true);
        forge = DataCenterForge.at(sandbox.webUrl(), HTTP, Clock.systemUTC());
        api = forge.api(Secret.of(sandbox.createHttpAccessToken("admin", "REPO_ADMIN")));
        id = api.repositories().read(APP).id();
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void anOldServerGetsAHookForTheEventsThatItKnows() throws ForgeFailure {
        sandbox.dataCenter().installation().old(true);

        assertThat(api.hooks()
                        .register(id, URI.create("https://ci.example.com/x"), Secret.of("s"))
                        .events())
                .contains("repo:refs_changed", "pr:opened")
                .doesNotContain("pr:from_ref_updated", "mirror:repo_synchronized");
        assertThat(app.hooks()).hasSize(1);
    }

    @Test
    void anOldServerShowsAStatusToo() throws ForgeFailure {
        sandbox.dataCenter().installation().old(true);
        CommitStatus status = new CommitStatus(
                CommitStatus.State.ERROR,
                "jenkins/app",
                "Aborted.",
                Optional.of(URI.create("https://ci.example.com/")));
        api.statuses().post(id, new CommitId(app.head("main")), status);

        assertThat(app.statuses(app.head("main")))
                .singleElement()
                .matches(shown -> shown.state().equals("FAILED"));
    }

    @Test
    void withoutSshThereIsNothingToConnectTo() {
        sandbox.dataCenter().installation().ssh(false);

        ForgeFailure failure = catchThrowableOfType(
                ForgeFailure.class, () -> api.repositories().read(APP));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("switch SSH on");
    }

    @Test
    void aServerThatLetsNoTokenChangeAccountsSaysSo() {
        sandbox.dataCenter().installation().userKeysByToken(false);

        ForgeFailure failure =
                catchThrowableOfType(ForgeFailure.class, () -> api.userKeys().remove("7"));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED);
        assertThat(failure).hasMessageContaining("a personal HTTP access token that may change its owner's account");
    }

    @Test
    void aTokenOfTheRepositoryDoesAllThatConnectingTakes() throws ForgeFailure {
        ForgeApi own = forge.api(Secret.of(sandbox.createHttpAccessToken(app, "REPO_ADMIN")));

        assertThat(own.repositories().read(APP).id()).isEqualTo(id);
        assertThat(own.deployKeys().list(id)).isEmpty();
        assertThat(own.hooks().list(id)).isEmpty();
        ForgeFailure failure =
                catchThrowableOfType(ForgeFailure.class, () -> own.userKeys().list());
        assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED);
    }

    @Test
    void aRepositoryThatMovedToAnotherProjectIsFoundByItsOldName() throws ForgeFailure {
        sandbox.createOrganization("GLOBEX");
        sandbox.addMember("GLOBEX", "admin", Role.ADMIN);
        app.transfer("GLOBEX");

        assertThat(api.repositories().current(id).id().name()).isEqualTo(new RepositoryName("GLOBEX", "app"));
        assertThat(api.hooks().list(id)).isEmpty();
    }

    @Test
    void aRepositoryWithoutACommitHasNoDefaultBranch() throws ForgeFailure {
        sandbox.createEmptyRepository("ACME", "empty", true);

        assertThat(api.repositories().read(new RepositoryName("ACME", "empty")).defaultBranch())
                .isEmpty();
    }
}

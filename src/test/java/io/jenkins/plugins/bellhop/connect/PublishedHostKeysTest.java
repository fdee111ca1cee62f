package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.PublicPage;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.support.TlsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over real TLS on loopback. */
class PublishedHostKeysTest {

    /** Withdrawn by GitHub on 2023-03-24. */
    private static final String WITHDRAWN = "ssh-rsa "
            + "AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGmdnm9tUDbO9IDSwBK6TbQa+PXYPCPy6rbTrTtw7PHkccKrpp0yVhp"
            + "5HdEIcKr6pLlVDBfOLX9QUsyCOV0wzfjIJNlGEYsdlLJizHhbn2mUjvSAHQqZETYP81eFzLQNnPHt4EVVUh7VfDE"
            + "SU84KezmD5QlWpXLmvU31/yMf+Se8xhHTvKSCZIFImWwoG6mbUoWf9nzpIoaSjB+weqqUUmpaaasXVal72J+UX2B"
            + "+2RPW3RcT0eOzQgqlJL3RKrTJvdsjE3JEAvGq3lGHSZXy28G3skua2SmVi/w4yCE6gbODqnTWlg7+wC604ydGXA8"
            + "VJiS5ap43JXiUFFAaQ==";

    @TempDir
    private Path directory;

    private TlsServer server;
    private PublishedHostKeys published;

    @BeforeEach
    void start() throws Exception {
        server = new TlsServer(directory, "localhost");
        published = with(server.trustingClient());
    }

    private PublishedHostKeys with(HttpClient client) {
        return new PublishedHostKeys(new PublicPage(client), forge -> server.uri("/" + forge));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void publish(PinnedForge forge, List<String> keys) {
        String text = forge == PinnedForge.GITHUB_COM
                ? keys.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(",", "{\"ssh_keys\":[", "]}"))
                : keys.stream().map(key -> "bitbucket.org " + key + "\n").collect(Collectors.joining());
        server.put("/" + forge, 200, text);
    }

    private static List<String> pinned(PinnedForge forge) {
        return forge.currentKeys().stream().map(OpenSshPublicKey::typeAndData).toList();
    }

    private HostKeyChange compared(PinnedForge forge) throws ForgeFailure {
        return published.compared(forge, HostKeys.pinned());
    }

    private ForgeFailure refused(PinnedForge forge) {
        return catchThrowableOfType(ForgeFailure.class, () -> compared(forge));
    }

    @ParameterizedTest
    @EnumSource
    void theSameKeysAreNoChange(PinnedForge forge) throws ForgeFailure {
        publish(forge, pinned(forge));

        assertThat(compared(forge).isNone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhichKeysAreNewAndWhichAreGone(PinnedForge forge) throws ForgeFailure {
        SshKeyPair next = SshKeyPair.ed25519("");
        List<String> pinned = pinned(forge);
        publish(forge, List.of(pinned.get(1), next.publicLine(), pinned.get(2)));
        HostKeyChange change = compared(forge);

        assertThat(change.added()).containsExactly(next.publicKey());
        assertThat(change.gone()).containsExactly(forge.currentKeys().get(0));
        assertThat(change.isNone()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aListWithAWithdrawnKeyIsNotBelieved(PinnedForge forge) {
        publish(
                forge,
                Stream.concat(pinned(forge).stream(), Stream.of(WITHDRAWN)).toList());

        assertThat(refused(forge)).hasMessageContaining("withdrawn");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyOrEndlessListIsNotBelieved(PinnedForge forge) {
        publish(forge, List.of());
        assertThat(refused(forge)).hasMessageContaining("found 0");

        publish(
                forge,
                Stream.generate(() -> SshKeyPair.ed25519("").publicLine())
                        .limit(HostKeys.MOST_PINS + 1L)
                        .toList());
        assertThat(refused(forge)).hasMessageContaining("found " + (HostKeys.MOST_PINS + 1));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoListIsNotBelieved(PinnedForge forge) {
        server.put("/" + forge, 200, "<html>Sign in to the network</html>");
        assertThat(refused(forge).kind()).isEqualTo(Kind.UNREADABLE_ANSWER);

        server.put("/" + forge, 500, "");
        assertThat(refused(forge)).hasMessageContaining("found 500");
    }

    @Test
    void keysOfAnotherHostInBitbucketsListAreNotBitbuckets() {
        server.put(
                "/BITBUCKET_ORG",
                200,
                "elsewhere.example " + SshKeyPair.ed25519("").publicLine() + "\n");

        assertThat(refused(PinnedForge.BITBUCKET_ORG)).hasMessageContaining("found 0");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        publish(PinnedForge.GITHUB_COM, pinned(PinnedForge.GITHUB_COM));
        PublishedHostKeys strict =
                with(HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build());
        ForgeFailure failure = catchThrowableOfType(
                ForgeFailure.class, () -> strict.compared(PinnedForge.GITHUB_COM, HostKeys.pinned()));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("certif");
    }

    @Test
    void aCertificateOfAnotherNameIsRefused(@TempDir Path other) throws Exception {
        try (TlsServer impostor = new TlsServer(other, "elsewhere.example")) {
            impostor.put("/meta", 200, "{}");
            PublishedHostKeys strict =
                    new PublishedHostKeys(new PublicPage(impostor.trustingClient()), forge -> impostor.uri("/meta"));
            ForgeFailure failure = catchThrowableOfType(
                    ForgeFailure.class, () -> strict.compared(PinnedForge.GITHUB_COM, HostKeys.pinned()));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        server.put("/GITHUB_COM", 302, server.uri("/elsewhere").toString());
        publish(PinnedForge.BITBUCKET_ORG, pinned(PinnedForge.BITBUCKET_ORG));

        assertThat(refused(PinnedForge.GITHUB_COM)).hasMessageContaining("found 302");
    }

    @Test
    void pagesAreReadOverHttpsAlone() throws Exception {
        PublicPage page = new PublicPage(server.trustingClient());

        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> page.read(URI.create("http://localhost/meta"))))
                .hasMessageContaining("https://");
    }

    @Test
    void whatIsTakenOverIsWhatIsPinned() throws ForgeFailure {
        SshKeyPair next = SshKeyPair.ed25519("");
        publish(PinnedForge.GITHUB_COM, List.of(next.publicLine()));
        HostKeyChange change = compared(PinnedForge.GITHUB_COM);
        HostKeys refreshed = HostKeys.pinned().refreshed(change.forge(), change.published());

        assertThat(refreshed.pinsOf(PinnedForge.GITHUB_COM)).containsExactly(next.publicKey());
        assertThat(refreshed.pinsOf(PinnedForge.BITBUCKET_ORG)).isEqualTo(PinnedForge.BITBUCKET_ORG.currentKeys());
    }
}

package io.jenkins.plugins.bellhop.jenkins.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.PublishedHostKeys;
import io.jenkins.plugins.bellhop.forge.PublicPage;
import io.jenkins.plugins.bellhop.jenkins.connection.DailyRound;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyWatchTest {

    private static final OpenSshPublicKey NEXT = SshKeyPair.ed25519("").publicKey();

    @TempDir
    Path home;

    private final List<String> asked = new ArrayList<>();
    private HostKeys trusted = HostKeys.pinned();

    /** Every request goes to a port where nobody listens. */
    private final HttpClient http = HttpClient.newBuilder()
            .proxy(new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    asked.add(uri.getHost());
                    return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 1)));
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                    // As expected.
                }
            })
            .build();

    private HostKeyWatch watch(String... hosts) throws IOException {
        return new HostKeyWatch(
                new PublishedHostKeys(new PublicPage(http)),
                () -> trusted,
                change -> {},
                () -> Set.of(hosts),
                home.resolve("published"),
                new DailyRound(home.resolve("round"), Clock.systemUTC()));
    }

    @Test
    void onlyHostsOfConnectionsAreAskedUnlessSomebodyWantsIt() throws IOException {
        try (Quiet log = Quiet.logger(HostKeyWatch.class);
                HostKeyWatch nobodys = watch();
                HostKeyWatch others = watch("git.example.com");
                HostKeyWatch cloud = watch("github.com", "git.example.com")) {
            nobodys.lookAtThoseInUse();
            others.lookAtThoseInUse();
            assertThat(asked).isEmpty();

            cloud.lookAtThoseInUse();
            assertThat(asked).isNotEmpty().containsOnly("api.github.com");
            nobodys.look();
            assertThat(asked).contains("bitbucket.org");
            assertThat(log.messages()).hasSize(3);
        }
    }

    @Test
    void whatWaitsForADecisionStillDoesAfterARestart() throws IOException {
        new PublishedFiles(home.resolve("published")).keep(PinnedForge.GITHUB_COM, List.of(NEXT));
        try (HostKeyWatch watch = watch()) {
            assertThat(watch.waiting()).isEmpty();
            watch.start();
            assertThat(watch.waiting())
                    .containsExactly(new HostKeyChange(
                            PinnedForge.GITHUB_COM, PinnedForge.GITHUB_COM.currentKeys(), List.of(NEXT)));
        }
        trusted = trusted.refreshed(PinnedForge.GITHUB_COM, List.of(NEXT));
        try (HostKeyWatch watch = watch()) {
            watch.start();
            assertThat(watch.waiting()).isEmpty();
        }
    }
}

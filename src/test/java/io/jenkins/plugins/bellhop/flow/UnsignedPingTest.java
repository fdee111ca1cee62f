package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudForge;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data Center's button "Test connection" signs nothing. It is answered, and does nothing else. */
class UnsignedPingTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final SignatureScheme BITBUCKET =
            new SignatureScheme("X-Hub-Signature", "X-Request-Id", "X-Event-Key");
    private static final Signed PING = Signed.push("{\"test\": true}").withEvent("diagnostics:ping");

    @TempDir
    private Path directory;

    private final Fakes dc = new Fakes(
            DataCenterForge.at(URI.create("https://bitbucket.example.com"), HTTP, Clock.systemUTC()), Fakes.APP);
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(directory);
    }

    @Test
    void isAnsweredWithoutAnyOtherEffect() {
        assertThat(receive(dc, Map.of("X-Event-Key", List.of("diagnostics:ping"))))
                .isEqualTo(new Receipt(200, "Reached. An unsigned test has no other effect."));
        assertThat(spool.waiting()).isEmpty();
        assertThat(opened).hasValue(0);
        assertThat(stored).hasValue(0);
        assertThat(dc.log).isEmpty();
    }

    @Test
    void aSignedOneIsADeliveryLikeAnyOther() {
        assertThat(receive(dc, PING.headers(BITBUCKET)).httpStatus()).isEqualTo(202);
        assertThat(spool.waiting()).hasSize(1);

        Map<String, List<String>> forged = PING.headers(BITBUCKET);
        forged.put("X-Hub-Signature", List.of("sha256=" + "0".repeat(64)));
        assertThat(receive(dc, forged).httpStatus()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repo:refs_changed", "pr:opened", "ping", "Diagnostics:Ping"})
    void nothingElseGetsThroughUnsigned(String event) {
        Map<String, List<String>> headers = PING.withEvent(event).headers(BITBUCKET);
        headers.remove("X-Hub-Signature");

        assertThat(receive(dc, headers).httpStatus()).isEqualTo(401);
        assertThat(spool.waiting()).isEmpty();
    }

    @Test
    void otherForgesHaveNoneThatIsUnsigned() {
        Map<String, List<String>> github = PING.withEvent("ping").headers();
        github.remove("X-Hub-Signature-256");
        github.put("X-Event-Key", List.of("diagnostics:ping"));
        assertThat(receive(new Fakes(), github).httpStatus()).isEqualTo(401);

        Map<String, List<String>> cloud = PING.headers(BITBUCKET);
        cloud.remove("X-Hub-Signature");
        cloud.put("X-Request-UUID", List.of("id"));
        assertThat(receive(new Fakes(CloudForge.cloud(HTTP, Clock.systemUTC()), Fakes.APP), cloud)
                        .httpStatus())
                .isEqualTo(401);
        assertThat(spool.waiting()).isEmpty();
    }

    private Receipt receive(Fakes fakes, Map<String, List<String>> headers) {
        Receiver receiver = new Receiver(fakes.sources(), spool, fakes.log::add, stored::incrementAndGet);
        return receiver.receive(new Request("hook", headers, OptionalLong.empty(), () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(PING.body());
        }));
    }
}

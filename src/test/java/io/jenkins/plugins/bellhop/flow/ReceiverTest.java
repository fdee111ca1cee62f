package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.delivery.Body;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.TestDisk;
import io.jenkins.plugins.bellhop.flow.Request.BodySource;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {

    private static final Signed PUSH = Payloads.push("main").withId("id-1");

    @TempDir
    private Path directory;

    private final Fakes fakes = new Fakes();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final TestDisk disk = new TestDisk();
    private Spool spool;
    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        openSpool(Spool.MOST_WAITING);
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    private void openSpool(int mostWaiting) throws IOException {
        spool = disk.spool(directory.resolve("spool"), mostWaiting);
        receiver = new Receiver(fakes.sources(), spool, fakes.log::add, stored::incrementAndGet);
    }

    @Test
    void acceptsADeliveryAndStoresItBeforeItAnswers() throws IOException {
        Receipt receipt = receive(PUSH, Map.of());

        assertThat(receipt).isEqualTo(new Receipt(202, "Accepted."));
        assertThat(receipt.isAccepted()).isTrue();
        assertThat(spool.waiting()).hasSize(1);
        assertThat(spool.read(spool.waiting().get(0)).body()).isEqualTo(PUSH.body());
        assertThat(stored).hasValue(1);
        assertThat(opened).hasValue(1);
        assertThat(fakes.log).isEmpty();
    }

    @Test
    void acceptsARepeatedDeliveryWithoutHandlingItTwice() {
        receive(PUSH, Map.of());

        assertThat(receive(PUSH, Map.of())).isEqualTo(new Receipt(202, "Accepted; this delivery was here before."));
        assertThat(spool.waiting()).hasSize(1);
        assertThat(stored).hasValue(1);
    }

    @Test
    void acceptsEachLiveSecret() {
        fakes.secrets = List.of(Secret.of("the next one"), Signed.SECRET);

        assertThat(receive(PUSH, Map.of()).httpStatus()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                " application/json ;x",
                "application/x-www-form-urlencoded"
            })
    void acceptsTheContentTypesOfItsForge(String type) {
        assertThat(receive(PUSH, Map.of("Content-Type", List.of(type))).httpStatus())
                .isEqualTo(202);
    }

    @Test
    void acceptsABodyThatAProxyGzippedAfterItWasSigned() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(PUSH.body());
        }
        Receipt receipt = receive(
                PUSH,
                Map.of("Content-Encoding", List.of("gzip")),
                () -> new ByteArrayInputStream(packed.toByteArray()));

        assertThat(receipt.httpStatus()).isEqualTo(202);
        assertThat(spool.read(spool.waiting().get(0)).body()).isEqualTo(PUSH.body());
    }

    @Test
    void anUnknownHookIsToldNothingAndItsBodyNotOpened() {
        Receipt receipt = receive(PUSH.withHook("guessed"), Map.of());

        assertThat(receipt).isEqualTo(new Receipt(404, "Refused: no hook has this address."));
        assertThat(opened).hasValue(0);
        assertThat(fakes.log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/jsonp", "application/json2; application/json", "json"})
    void refusesAnotherContentTypeWithoutOpeningTheBody(String type) {
        assertRefused(
                receive(PUSH, Map.of("Content-Type", List.of(type))),
                415,
                "Refused: expected content type ",
                "found another or none.");
        assertThat(opened).hasValue(0);
    }

    @Test
    void refusesARequestWithoutAContentType() {
        assertRefused(receive(PUSH, Map.of("Content-Type", List.of())), 415, "Refused: expected content type ", ".");
    }

    @Test
    void refusesHeadersThatAreTooLargeWithoutOpeningTheBody() {
        assertRefused(
                receive(PUSH, Map.of("X-Padding", List.of("x".repeat(Headers.LARGEST)))),
                413,
                "Refused: expected the headers of at most 65536 bytes",
                "or more.");
        assertThat(opened).hasValue(0);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        byte[] large = new byte[Body.LARGEST + 1];

        assertRefused(
                receive(PUSH, Map.of(), () -> new ByteArrayInputStream(large)),
                413,
                "Refused: expected a body of at most 26214400 bytes",
                "or more.");
    }

    @Test
    void refusesABodyThatClaimsToBeTooLarge() {
        Receipt receipt = receiver.receive(new Request(
                "hook",
                PUSH.headers(),
                OptionalLong.of(Body.LARGEST + 1L),
                () -> new ByteArrayInputStream(PUSH.body())));

        assertRefused(receipt, 413, "Refused: expected a body of at most 26214400 bytes", "or more.");
    }

    @Test
    void refusesAnEncodingThatNoForgeUses() {
        assertRefused(
                receive(PUSH, Map.of("Content-Encoding", List.of("br"))),
                415,
                "Refused: expected a body as it is or gzipped, found another Content-Encoding.",
                "");
    }

    @Test
    void refusesABodyThatBreaksOff() {
        String sentence = "Refused: the body could not be read to its end.";

        assertRefused(
                receive(PUSH, Map.of(), () -> {
                    throw new IOException("secret detail of the server");
                }),
                400,
                sentence,
                "");
        assertRefused(
                receive(PUSH, Map.of(), () -> new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }
                }),
                400,
                sentence,
                "");
    }

    @Test
    void refusesWhatIsNotSignedOrNotWithItsSecret() {
        assertRefused(
                receive(PUSH, Map.of("X-Hub-Signature-256", List.of())),
                401,
                "Refused: expected header X-Hub-Signature-256",
                "found none.");
        assertRefused(
                receive(PUSH, Map.of("X-Hub-Signature-256", List.of(Signed.signature(Secret.of("x"), PUSH.body())))),
                401,
                "Refused: the signature in X-Hub-Signature-256 was not made with this hook's secret",
                ".");
        assertThat(spool.waiting()).isEmpty();
    }

    @Test
    void refusesWhatHasNoSecretToCheckItWith() {
        fakes.secrets = List.of();

        assertRefused(receive(PUSH, Map.of()), 401, "Refused: the signature", ".");
    }

    @Test
    void refusesADeliveryWithoutIdOrEvent() {
        assertRefused(
                receive(PUSH, Map.of("X-GitHub-Delivery", List.of())),
                400,
                "Refused: expected header X-GitHub-Delivery",
                ".");
        assertRefused(
                receive(PUSH, Map.of("X-GitHub-Event", List.of())),
                400,
                "Refused: expected header X-GitHub-Event",
                ".");
    }

    @Test
    void asksToSendItAgainLaterWhenTheSpoolIsFull() throws IOException {
        spool.close();
        openSpool(1);
        receive(PUSH.withId("id-2"), Map.of());
        stored.set(0);

        assertRefused(
                receive(PUSH, Map.of()),
                503,
                "Refused: too many deliveries wait to be handled; send it again later.",
                "");
        assertThat(stored).hasValue(0);
    }

    @Test
    void asksToSendItAgainLaterWhenItCannotBeStored() throws IOException {
        disk.room = 100;

        assertRefused(
                receive(PUSH, Map.of()), 503, "Refused: the delivery could not be stored; send it again later.", "");
        assertThat(stored).hasValue(0);
        disk.room = Long.MAX_VALUE;
        assertThat(receive(PUSH, Map.of()).httpStatus()).isEqualTo(202);
    }

    /** @param changed headers other than the delivery's own; without values one is left out */
    private Receipt receive(Signed delivery, Map<String, List<String>> changed) {
        return receive(delivery, changed, () -> new ByteArrayInputStream(delivery.body()));
    }

    private Receipt receive(Signed delivery, Map<String, List<String>> changed, BodySource body) {
        Map<String, List<String>> headers = delivery.headers();
        headers.putAll(changed);
        return receiver.receive(new Request(delivery.hook(), headers, OptionalLong.empty(), () -> {
            opened.incrementAndGet();
            return body.open();
        }));
    }

    /** Also: it names nothing of ours, and the log has it. */
    private void assertRefused(Receipt receipt, int status, String start, String end) {
        assertThat(receipt.httpStatus()).isEqualTo(status);
        assertThat(receipt.isAccepted()).isFalse();
        assertThat(receipt.sentence())
                .startsWith(start)
                .endsWith(end)
                .doesNotContain("acme", "connection-1", "secret detail", Signed.SECRET.reveal());
        assertThat(fakes.log)
                .last()
                .isEqualTo(new Entry(
                        "connection-1",
                        Optional.empty(),
                        Optional.empty(),
                        "request",
                        Entry.Outcome.REFUSED,
                        receipt.sentence()));
    }
}

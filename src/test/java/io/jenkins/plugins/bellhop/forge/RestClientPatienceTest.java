package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.support.LocalServer;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import io.jenkins.plugins.bellhop.support.LocalServer.Sender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that don't answer, not in time, or not to the end. */
@Timeout(30)
class RestClientPatienceTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    @Test
    void hasTheTimesThatTheDocumentationNames() {
        assertThat(RestClient.CONNECT_TIMEOUT).isEqualTo(Duration.ofSeconds(10));
        assertThat(RestClient.REQUEST_TIMEOUT).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void givesUpWhenNoHeaderComes() {
        assertUnreachable((exchange, status) -> forEver());
    }

    @Test
    void givesUpWhenTheBodyStops() {
        assertUnreachable((exchange, status) -> {
            exchange.sendResponseHeaders(status, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            forEver();
        });
    }

    @Test
    void givesUpWhenTheBodyDripsForEver() {
        assertUnreachable((exchange, status) -> {
            exchange.sendResponseHeaders(status, 0);
            OutputStream body = exchange.getResponseBody();
            while (true) {
                body.write(' ');
                body.flush();
            }
        });
    }

    @Test
    void listensNoLongerToAnAnswerThatIsTooLarge() throws InterruptedException {
        CountDownLatch cutOff = new CountDownLatch(1);
        ForgeFailure failure = failureOf(
                (exchange, status) -> {
                    exchange.sendResponseHeaders(status, 0);
                    byte[] much = new byte[64 * 1024];
                    try {
                        while (true) {
                            exchange.getResponseBody().write(much);
                        }
                    } catch (IOException e) {
                        cutOff.countDown();
                    }
                },
                RestClient.REQUEST_TIMEOUT,
                cutOff);

        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_ANSWER);
        assertThat(cutOff.getCount()).isZero();
    }

    @Test
    void aConnectionThatBreaksInTheBodyIsAFailure() {
        ForgeFailure failure = failureOf((exchange, status) -> {
            exchange.sendResponseHeaders(status, 100);
            exchange.getResponseBody().write('{');
            throw new IOException("broken on purpose");
        });

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aServerThatIsNotThereMayBeThereLater() {
        ForgeFailure failure = failureAt(LocalServer.nobody(), RestClient.REQUEST_TIMEOUT);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure.getMessage()).matches("Could not reach 127.0.0.1 for GET /repos/acme/app: [A-Za-z].*\\.");
    }

    @Test
    void aWaitingThreadThatIsInterruptedStopsAndStaysInterrupted() {
        Thread caller = Thread.currentThread();
        Sender interrupting = (exchange, status) -> {
            caller.interrupt();
            forEver();
        };
        try (LocalServer server = LocalServer.answering(asked -> Reply.of(200, interrupting))) {
            ForgeFailure failure = failureAt(server.uri(), RestClient.REQUEST_TIMEOUT);

            // Asked before anything else may notice it, and taken back for the tests to come.
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.getMessage()).endsWith(": the waiting thread was interrupted.");
        }
    }

    private static void assertUnreachable(Sender sender) {
        ForgeFailure failure = failureOf(sender);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure.getMessage())
                .startsWith("Could not reach 127.0.0.1 for GET /repos/acme/app: no whole answer within ");
    }

    private static ForgeFailure failureOf(Sender sender) {
        return failureOf(sender, SHORT);
    }

    /** @param before what the server waits for before it is closed */
    private static ForgeFailure failureOf(Sender sender, Duration timeout, CountDownLatch before)
            throws InterruptedException {
        try (LocalServer server = LocalServer.answering(asked -> Reply.of(200, sender))) {
            ForgeFailure failure = failureAt(server.uri(), timeout);
            assertThat(before.await(10, TimeUnit.SECONDS)).isTrue();
            return failure;
        }
    }

    private static ForgeFailure failureOf(Sender sender, Duration timeout) {
        try (LocalServer server = LocalServer.answering(asked -> Reply.of(200, sender))) {
            return failureAt(server.uri(), timeout);
        }
    }

    private static ForgeFailure failureAt(URI base, Duration timeout) {
        RestClient client = new RestClient(HTTP, base, Secret.of("Bearer hunter2"), Map.of(), timeout);
        ForgeFailure failure = catchThrowableOfType(ForgeFailure.class, () -> client.get("/repos/acme/app?x=1"));
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("hunter2");
        return failure;
    }

    /** Until the server is closed. */
    private static void forEver() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException closed) {
            throw new IOException(closed);
        }
    }
}

package io.jenkins.plugins.bellhop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.support.Seed;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The receiver's process is killed while deliveries come in. Whatever was acknowledged is built once, whatever was
 * not is sent again by its sender until it is.
 */
class CrashIT {

    private static final int DELIVERIES = 2_000;
    private static final int SENDERS = 8;
    private static final int KILLS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final Random random = Seed.fresh("CrashIT").random();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private int port;
    private Process receiver;

    @Test
    void everyAcknowledgedDeliveryIsBuiltOnceHoweverOftenTheReceiverIsKilled() throws Exception {
        port = freePort();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        receiver = started();
        try {
            List<Future<?>> sending = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                sending.add(senders.submit(this::sendUntilAllAreAcknowledged));
            }
            int kills = 0;
            while (kills < KILLS) {
                // Somewhere between the next twentieth of the deliveries and the one after it.
                awaitAcknowledged((kills + 1) * DELIVERIES / (KILLS + 2) - random.nextInt(DELIVERIES / (KILLS + 2)));
                TimeUnit.MICROSECONDS.sleep(random.nextInt(2_000));
                kill();
                kills++;
                receiver = started();
            }
            for (Future<?> sender : sending) {
                sender.get();
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(builds()).hasSizeGreaterThanOrEqualTo(DELIVERIES));
            System.out.printf(
                    "Crash test: %d deliveries from %d senders, %d kills, %d attempts, %d acknowledged, %d builds%n",
                    DELIVERIES, SENDERS, kills, attempts.get(), acknowledged.get(), builds().size());
        } finally {
            senders.shutdownNow();
            kill();
        }
        receiver = started();
        try {
            assertThat(builds()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected());
        } finally {
            kill();
        }
        assertThat(builds()).hasSize(DELIVERIES);
    }

    private List<String> builds() throws IOException {
        return BuildBook.lines(directory.resolve("builds"));
    }

    private static List<String> expected() {
        return IntStream.range(0, DELIVERIES)
                .mapToObj(number -> "refs/heads/branch-" + number + " " + commit(number))
                .toList();
    }

    private void awaitAcknowledged(int many) {
        Awaitility.await().atMost(PATIENCE).until(() -> acknowledged.get() >= many);
    }

    private void sendUntilAllAreAcknowledged() {
        for (int number = next.getAndIncrement(); number < DELIVERIES; number = next.getAndIncrement()) {
            HttpRequest request = request(number);
            while (!isAcknowledged(request)) {
                Thread.onSpinWait();
            }
            acknowledged.incrementAndGet();
        }
    }

    private boolean isAcknowledged(HttpRequest request) {
        attempts.incrementAndGet();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 202;
        } catch (IOException e) {
            pause();
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(int number) {
        String body = ("{\"ref\":\"refs/heads/branch-%d\",\"before\":\"%s\",\"after\":\"%s\","
                        + "\"head_commit\":{\"message\":\"Change\"},\"repository\":{\"id\":%d,\"full_name\":\"acme/app\"}}")
                .formatted(number, commit(0), commit(number), ReceiverProcess.REPOSITORY);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", "delivery-" + number)
                .header(
                        "X-Hub-Signature-256",
                        Signed.signature(ReceiverProcess.SECRET, body.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String commit(int number) {
        return String.format("%040x", number + 1);
    }

    private Process started() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReceiverProcess.class.getName(),
                        Integer.toString(port),
                        directory.toString())
                .inheritIO()
                .start();
    }

    /** SIGKILL: no shutdown hook, no flush. */
    private void kill() throws InterruptedException {
        receiver.destroyForcibly().waitFor();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package io.jenkins.plugins.bellhop.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The mock server Prism with one description. It stands between a client, which repeats what Bellhop sent, and a server that
 * gives the answer which the sandbox gave; what it finds wrong with either, it says in a header.
 */
final class Prism implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOOPBACK = "127.0.0.1";
    /** A few seconds on an idle machine. */
    private static final Duration STARTUP = Duration.ofMinutes(4);

    private static final Duration ANSWER = Duration.ofMinutes(1);

    /** What a list of violations starts with that is longer than Prism lets a header be. */
    private static final String CUT = "Too many violations! ";

    /** Java sets these itself. */
    private static final Set<String> NOT_COPIED =
            Set.of("connection", "content-length", "host", "http2-settings", "upgrade");

    private final HttpServer upstream;
    private final Process process;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Answer answer = Answer.empty(204);

    /** @param log everything that Prism prints */
    Prism(Path modules, Path description, Path log) throws IOException, InterruptedException {
        upstream = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        upstream.createContext("/", this::repeat);
        upstream.start();
        int port = freePort();
        url = URI.create("http://" + LOOPBACK + ":" + port);
        process = new ProcessBuilder(
                        "node",
                        modules.resolve("@stoplight/prism-cli/dist/index.js").toString(),
                        "proxy",
                        "--host",
                        LOOPBACK,
                        "--port",
                        Integer.toString(port),
                        description.toString(),
                        "http://" + LOOPBACK + ":" + upstream.getAddress().getPort())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitStart(log);
    }

    /** What Prism finds wrong with a request and with its answer. */
    List<Complaint> judge(Exchange exchange) throws IOException, InterruptedException {
        answer = exchange.answer();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + exchange.target())).timeout(ANSWER);
        exchange.request().headers().forEach((name, values) -> {
            if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        byte[] body = exchange.request().body();
        HttpResponse<byte[]> response = http.send(
                request.method(
                                exchange.method(),
                                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        List<Complaint> complaints = new ArrayList<>();
        for (String header : response.headers().allValues("sl-violations")) {
            complaints.addAll(read(header));
        }
        if (response.statusCode() != exchange.answer().status()) {
            complaints.add(new Complaint(
                    true,
                    "Prism itself answered " + response.statusCode() + " "
                            + new String(response.body(), StandardCharsets.UTF_8)));
        }
        return complaints;
    }

    private static List<Complaint> read(String header) throws IOException {
        List<Complaint> complaints = new ArrayList<>();
        String list = header;
        if (header.startsWith(CUT)) {
            complaints.add(new Complaint(false, CUT));
            list = header.substring(CUT.length(), header.lastIndexOf("},{") + 1) + "]";
        }
        for (JsonNode violation : JSON.readTree(list)) {
            complaints.add(new Complaint(
                    violation.path("location").path(0).asText().equals("request"),
                    violation.path("message").asText()));
        }
        return complaints;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        upstream.stop(0);
    }

    private void repeat(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Answer now = answer;
            now.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            // Prism would go there.
            exchange.getResponseHeaders().remove("Location");
            boolean bodiless = now.body().length == 0;
            exchange.sendResponseHeaders(now.status(), bodiless ? -1 : now.body().length);
            if (!bodiless) {
                exchange.getResponseBody().write(now.body());
            }
        }
    }

    private void awaitStart(Path log) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(STARTUP);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            if (Files.readString(log).contains("Prism is listening")) {
                return;
            }
            Thread.sleep(200);
        }
        close();
        throw new IOException("Prism didn't start; see " + log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param ofRequest false when it is wrong with the answer
     */
    record Complaint(boolean ofRequest, String text) {}
}

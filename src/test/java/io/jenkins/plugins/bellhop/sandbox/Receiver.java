package io.jenkins.plugins.bellhop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The other end of a webhook: keeps what arrives, and answers as it is told. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 202;
    private volatile long delayMillis;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                received.add(new Received(exchange.getRequestHeaders(), body));
                sleep();
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    void answer(int code) {
        status = code;
    }

    void answerAfter(long millis) {
        delayMillis = millis;
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /** What arrived of one event, in order. */
    List<Received> received(String event) {
        return received.stream()
                .filter(delivery ->
                        event.equals(delivery.header("X-GitHub-Event")) || event.equals(delivery.header("X-Event-Key")))
                .toList();
    }

    /** The events that arrived, in order, in the words of either Bitbucket. */
    List<String> events() {
        return received.stream().map(delivery -> delivery.header("X-Event-Key")).toList();
    }

    Received last() {
        return received.get(received.size() - 1);
    }

    void forget() {
        received.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void sleep() {
        try {
            Thread.sleep(delayMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    record Received(Headers headers, byte[] body) {

        String header(String name) {
            return headers.getFirst(name);
        }

        /** Whether the header that both Bitbuckets send holds the hash of exactly this body. */
        boolean signedWith(String secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return ("sha256=" + HexFormat.of().formatHex(mac.doFinal(body))).equals(header("X-Hub-Signature"));
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

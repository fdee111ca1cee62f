package io.jenkins.plugins.bellhop.sandbox.story;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.bellhop.flow.Receipt;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The webhook endpoint on loopback. */
final class HookServer implements AutoCloseable {

    private static final String PATH = "/bellhop/hook/";
    private static final int THREADS = 8;

    private final Receiver receiver;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    HookServer(Receiver receiver) throws IOException {
        this.receiver = receiver;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(PATH, this::handle);
        server.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 405, "Forges deliver here with POST.");
                return;
            }
            Receipt receipt = receiver.receive(new Request(
                    exchange.getRequestURI().getPath().substring(PATH.length()),
                    exchange.getRequestHeaders(),
                    length(exchange),
                    exchange::getRequestBody));
            answer(exchange, receipt.httpStatus(), receipt.sentence());
        }
    }

    private static OptionalLong length(HttpExchange exchange) {
        String claimed = exchange.getRequestHeaders().getFirst("Content-Length");
        return claimed == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(claimed));
    }

    private static void answer(HttpExchange exchange, int status, String sentence) throws IOException {
        byte[] text = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=UTF-8");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.jenkins.plugins.bellhop.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.bellhop.flow.Receipt;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server, with a thread for every request at work, as servlet containers have. */
final class LoopbackServer implements AutoCloseable {

    static final String PATH = "/bellhop/hook/";

    private static final int BACKLOG = 200;

    static {
        // Without it the server's two writes for one answer wait for each other. Read when its classes are loaded.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What is done with a request; answers the status. */
    interface Work {
        int with(HttpExchange exchange) throws IOException;
    }

    LoopbackServer(Work work) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext(PATH, exchange -> answer(exchange, work));
        server.start();
    }

    static LoopbackServer of(Receiver receiver) throws IOException {
        return new LoopbackServer(exchange -> {
            Receipt receipt = receiver.receive(new Request(
                    exchange.getRequestURI().getPath().substring(PATH.length()),
                    exchange.getRequestHeaders(),
                    OptionalLong.of(Long.parseLong(exchange.getRequestHeaders().getFirst("Content-Length"))),
                    exchange::getRequestBody));
            return receipt.httpStatus();
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Work work) throws IOException {
        try (exchange) {
            int status = work.with(exchange);
            byte[] text = "Answered.\n".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

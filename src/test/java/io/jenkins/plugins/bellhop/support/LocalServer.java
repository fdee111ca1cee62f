package io.jenkins.plugins.bellhop.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real HTTP server on this machine that answers as a test says and remembers what it was asked. */
public final class LocalServer implements AutoCloseable {

    static {
        // Otherwise each second answer on a connection waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "local server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final Function<Asked, Reply> script;

    private LocalServer(Function<Asked, Reply> script) {
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public static LocalServer answering(Function<Asked, Reply> script) {
        return new LocalServer(script);
    }

    /** A port of this machine on which nobody listens. */
    public static URI nobody() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public Asked lastAsked() {
        return asked.get(asked.size() - 1);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = Asked.of(exchange);
            asked.add(request);
            Reply reply = script.apply(request);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            reply.sender().send(exchange, reply.status());
        }
    }

    /** Interrupts the answers that are still under way. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** One request. */
    public record Asked(String method, String uri, Map<String, String> headers, String body) {

        static Asked of(HttpExchange exchange) throws IOException {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            return new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** Method and path with query, as in {@code GET /repos/acme/app}. */
        public String line() {
            return method + " " + uri;
        }
    }

    /** One answer. */
    public record Reply(int status, Map<String, String> headers, Sender sender) {

        public static Reply of(int status, String body) {
            return bytes(status, body.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply bytes(int status, byte[] body) {
            return of(status, (exchange, answered) -> {
                exchange.sendResponseHeaders(answered, body.length == 0 ? -1 : body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
        }

        public static Reply of(int status, Sender sender) {
            return new Reply(status, Map.of(), sender);
        }

        public Reply with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, sender);
        }
    }

    /** How an answer goes out. */
    public interface Sender {
        void send(HttpExchange exchange, int status) throws IOException;
    }
}

package io.jenkins.plugins.bellhop.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** An HTTP server on loopback that hands each request to one function, unless a fault comes between. */
public final class WebServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** No request that a forge's API takes is near this size. */
    private static final int MAX_BODY = 1 << 20;

    static {
        // The server writes headers and body apart; without this each answer on a kept connection waits 40 ms for the
        // client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(WebServer::daemon);
    private final Faults faults;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<Request, Answer> witness = (request, answer) -> {};

    /** Listens at once, and serves after {@link #serve}; port 0 lets the system choose. */
    public WebServer(int port, Faults faults) throws IOException {
        this.faults = faults;
        server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
        server.setExecutor(threads);
    }

    public void serve(Function<Request, Answer> forge) {
        server.createContext("/", exchange -> handle(exchange, forge));
        server.start();
    }

    public URI url() {
        return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort());
    }

    /** The requests so far. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    public void forgetRequests() {
        requests.clear();
    }

    /** Shows every request from now on, with its answer, to this witness instead of an earlier one. */
    public void observe(BiConsumer<Request, Answer> newWitness) {
        witness = newWitness;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange, Function<Request, Answer> forge) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            URI uri = exchange.getRequestURI();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    uri.getRawPath(),
                    Optional.ofNullable(uri.getRawQuery()).orElse(""),
                    exchange.getRequestHeaders(),
                    body);
            Optional<Answer> answer = answer(request, forge);
            requests.add(new RecordedRequest(
                    request.method(), uri.toString(), answer.map(Answer::status).orElse(0)));
            if (answer.isPresent()) {
                witness.accept(request, answer.get());
                write(exchange, answer.get());
            }
        }
    }

    /** Empty when the connection is to be closed without an answer. */
    private Optional<Answer> answer(Request request, Function<Request, Answer> forge) {
        if (faults.down()) {
            return Optional.of(Answer.of(503, "text/html", "<html><body>No server is available.</body></html>"));
        }
        Optional<Faults.Fault> fault = faults.take(request);
        if (fault.isEmpty()) {
            return Optional.of(guarded(request, forge));
        }
        if (!waited(fault.get())) {
            return Optional.empty();
        }
        Answer answer = fault.get().answer().orElseGet(() -> guarded(request, forge));
        return fault.get().answerLost() ? Optional.empty() : Optional.of(answer);
    }

    /** A mistake in the sandbox shows as a 500 that names it, not as a broken connection. */
    private static Answer guarded(Request request, Function<Request, Answer> forge) {
        try {
            return forge.apply(request);
        } catch (RuntimeException e) {
            return Answer.of(500, "text/plain; charset=utf-8", "The sandbox failed: " + e);
        }
    }

    private static boolean waited(Faults.Fault fault) {
        try {
            Thread.sleep(fault.delay().toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        boolean bodiless = answer.body().length == 0 || answer.status() == 204 || answer.status() == 304;
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sandbox-http");
        thread.setDaemon(true);
        return thread;
    }
}

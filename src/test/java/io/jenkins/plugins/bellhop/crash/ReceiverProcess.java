package io.jenkins.plugins.bellhop.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.flow.Dispatcher;
import io.jenkins.plugins.bellhop.flow.Handler;
import io.jenkins.plugins.bellhop.flow.Memory;
import io.jenkins.plugins.bellhop.flow.Receipt;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.Repositories;
import io.jenkins.plugins.bellhop.flow.Request;
import io.jenkins.plugins.bellhop.flow.Source;
import io.jenkins.plugins.bellhop.flow.Sources;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;

/** What the crash test kills: receiver, spool and handler with one job, in a process of its own. */
public final class ReceiverProcess {

    static final String HOOK = "hook";
    static final Secret SECRET = Secret.of("a secret of the crash test");
    static final long REPOSITORY = 1001;

    private ReceiverProcess() {}

    /** @param arguments the port and the directory */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Path directory = Path.of(arguments[1]);
        Spool spool = new Spool(directory.resolve("spool"));
        BuildBook builds = new BuildBook(directory.resolve("builds"));
        Connection connection = connection();
        Source source = new Source(
                connection, GitHubForge.cloud(HttpClient.newHttpClient(), Clock.systemUTC()), List.of(SECRET));
        Sources sources = hook -> hook.equals(HOOK) ? Optional.of(source) : Optional.empty();
        Handler handler = new Handler(
                sources, id -> List.of(builds), new NoApi(), Memory.in(directory), entry -> {}, Clock.systemUTC());
        Dispatcher dispatcher = new Dispatcher(spool, handler, sources, () -> false);
        Receiver receiver = new Receiver(sources, spool, entry -> {}, dispatcher::wake);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", exchange -> answer(receiver, exchange));
        dispatcher.wake();
        server.start();
    }

    private static void answer(Receiver receiver, HttpExchange exchange) throws IOException {
        try (exchange) {
            Receipt receipt = receiver.receive(
                    new Request(HOOK, exchange.getRequestHeaders(), OptionalLong.empty(), exchange::getRequestBody));
            byte[] sentence = receipt.sentence().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(receipt.httpStatus(), sentence.length);
            exchange.getResponseBody().write(sentence);
        }
    }

    private static Connection connection() {
        return new Connection(
                "connection",
                new RepositoryId("github.com", Long.toString(REPOSITORY), new RepositoryName("acme", "app")),
                "git@github.com:acme/app.git",
                Optional.of("main"),
                SshKeyPair.ed25519("").publicKey(),
                Optional.of("1"),
                Optional.of("2"));
    }

    /** Nothing here has to be asked. */
    private static final class NoApi implements Repositories {
        @Override
        public ForgeApi api(Connection connection) {
            throw new AssertionError("deciding a push asks no forge");
        }

        @Override
        public void renamed(Connection connection, RepositoryId today) {
            throw new AssertionError("nothing is renamed");
        }
    }
}

package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.UnfinishedBuild;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.flow.Fakes.Job;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** That what each forge tells of ends, and answers afterwards, takes away the right builds. */
@ParameterizedClass
@EnumSource
class CancellingOnEveryForgeTest {

    private static final Secret SECRET = Secret.of("a secret of the cancelling");
    private static final long PATIENCE_IN_SECONDS = 60;

    @Parameter
    private Stage stage;

    @TempDir
    private Path directory;

    private final BlockingQueue<VerifiedDelivery> deliveries = new LinkedBlockingQueue<>();
    private final Job job = new Fakes().job("app");
    private final List<Entry> log = new ArrayList<>();
    private SandboxForge sandbox;
    private SandboxRepository app;
    private HttpServer server;
    private Handler handler;
    private int arrivals;

    @BeforeEach
    void connect() throws Exception {
        sandbox = SandboxForge.start(directory, stage.kind());
        app = stage.repository(sandbox);
        Forge forge = stage.forge(
                sandbox,
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build());
        ForgeApi api = forge.api(Secret.of(stage.credential(sandbox)));
        RepositoryId id = api.repositories()
                .read(new RepositoryName(app.owner(), app.name()))
                .id();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                deliveries.add(verified(forge, exchange.getRequestHeaders(), body));
                exchange.sendResponseHeaders(202, -1);
            }
        });
        server.start();
        api.hooks()
                .register(
                        id, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), SECRET);
        handler = handler(forge, api, Fakes.CONNECTION.renamed(id, sandbox.sshUrl(app)));
        job.keepsUnfinished = true;
    }

    private static VerifiedDelivery verified(Forge forge, Map<String, List<String>> headers, byte[] body)
            throws IOException {
        try {
            return new Verifier(forge.dialect().signatures())
                    .verify(new Delivery("hook", Headers.of(headers), body), List.of(SECRET))
                    .match(verified -> verified, refusal -> {
                        throw new AssertionError(refusal.sentence());
                    });
        } catch (TooLarge e) {
            throw new IOException(e);
        }
    }

    private Handler handler(Forge forge, ForgeApi api, Connection connection) {
        return new Handler(
                hook -> Optional.of(new Source(connection, forge, List.of(SECRET))),
                connectionId -> List.of(job),
                new Repositories() {
                    @Override
                    public ForgeApi api(Connection connection) {
                        return api;
                    }

                    @Override
                    public void renamed(Connection connection, RepositoryId today) {
                        throw new AssertionError("nothing is renamed");
                    }
                },
                new Memory(
                        new SeenHeads(new Fakes.MemoryPages()),
                        new KnownHooks(),
                        new Approvals(new Fakes.MemoryPages())),
                log::add,
                Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        server.stop(0);
        sandbox.close();
    }

    @Test
    void aClosedPullRequestLeavesWhatAnotherOneAsksFor() throws Exception {
        job.watch = Watch.DEFAULT.withOnlyPullRequests(true);
        app.createBranch("release", app.head("main"));
        commit("topic", "An idea");
        handleUntil("to branch topic");
        assertThat(waiting()).isEmpty();
        int first = app.pulls().open(app, "topic", "main", "An idea", false);
        int second = app.pulls().open(app, "topic", "release", "The same for the release", false);
        handleUntil("pull request #" + second + " opened");
        assertThat(waiting()).contains("refs/heads/topic");

        app.pulls().close(first, false);
        handleUntil("pull request #" + first + " closed");
        assertThat(waiting()).contains("refs/heads/topic");
        app.pulls().close(second, false);
        handleUntil("pull request #" + second + " closed");
        assertThat(waiting()).isEmpty();
        assertThat(job.cancelled).isNotEmpty();
    }

    @Test
    void aDeletedBranchTakesItsBuildsWithItAndNoOthers() throws Exception {
        commit("topic", "Is given up");
        commit("other", "Isn't");
        handleUntil("to branch other");
        assertThat(waiting()).containsExactly("refs/heads/topic", "refs/heads/other");
        app.deleteBranch("topic");
        handleUntil("branch topic deleted");

        assertThat(waiting()).containsExactly("refs/heads/other");
    }

    @Test
    void aNewerCommitSupersedesTheOlderOneExceptOnTheDefaultBranch() throws Exception {
        commit("topic", "Old");
        commit("main", "Old");
        handleUntil("to branch main");
        String newer = commit("topic", "New");
        String last = commit("main", "New");
        handleUntil("push of " + last.substring(0, 7));

        assertThat(waiting()).containsExactly("refs/heads/main", "refs/heads/topic", "refs/heads/main");
        assertThat(job.unfinished).extracting(UnfinishedBuild::commit).contains(new CommitId(newer));
    }

    private String commit(String branch, String message) {
        return app.commit(branch, Map.of("notes.txt", branch + message), message);
    }

    private List<String> waiting() {
        return job.unfinished.stream().map(UnfinishedBuild::subject).toList();
    }

    /** In the order in which they came. */
    private void handleUntil(String event) throws InterruptedException {
        while (log.stream().noneMatch(entry -> entry.event().contains(event))) {
            VerifiedDelivery delivery = deliveries.poll(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
            assertThat(delivery).as("a delivery that tells: " + event).isNotNull();
            arrivals++;
            handler.handle(delivery, String.format("%06d", arrivals));
        }
    }
}

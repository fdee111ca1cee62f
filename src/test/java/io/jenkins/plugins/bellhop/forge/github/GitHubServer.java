package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.support.LocalServer;
import io.jenkins.plugins.bellhop.support.LocalServer.Asked;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** The API of a pretended github.com on this machine. */
final class GitHubServer implements AutoCloseable {

    static final String TOKEN = "ghp_hunter2";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final RepositoryId APP = new RepositoryId("github.com", "1001", new RepositoryName("acme", "app"));

    private static final HttpClient HTTP =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    private final LocalServer server;
    private final ForgeApi api;

    private GitHubServer(Function<Asked, Reply> script) {
        server = LocalServer.answering(script);
        api = new GitHubApi(HTTP, "github.com", server.uri(), Secret.of(TOKEN), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static GitHubServer answering(Function<Asked, Reply> script) {
        return new GitHubServer(script);
    }

    static GitHubServer answering(int status, String body) {
        return answering(asked -> json(status, body));
    }

    /** @param body with single quotes for double ones */
    static Reply json(int status, String body) {
        return Reply.of(status, body.replace('\'', '"'));
    }

    ForgeApi api() {
        return api;
    }

    String uri() {
        return server.uri().toString();
    }

    Asked lastAsked() {
        return server.lastAsked();
    }

    List<Asked> asked() {
        return server.asked();
    }

    @Override
    public void close() {
        server.close();
    }
}

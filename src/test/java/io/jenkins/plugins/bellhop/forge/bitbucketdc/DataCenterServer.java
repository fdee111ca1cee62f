package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.support.LocalServer;
import io.jenkins.plugins.bellhop.support.LocalServer.Asked;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** The API of a pretended Data Center on this machine. */
final class DataCenterServer implements AutoCloseable {

    static final String TOKEN = "BBDC-hunter2";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final RepositoryId APP = new RepositoryId("127.0.0.1", "1001", new RepositoryName("ACME", "app"));
    /** As it stands in the path. */
    static final String PATH = "/rest/api/latest/projects/ACME/repos/app";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    private final LocalServer server;

    private DataCenterServer(Function<Asked, Reply> script) {
        server = LocalServer.answering(script);
    }

    static DataCenterServer answering(Function<Asked, Reply> script) {
        return new DataCenterServer(script);
    }

    static DataCenterServer answering(int status, String body) {
        return answering(asked -> json(status, body));
    }

    /** @param body with single quotes for double ones */
    static Reply json(int status, String body) {
        return Reply.of(status, body.replace('\'', '"'));
    }

    /** An error as Data Center writes it. */
    static Reply error(int status, String context, String message, String exception) {
        return json(
                status,
                "{'errors': [{'context': " + context + ", 'message': '" + message + "', 'exceptionName': '" + exception
                        + "'}]}");
    }

    ForgeApi api() throws ForgeFailure {
        return DataCenterForge.at(server.uri(), HTTP, Clock.fixed(NOW, ZoneOffset.UTC))
                .api(Secret.of(TOKEN));
    }

    Asked lastAsked() {
        return server.lastAsked();
    }

    List<Asked> asked() {
        return server.asked();
    }

    List<String> lines() {
        return asked().stream().map(Asked::line).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

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

/** The API of a pretended bitbucket.org on this machine. */
final class CloudServer implements AutoCloseable {

    static final String PERSONAL = "jane@example.com:ATATT3x-hunter2";
    static final String ACCESS = "ATCTT3x-hunter2";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final RepositoryId APP = new RepositoryId("bitbucket.org", "{app-uuid}", new RepositoryName("acme", "app"));
    /** As it stands in the path. */
    static final String PATH = "/repositories/acme/%7Bapp-uuid%7D";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    private final LocalServer server;

    private CloudServer(Function<Asked, Reply> script) {
        server = LocalServer.answering(script);
    }

    static CloudServer answering(Function<Asked, Reply> script) {
        return new CloudServer(script);
    }

    static CloudServer answering(int status, String body) {
        return answering(asked -> json(status, body));
    }

    /** @param body with single quotes for double ones */
    static Reply json(int status, String body) {
        return Reply.of(status, body.replace('\'', '"'));
    }

    /** An error as Bitbucket writes it. */
    static Reply error(int status, String message) {
        return json(status, "{'type': 'error', 'error': {'message': '" + message + "'}}");
    }

    ForgeApi api() throws ForgeFailure {
        return api(PERSONAL);
    }

    ForgeApi api(String credential) throws ForgeFailure {
        return CloudForge.at("bitbucket.org", server.uri(), HTTP, Clock.fixed(NOW, ZoneOffset.UTC))
                .api(Secret.of(credential));
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

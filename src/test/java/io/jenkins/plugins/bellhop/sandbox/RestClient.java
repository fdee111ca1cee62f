package io.jenkins.plugins.bellhop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client of the REST API that follows no redirect and hides nothing. */
final class RestClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI api;
    private final String authorization;

    RestClient(SandboxForge forge, String token) {
        this(forge.apiUrl(), token.isEmpty() ? "" : "Bearer " + token);
    }

    private RestClient(URI api, String authorization) {
        this.api = api;
        this.authorization = authorization;
    }

    /** A client whose token is a password. */
    static RestClient basic(SandboxForge forge, String user, String token) {
        byte[] credentials = (user + ":" + token).getBytes(StandardCharsets.UTF_8);
        return new RestClient(forge.apiUrl(), "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    Reply get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    Reply post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    Reply put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    Reply patch(String path, String body) throws IOException, InterruptedException {
        return send("PATCH", path, body);
    }

    Reply delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    /** Sends JSON written with single quotes, for legibility; a path may be a whole address. */
    private Reply send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        URI uri = path.startsWith("http") ? URI.create(path) : URI.create(api + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("User-Agent", "sandbox-test")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return new Reply(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return response.body();
        }

        JsonNode json() throws IOException {
            return text().isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text());
        }

        /** The address in the Link header with this relation, or nothing. */
        String link(String relation) {
            for (String link : header("Link").split(", ")) {
                if (link.endsWith("rel=\"" + relation + "\"")) {
                    return link.substring(1, link.indexOf('>'));
                }
            }
            return "";
        }
    }
}

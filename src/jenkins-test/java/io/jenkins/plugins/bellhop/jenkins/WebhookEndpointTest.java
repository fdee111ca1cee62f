package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.bellhop.delivery.Hmac;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The endpoint behind Jenkins' own filters: reached without login and crumb, and telling strangers nothing. */
@WithJenkins
class WebhookEndpointTest {

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private ConnectedJenkins bench;
    private FreeStyleProject job;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
        job = bench.freestyle("app");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void signedPushIsAcceptedAsJsonAsFormAndGzipped() throws Exception {
        byte[] json = push().getBytes(StandardCharsets.UTF_8);
        assertThat(send(json, json, "application/json", "").statusCode()).isEqualTo(202);
        byte[] form = ("payload=" + URLEncoder.encode(push(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        assertThat(send(form, form, "application/x-www-form-urlencoded", "").statusCode())
                .isEqualTo(202);
        assertThat(send(gzipped(json), json, "application/json", "gzip").statusCode())
                .isEqualTo(202);
        bench.awaitGoodBuild(job, bench.app.head("main"));
    }

    @Test
    void strangersLearnNothing() throws Exception {
        byte[] json = push().getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> unknown = http.send(
                HttpRequest.newBuilder(hooks().resolve("guessed"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(unknown.statusCode()).isEqualTo(404);
        HttpResponse<String> forged = send(json, "other".getBytes(StandardCharsets.UTF_8), "application/json", "");
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(unknown.body() + forged.body()).doesNotContain("acme").doesNotContain(job.getName());
    }

    @Test
    void othersThanPostAreTurnedAway() throws Exception {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(hook()).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void bodyOverTheBoundAndUnknownContentTypeAreRefused() throws Exception {
        byte[] large = new byte[io.jenkins.plugins.bellhop.delivery.Body.LARGEST + 1];
        assertThat(send(large, large, "application/json", "").statusCode()).isEqualTo(413);
        byte[] json = push().getBytes(StandardCharsets.UTF_8);
        assertThat(send(json, json, "text/plain", "").statusCode()).isEqualTo(415);
        assertThat(send(json, json, "application/json", "br").statusCode()).isEqualTo(415);
    }

    private String push() {
        return "{\"ref\":\"refs/heads/main\",\"after\":\"" + bench.app.head("main") + "\",\"repository\":{\"id\":"
                + bench.app.id() + ",\"full_name\":\"acme/app\",\"default_branch\":\"main\"}}";
    }

    private HttpResponse<String> send(byte[] body, byte[] signed, String type, String encoding) throws Exception {
        StoredConnection stored = ConnectedJenkins.stored(job);
        String signature = HexFormat.of().formatHex(Hmac.sha256(stored.secrets().webhook(), signed));
        HttpRequest.Builder request = HttpRequest.newBuilder(hook())
                .header("Content-Type", type)
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .header("X-Hub-Signature-256", "sha256=" + signature)
                .POST(BodyPublishers.ofByteArray(body));
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI hook() throws Exception {
        return hooks().resolve(ConnectedJenkins.stored(job).secrets().hookPath());
    }

    private URI hooks() throws Exception {
        return bench.jenkins.getURL().toURI().resolve("bellhop/hook/");
    }

    private static byte[] gzipped(byte[] bytes) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}

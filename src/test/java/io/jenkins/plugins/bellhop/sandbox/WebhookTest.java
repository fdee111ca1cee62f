package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.bellhop.sandbox.Receiver.Received;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How webhooks are sent: headers, encodings, signatures, failures and repetitions. */
class WebhookTest {

    private static final String HOOKS = "/repos/octo/app/hooks";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private RestClient rest;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        forge = SandboxForge.start(directory);
        app = forge.createRepository("octo", "app", true);
        rest = new RestClient(forge, forge.createToken("octo", Set.of("repo")));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void newHookIsPingedWithBothSignatures() throws Exception {
        Reply reply = add("json", "s3cret", "push");
        forge.awaitDeliveries();

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/config/secret").asText()).isEqualTo("********");
        Received ping = receiver.last();
        assertThat(ping.header("X-GitHub-Event")).isEqualTo("ping");
        assertThat(ping.header("User-Agent")).startsWith("GitHub-Hookshot/");
        assertThat(ping.header("Content-Type")).isEqualTo("application/json");
        assertThat(ping.header("X-GitHub-Delivery")).hasSize(36);
        assertThat(ping.header("X-GitHub-Hook-ID"))
                .isEqualTo(reply.json().path("id").asText());
        assertThat(ping.header("X-GitHub-Hook-Installation-Target-ID")).isEqualTo(Long.toString(app.id()));
        assertThat(ping.header("X-GitHub-Hook-Installation-Target-Type")).isEqualTo("repository");
        assertThat(ping.header("X-GitHub-Enterprise-Host"))
                .isEqualTo(forge.webUrl().getAuthority());
        assertThat(ping.header("X-GitHub-Enterprise-Version")).isNotEmpty();
        assertThat(ping.header("X-Hub-Signature-256")).isEqualTo("sha256=" + hmac("HmacSHA256", "s3cret", ping.body()));
        assertThat(ping.header("X-Hub-Signature")).isEqualTo("sha1=" + hmac("HmacSHA1", "s3cret", ping.body()));
        assertThat(ping.json().path("hook_id").asLong())
                .isEqualTo(reply.json().path("id").asLong());
        assertThat(ping.json().at("/hook/config/secret").asText()).isEqualTo("********");
        assertThat(ping.json().at("/repository/full_name").asText()).isEqualTo("octo/app");
    }

    /** The published example of GitHub's documentation on validating deliveries. */
    @Test
    void signatureIsTheOneThatGitHubPublishes() throws Exception {
        byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);

        assertThat(hmac("HmacSHA256", "It's a Secret to Everybody", body))
                .isEqualTo("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void hookWithoutSettingsSendsUnsignedForms() throws Exception {
        Reply reply = rest.post(HOOKS, "{'config':{'url':'" + receiver.url() + "'}}");
        app.commit("main", Map.of("a.txt", "a & b = c + d"), "Ümläute & more");
        forge.awaitDeliveries();

        assertThat(reply.json().at("/config/content_type").asText()).isEqualTo("form");
        assertThat(reply.json().path("events").toString()).isEqualTo("[\"push\"]");
        assertThat(reply.json().at("/config/secret").isMissingNode()).isTrue();
        Received push = receiver.last();
        assertThat(push.headers()).doesNotContainKeys("X-hub-signature", "X-hub-signature-256");
        assertThat(push.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        String form = new String(push.body(), StandardCharsets.US_ASCII);
        assertThat(form).startsWith("payload=");
        JsonNode json = new ObjectMapper()
                .readTree(URLDecoder.decode(form.substring("payload=".length()), StandardCharsets.UTF_8));
        assertThat(json.at("/head_commit/message").asText()).isEqualTo("Ümläute & more");
    }

    @Test
    void signatureOfAFormIsOverTheFormAsSent() throws Exception {
        add("form", "s3cret", "push");
        forge.awaitDeliveries();

        Received ping = receiver.last();

        assertThat(new String(ping.body(), StandardCharsets.US_ASCII)).startsWith("payload=%7B%22zen%22");
        assertThat(ping.header("X-Hub-Signature-256")).isEqualTo("sha256=" + hmac("HmacSHA256", "s3cret", ping.body()));
    }

    @Test
    void eachHookHearsOfAnEventUnderTheSameId() throws Exception {
        add("json", "s", "push");
        rest.post(HOOKS, "{'config':{'url':'" + receiver.url() + "?second'}}");
        forge.awaitDeliveries();
        receiver.forget();

        app.commit("main", Map.of("a.txt", "a"), "Heard twice");
        forge.awaitDeliveries();

        assertThat(receiver.received()).hasSize(2);
        assertThat(receiver.received())
                .extracting(received -> received.header("X-GitHub-Delivery"))
                .containsOnly(receiver.last().header("X-GitHub-Delivery"));
    }

    @Test
    void redeliveryRepeatsTheIdAndTheBytes() throws Exception {
        String url = add("json", "s", "push").json().path("url").asText();
        app.commit("main", Map.of("a.txt", "a"), "Sent twice");
        forge.awaitDeliveries();
        SentDelivery sent = app.deliveries().get(1);

        assertThat(rest.post(url + "/deliveries/" + sent.id() + "/attempts", "").status())
                .isEqualTo(202);
        forge.awaitDeliveries();

        Received again = receiver.last();
        assertThat(again.header("X-GitHub-Delivery")).isEqualTo(sent.guid());
        assertThat(again.body()).isEqualTo(sent.body());
        SentDelivery attempt = app.deliveries().get(2);
        assertThat(attempt.redelivery()).isTrue();
        assertThat(attempt.id()).isNotEqualTo(sent.id());
    }

    @Test
    void failuresAreNotRetried() throws Exception {
        add("json", "s", "push");
        forge.awaitDeliveries();
        receiver.answer(503);

        app.commit("main", Map.of("a.txt", "a"), "Refused");
        forge.awaitDeliveries();

        assertThat(receiver.received("push")).hasSize(1);
        assertThat(app.deliveries().get(1).status()).isEqualTo(503);
        assertThat(app.deliveries().get(1).accepted()).isFalse();
    }

    @Test
    void slowAndAbsentReceiversAreGivenUp() throws Exception {
        add("json", "s", "push");
        forge.awaitDeliveries();
        forge.webhooksTimeOutAfter(Duration.ofMillis(100));
        receiver.answerAfter(400);
        app.commit("main", Map.of("a.txt", "a"), "Too slow");
        forge.awaitDeliveries();
        receiver.close();
        app.commit("main", Map.of("a.txt", "b"), "Nobody there");
        forge.awaitDeliveries();

        assertThat(app.deliveries().get(1).status()).isEqualTo(504);
        assertThat(app.deliveries().get(1).answered()).isFalse();
        assertThat(app.deliveries().get(2).status()).isEqualTo(502);
    }

    @Test
    void nothingIsSentWhileWebhooksAreLost() throws Exception {
        add("json", "s", "push");
        forge.loseWebhooks(true);
        app.commit("main", Map.of("a.txt", "a"), "Lost");
        forge.loseWebhooks(false);
        app.commit("main", Map.of("a.txt", "b"), "Heard");
        forge.awaitDeliveries();

        assertThat(receiver.received("push"))
                .extracting(push -> push.json().at("/head_commit/message").asText())
                .containsExactly("Heard");
    }

    private Reply add(String contentType, String secret, String... events) throws Exception {
        return rest.post(
                HOOKS,
                "{'name':'web','active':true,'events':['" + String.join("','", events) + "'],'config':{'url':'"
                        + receiver.url() + "','content_type':'" + contentType + "','secret':'" + secret
                        + "','insecure_ssl':'0'}}");
    }

    private static String hmac(String algorithm, String secret, byte[] body) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}

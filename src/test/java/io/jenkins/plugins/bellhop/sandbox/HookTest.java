package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks in the REST API: their settings, pings, and the list of what they sent. */
class HookTest {

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
    void sameAddressWithACommonEventExistsAlready() throws Exception {
        add("json", "s", "push", "pull_request");

        Reply overlapping = add("form", "t", "push", "repository");

        assertThat(overlapping.status()).isEqualTo(422);
        assertThat(overlapping.json().path("errors").toString()).isEqualTo("""
                [{"resource":"Hook","code":"custom","message":"Hook already exists on this repository"}]""");
        assertThat(add("json", "s", "repository").status()).isEqualTo(201);
    }

    @Test
    void hookNeedsAnAddressAndEventsOfGitHub() throws Exception {
        assertThat(rest.post(HOOKS, "{'config':{}}").status()).isEqualTo(422);
        assertThat(add("json", "s", "repo:push").status()).isEqualTo(422);
        assertThat(add("xml", "s", "push").status()).isEqualTo(422);
    }

    @Test
    void configWithoutTheSecretRemovesIt() throws Exception {
        String url = add("json", "s", "push").json().path("url").asText();

        Reply patched = rest.patch(url, "{'config':{'url':'" + receiver.url() + "','content_type':'json'}}");
        assertThat(patched.json().at("/config/secret").isMissingNode()).isTrue();

        app.commit("main", Map.of("a.txt", "a"), "Unsigned");
        forge.awaitDeliveries();
        assertThat(receiver.last().header("X-Hub-Signature-256")).isNull();
    }

    @Test
    void otherChangesKeepTheSecret() throws Exception {
        String url = add("json", "s", "push").json().path("url").asText();

        Reply events = rest.patch(url, "{'add_events':['pull_request'],'remove_events':['push']}");
        Reply config = rest.patch(url + "/config", "{'content_type':'form'}");

        assertThat(events.json().path("events").toString()).isEqualTo("[\"pull_request\"]");
        assertThat(events.json().at("/config/secret").asText()).isEqualTo("********");
        assertThat(config.json().path("content_type").asText()).isEqualTo("form");
        assertThat(config.json().path("secret").asText()).isEqualTo("********");
        assertThat(rest.get(url + "/config").json()).isEqualTo(config.json());
    }

    @Test
    void inactiveHookIsSilentButCanBePinged() throws Exception {
        String url = add("json", "s", "push").json().path("url").asText();
        rest.patch(url, "{'active':false}");
        forge.awaitDeliveries();
        receiver.forget();

        app.commit("main", Map.of("a.txt", "a"), "Unheard");
        assertThat(rest.post(url + "/pings", "").status()).isEqualTo(204);
        forge.awaitDeliveries();

        assertThat(receiver.received())
                .extracting(received -> received.header("X-GitHub-Event"))
                .containsExactly("ping");
    }

    @Test
    void deletedHookIsGone() throws Exception {
        String url = add("json", "s", "push").json().path("url").asText();

        assertThat(rest.delete(url).status()).isEqualTo(204);
        assertThat(rest.get(url).status()).isEqualTo(404);
        assertThat(rest.get(HOOKS).json()).isEmpty();
    }

    @Test
    void deliveriesAreListedNewestFirstByCursor() throws Exception {
        String url = add("json", "s", "push").json().path("url").asText();
        app.commit("main", Map.of("a.txt", "a"), "One");
        forge.awaitDeliveries();
        receiver.answer(500);
        app.commit("main", Map.of("a.txt", "b"), "Two");
        forge.awaitDeliveries();

        Reply first = rest.get(url + "/deliveries?per_page=2");
        Reply second = rest.get(first.link("next"));
        Reply failed = rest.get(url + "/deliveries?status=failure");

        assertThat(first.json()).hasSize(2);
        assertThat(first.json().get(0).path("event").asText()).isEqualTo("push");
        assertThat(first.json().get(0).path("status_code").asInt()).isEqualTo(500);
        assertThat(first.json().get(0).path("status").asText()).isEqualTo("Invalid HTTP Response: 500");
        assertThat(second.json()).hasSize(1);
        assertThat(second.json().get(0).path("event").asText()).isEqualTo("ping");
        assertThat(second.link("next")).isEmpty();
        assertThat(failed.json()).hasSize(1);
        Reply full =
                rest.get(url + "/deliveries/" + first.json().get(0).path("id").asText());
        assertThat(full.json().at("/request/payload/head_commit/message").asText())
                .isEqualTo("Two");
        assertThat(rest.get(url).json().at("/last_response/code").asInt()).isEqualTo(500);
    }

    private Reply add(String contentType, String secret, String... events) throws Exception {
        return rest.post(
                HOOKS,
                "{'name':'web','active':true,'events':['" + String.join("','", events) + "'],'config':{'url':'"
                        + receiver.url() + "','content_type':'" + contentType + "','secret':'" + secret
                        + "','insecure_ssl':'0'}}");
    }
}

package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deploy keys and user keys in the REST API. */
class DeployKeyTest {

    private static final String KEYS = "/repos/octo/app/keys";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private String token;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory);
        app = forge.createRepository("octo", "app", true);
        forge.createRepository("octo", "lib", true);
        token = forge.createToken("octo", Set.of("repo", "admin:public_key"));
        rest = new RestClient(forge, token);
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void newKeyIsShownWithoutItsComment() throws Exception {
        Reply reply = add(KEYS, key(1) + " jenkins@example", true);

        JsonNode key = reply.json();
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo(key.path("url").asText());
        assertThat(key.path("key").asText()).isEqualTo(key(1));
        assertThat(key.path("title").asText()).isEqualTo("title");
        assertThat(key.path("read_only").asBoolean()).isTrue();
        assertThat(key.path("verified").asBoolean()).isTrue();
        assertThat(key.path("enabled").asBoolean()).isTrue();
        assertThat(key.path("added_by").asText()).isEqualTo("octo");
        assertThat(key.path("last_used").isNull()).isTrue();
        assertThat(rest.get(key.path("url").asText()).json()).isEqualTo(key);
    }

    @Test
    void keyMayWriteUnlessToldOtherwise() throws Exception {
        Reply reply = rest.post(KEYS, "{'title':'t','key':'" + key(1) + "'}");

        assertThat(reply.json().path("read_only").asBoolean()).isFalse();
        assertThat(app.deployKeys().get(0).readOnly()).isFalse();
    }

    @Test
    void keyIsInUseOnceOnTheWholeForge() throws Exception {
        add(KEYS, key(1), true);

        Reply elsewhere = add("/repos/octo/lib/keys", key(1), true);

        assertThat(elsewhere.status()).isEqualTo(422);
        assertThat(elsewhere.text()).isEqualTo("""
                {"message":"Validation Failed",\
                "errors":[{"resource":"PublicKey","code":"custom","field":"key","message":"key is already in use"}],\
                "documentation_url":"https://docs.github.com/rest/deploy-keys#create-a-deploy-key"}""");
        assertThat(add(KEYS, key(1) + " other comment", true).status()).isEqualTo(422);
        assertThat(rest.post("/user/keys", "{'key':'" + key(1) + "'}").status()).isEqualTo(422);
    }

    @Test
    void deletedKeyMayComeBack() throws Exception {
        String url = add(KEYS, key(1), true).json().path("url").asText();

        assertThat(rest.delete(url).status()).isEqualTo(204);
        assertThat(rest.delete(url).status()).isEqualTo(404);
        assertThat(rest.get(url).status()).isEqualTo(404);
        assertThat(add("/repos/octo/lib/keys", key(1), true).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-rsa %s", "-----BEGIN KEY-----", "ssh-new %s"})
    void malformedKeyIsNamedAsSuch(String text) throws Exception {
        Reply reply = add(KEYS, text.formatted(key(1).split(" ")[1]), true);

        JsonNode error = reply.json().path("errors").get(0);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(error.path("field").asText()).isEqualTo("key");
        assertThat(error.path("message").asText()).startsWith("key is invalid. It must begin with");
    }

    @Test
    void brokenJsonIsA400() throws Exception {
        Reply reply = rest.post(KEYS, "{");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).isEqualTo("Problems parsing JSON");
    }

    @Test
    void listComesInPagesThatLinkToEachOther() throws Exception {
        for (int i = 0; i < 7; i++) {
            add(KEYS, key(i), true);
        }
        List<String> seen = new ArrayList<>();
        Reply page = rest.get(KEYS + "?per_page=3");
        assertThat(page.link("last")).contains("page=3");
        while (true) {
            page.json().forEach(key -> seen.add(key.path("key").asText()));
            if (page.link("next").isEmpty()) {
                break;
            }
            assertThat(page.link("next")).contains("/repositories/" + app.id() + "/keys?per_page=3&page=");
            page = rest.get(page.link("next"));
        }

        assertThat(seen).containsExactly(key(0), key(1), key(2), key(3), key(4), key(5), key(6));
        assertThat(page.link("prev")).endsWith("page=2");
        assertThat(page.link("first")).endsWith("page=1");
    }

    @Test
    void policyRefusesNewKeysAndSwitchesOldOnesOff() throws Exception {
        forge.createOrganization("octo");
        String url = add(KEYS, key(1), true).json().path("url").asText();

        forge.forbidDeployKeys("octo");

        Reply refused = add(KEYS, key(2), true);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("message").asText())
                .isEqualTo("Deploy keys are disabled for this repository");
        assertThat(rest.get(url).json().path("enabled").asBoolean()).isFalse();
        forge.allowDeployKeys("octo");
        assertThat(rest.get(url).json().path("enabled").asBoolean()).isTrue();
    }

    @Test
    void keyDoesNotOutliveTheTokenThatMadeIt() throws Exception {
        add(KEYS, key(1), true);
        String other = forge.createToken("octo", Set.of("repo"));
        new RestClient(forge, other).post(KEYS, "{'key':'" + key(2) + "'}");

        forge.revokeToken(token);

        assertThat(app.deployKeys()).extracting(key -> key.key().text()).containsExactly(key(2));
        assertThat(rest.get("/user").status()).isEqualTo(401);
    }

    @Test
    void userKeysComeAndGo() throws Exception {
        Reply added = rest.post("/user/keys", "{'title':'machine','key':'" + key(1) + "'}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(rest.get("/user/keys").json()).hasSize(1);
        assertThat(rest.delete(added.json().path("url").asText()).status()).isEqualTo(204);
        assertThat(rest.get("/user/keys").json()).isEmpty();
    }

    private Reply add(String path, String key, boolean readOnly) throws Exception {
        return rest.post(path, "{'title':'title','key':'" + key + "','read_only':" + readOnly + "}");
    }

    /** A key that nobody has the private half of: form is all that matters here. */
    private static String key(int number) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(blob);
        out.writeInt(11);
        out.write("ssh-ed25519".getBytes(StandardCharsets.US_ASCII));
        out.writeInt(32);
        out.write(new byte[31]);
        out.write(number);
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob.toByteArray());
    }
}

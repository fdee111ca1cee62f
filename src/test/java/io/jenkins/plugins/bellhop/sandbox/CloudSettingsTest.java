package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and webhooks in Bitbucket Cloud's REST API. */
class CloudSettingsTest {

    private static final String EMAIL = "alice@example.org";
    private static final String APP = "/repositories/alice/app";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_CLOUD);
        app = forge.createRepository("alice", "app", true);
        rest = client(CloudScopes.ALL);
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void deployKeyIsMadeWith200AndKeepsItsComment() throws Exception {
        ClientKey key = ClientKey.generate(directory, "key");

        Reply reply = rest.post(APP + "/deploy-keys", "{'key':'" + key.text() + " me@there','label':'Bellhop'}");

        assertThat(reply.status()).isEqualTo(200);
        JsonNode json = reply.json();
        assertThat(json.path("type").asText()).isEqualTo("deploy_key");
        assertThat(json.path("key").asText()).isEqualTo(key.text());
        assertThat(json.path("comment").asText()).isEqualTo("me@there");
        assertThat(json.path("label").asText()).isEqualTo("Bellhop");
        assertThat(json.path("last_used").isNull()).isTrue();
        assertThat(rest.get(json.at("/links/self/href").asText()).json()).isEqualTo(json);
        assertThat(rest.get(APP + "/deploy-keys").json().at("/values/0")).isEqualTo(json);
    }

    @Test
    void onlyLabelAndCommentChange() throws Exception {
        ClientKey key = ClientKey.generate(directory, "key");
        ClientKey other = ClientKey.generate(directory, "other");
        String address = added(APP, key).at("/links/self/href").asText();

        assertThat(rest.put(address, "{'label':'New','key':'" + other.text() + "'}")
                        .status())
                .isEqualTo(400);
        Reply changed = rest.put(address, "{'label':'New','key':'" + key.text() + " here'}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("label").asText()).isEqualTo("New");
        assertThat(changed.json().path("comment").asText()).isEqualTo("here");
    }

    @Test
    void sameKeyOnTheSameRepositoryIsRefusedButNotOnAnother() throws Exception {
        forge.createRepository("alice", "lib", true);
        ClientKey key = ClientKey.generate(directory, "key");
        added(APP, key);

        assertThat(refusal(APP + "/deploy-keys", key))
                .isEqualTo("Someone has already added that access key to this repository.");
        added("/repositories/alice/lib", key);
        assertThat(refusal(APP + "/deploy-keys", "ssh-ed25519 nonsense")).isEqualTo("Invalid SSH key.");
    }

    @Test
    void deletedKeyIsBlocked() throws Exception {
        ClientKey key = ClientKey.generate(directory, "key");
        String address = added(APP, key).at("/links/self/href").asText();

        assertThat(rest.delete(address).status()).isEqualTo(204);

        assertThat(rest.delete(address).status()).isEqualTo(404);
        assertThat(refusal(APP + "/deploy-keys", key))
                .startsWith("SSH keys must be unique and deleted keys may take up to 30 days to be removed.");
    }

    @Test
    void keyOfAPersonIsNoDeployKey() throws Exception {
        ClientKey key = ClientKey.generate(directory, "key");
        JsonNode user = rest.get("/user").json();
        String keys = "/users/" + encoded(user.path("uuid")) + "/ssh-keys";

        Reply added = rest.post(keys, "{'key':'" + key.text() + "','label':'Machine'}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(rest.get("/users/" + user.path("account_id").asText() + "/ssh-keys")
                        .json()
                        .at("/values/0/label")
                        .asText())
                .isEqualTo("Machine");
        assertThat(rest.get("/users/alice/ssh-keys").status()).isEqualTo(404);
        assertThat(refusal(APP + "/deploy-keys", key)).isEqualTo("Someone has already registered that SSH key.");
        assertThat(refusal(keys, key)).isEqualTo("Someone has already registered that SSH key.");
        String address = keys + "/" + encoded(added.json().path("uuid"));
        assertThat(rest.put(address, "{'label':'Renamed'}").json().path("label").asText())
                .isEqualTo("Renamed");
        assertThat(rest.delete(address).status()).isEqualTo(204);
    }

    @Test
    void hookIsMadeAsOftenAsOneLikes() throws Exception {
        String body = "{'description':'Bellhop','url':'http://ci.invalid/x','active':true,'events':['repo:push'],"
                + "'secret':'s'}";

        Reply first = rest.post(APP + "/hooks", body);
        Reply second = rest.post(APP + "/hooks", body);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(app.hooks()).hasSize(2);
        assertThat(first.json().path("secret_set").asBoolean()).isTrue();
        assertThat(first.json().has("secret")).isFalse();
        assertThat(rest.get(first.header("Location")).json()).isEqualTo(first.json());
        assertThat(rest.delete(first.header("Location")).status()).isEqualTo(204);
        assertThat(rest.get(APP + "/hooks?pagelen=100").json().path("size").asInt())
                .isEqualTo(1);
    }

    @Test
    void secretStaysUnlessItIsNamed() throws Exception {
        String body = "{'description':'Bellhop','url':'http://ci.invalid/x','events':['repo:push']";
        String address = rest.post(APP + "/hooks", body + ",'secret':'s'}").header("Location");

        assertThat(secretSet(address, body + "}")).isTrue();
        assertThat(secretSet(address, body + ",'secret':''}")).isFalse();
        assertThat(secretSet(address, body + ",'secret':'t'}")).isTrue();
        assertThat(secretSet(address, body + ",'secret':null}")).isFalse();
        assertThat(rest.put(address, body + ",'secret':'" + "x".repeat(129) + "'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void hookNeedsAnAddressAndKnownEvents() throws Exception {
        assertThat(rest.post(APP + "/hooks", "{'url':'ci','events':['repo:push']}")
                        .status())
                .isEqualTo(400);
        assertThat(rest.post(APP + "/hooks", "{'url':'http://ci.invalid/','events':[]}")
                        .status())
                .isEqualTo(400);
        assertThat(rest.post(APP + "/hooks", "{'url':'http://ci.invalid/','events':['push']}")
                        .text())
                .contains("Invalid event: push");
        assertThat(rest.post(APP + "/hooks", "nonsense").status()).isEqualTo(400);
    }

    private boolean secretSet(String address, String body) throws Exception {
        return rest.put(address, body).json().path("secret_set").asBoolean();
    }

    private JsonNode added(String repository, ClientKey key) throws Exception {
        Reply reply = rest.post(repository + "/deploy-keys", "{'key':'" + key.text() + "','label':'L'}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private String refusal(String path, ClientKey key) throws Exception {
        return refusal(path, key.text());
    }

    private String refusal(String path, String key) throws Exception {
        Reply reply = rest.post(path, "{'key':'" + key + "'}");
        assertThat(reply.status()).isEqualTo(400);
        return reply.json().at("/error/message").asText();
    }

    private static String encoded(JsonNode uuid) {
        return uuid.asText().replace("{", "%7B").replace("}", "%7D");
    }

    private RestClient client(String... scopes) {
        return RestClient.basic(forge, EMAIL, forge.createApiToken(EMAIL, scopes));
    }
}

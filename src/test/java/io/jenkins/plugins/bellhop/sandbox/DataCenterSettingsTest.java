package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and webhooks in Data Center's REST API. */
class DataCenterSettingsTest {

    private static final String APP = "/api/latest/projects/PRJ/repos/app";
    private static final String KEYS = "/keys/latest/projects/PRJ/repos/app/ssh";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_DC);
        app = forge.createRepository("PRJ", "app", true);
        forge.addMember("PRJ", "alice", Role.ADMIN);
        rest = new RestClient(forge, forge.createHttpAccessToken("alice", "REPO_ADMIN"));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void accessKeyIsReadOnlyUnlessAskedOtherwise() throws Exception {
        ClientKey key = ClientKey.generate(directory, "key");

        Reply reply = rest.post(KEYS, "{'key':{'text':'" + key.text() + " me@there'}}");

        assertThat(reply.status()).isEqualTo(201);
        JsonNode json = reply.json();
        assertThat(json.path("permission").asText()).isEqualTo("REPO_READ");
        assertThat(json.at("/key/text").asText()).startsWith(key.text());
        assertThat(json.at("/key/label").asText()).isEqualTo("me@there");
        assertThat(json.at("/key/bitLength").asInt()).isEqualTo(256);
        assertThat("SHA256:" + json.at("/key/fingerprint").asText()).isEqualTo(key.fingerprint());
        assertThat(json.at("/repository/id").asLong()).isEqualTo(app.id());
        String address = KEYS + "/" + json.at("/key/id").asText();
        assertThat(rest.get(address).json()).isEqualTo(json);
        assertThat(rest.put(address + "/permission/REPO_WRITE", "")
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("REPO_WRITE");
        assertThat(rest.put(address + "/permission/REPO_ADMIN", "").status()).isEqualTo(400);
        assertThat(rest.delete(address).status()).isEqualTo(204);
        assertThat(rest.delete(address).status()).isEqualTo(204);
        assertThat(add(KEYS, key).status()).isEqualTo(201);
    }

    @Test
    void keyHasOneIdWhereverItIsUsed() throws Exception {
        forge.createRepository("PRJ", "lib", true);
        ClientKey key = ClientKey.generate(directory, "key");

        JsonNode first = add(KEYS, key).json();
        JsonNode second = add(KEYS.replace("/app/", "/lib/"), key).json();
        JsonNode third = add("/keys/1.0/projects/PRJ/ssh", key, "PROJECT_READ").json();

        assertThat(second.at("/key/id")).isEqualTo(first.at("/key/id"));
        assertThat(third.at("/key/id")).isEqualTo(first.at("/key/id"));
        assertThat(third.at("/project/key").asText()).isEqualTo("PRJ");
        assertThat(add(KEYS, key).status()).isEqualTo(409);
        rest.delete(KEYS + "/" + first.at("/key/id").asText());
        assertThat(rest.get(KEYS).json().path("size").asInt()).isZero();
        assertThat(rest.get(KEYS.replace("/app/", "/lib/")).json().path("size").asInt())
                .isEqualTo(1);
        String ofProject =
                "/keys/latest/projects/PRJ/ssh/" + third.at("/key/id").asText();
        assertThat(rest.put(ofProject + "/permission/PROJECT_WRITE", "")
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("PROJECT_WRITE");
        assertThat(rest.delete(ofProject).status()).isEqualTo(204);
    }

    @Test
    void keyOfAPersonIsNoAccessKey() throws Exception {
        ClientKey key = ClientKey.generate(directory, "key");
        String body = "{'text':'" + key.text() + "','label':'Machine'}";

        Reply added = rest.post("/ssh/latest/keys", body);

        assertThat(added.status()).isEqualTo(201);
        assertThat(rest.get("/ssh/latest/keys?user=alice")
                        .json()
                        .at("/values/0/label")
                        .asText())
                .isEqualTo("Machine");
        Reply again = rest.post("/ssh/latest/keys", body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).contains("already exists on the system");
        assertThat(add(KEYS, key).status()).isEqualTo(409);
        assertThat(rest.post("/ssh/latest/keys", "{'text':'nonsense'}").status())
                .isEqualTo(400);
        forge.dataCenter().installation().userKeysByToken(false);
        String address = "/ssh/latest/keys/" + added.json().path("id").asText();
        assertThat(rest.delete(address).status()).isEqualTo(401);
        forge.dataCenter().installation().userKeysByToken(true);
        assertThat(rest.delete(address).status()).isEqualTo(204);
    }

    @Test
    void sshSettingsNameThePort() throws Exception {
        JsonNode json = rest.get("/ssh/latest/settings").json();

        assertThat(json.path("port").asInt()).isEqualTo(forge.sshPort());
        assertThat(forge.sshUrl(app)).startsWith(json.path("baseUrl").asText().replace("ssh://", "ssh://git@"));
    }

    @Test
    void hookWithItsSecret() throws Exception {
        Reply reply = rest.post(APP + "/webhooks", hook("'repo:refs_changed','pr:opened'"));

        assertThat(reply.status()).isEqualTo(201);
        JsonNode json = reply.json();
        assertThat(json.at("/configuration/secret").asText()).isEqualTo("s");
        assertThat(json.path("scopeType").asText()).isEqualTo("repository");
        String address = APP + "/webhooks/" + json.path("id").asText();
        assertThat(rest.get(APP + "/webhooks").json().at("/values/0")).isEqualTo(json);
        String without = "{'name':'B','url':'http://ci.invalid/x','events':['pr:opened'],'active':false}";
        JsonNode changed = rest.put(address, without).json();
        assertThat(changed.path("active").asBoolean()).isFalse();
        assertThat(changed.at("/configuration/secret").isMissingNode()).isTrue();
        assertThat(rest.get(APP + "/webhooks?event=repo:modified")
                        .json()
                        .path("size")
                        .asInt())
                .isZero();
        assertThat(rest.delete(address).status()).isEqualTo(204);
        assertThat(rest.get(address).status()).isEqualTo(404);
    }

    @Test
    void oneUnknownEventFailsTheWholeHook() throws Exception {
        Reply reply = rest.post(APP + "/webhooks", hook("'repo:refs_changed','pr:to_ref_updated'"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/message").asText()).isEqualTo("The event pr:to_ref_updated is unknown");
        assertThat(app.hooks()).isEmpty();
        assertThat(rest.post(APP + "/webhooks", "{'url':'http://ci.invalid/','events':['pr:opened']}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void oldServerKnowsFewerEvents() throws Exception {
        forge.dataCenter().installation().old(true);

        assertThat(rest.post(APP + "/webhooks", hook("'pr:opened','pr:from_ref_updated'"))
                        .text())
                .contains("The event pr:from_ref_updated is unknown");
        assertThat(rest.post(APP + "/webhooks", hook("'pr:opened','mirror:repo_synchronized'"))
                        .status())
                .isEqualTo(400);
        assertThat(rest.post(APP + "/webhooks", hook("'repo:refs_changed','pr:opened','pr:modified'"))
                        .status())
                .isEqualTo(201);
    }

    private static String hook(String events) {
        return "{'name':'Bellhop','url':'http://ci.invalid/x','active':true,'events':[" + events
                + "],'configuration':{'secret':'s'},'sslVerificationRequired':true}";
    }

    private Reply add(String path, ClientKey key) throws Exception {
        return add(path, key, "REPO_READ");
    }

    private Reply add(String path, ClientKey key, String permission) throws Exception {
        return rest.post(path, "{'key':{'text':'" + key.text() + "'},'permission':'" + permission + "'}");
    }
}

package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what on Data Center, and how it says no. */
class DataCenterAccessTest {

    private static final String APP = "/api/latest/projects/PRJ/repos/app";

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
    void versionIsForEverybody() throws Exception {
        RestClient nobody = new RestClient(forge, "");

        assertThat(nobody.get("/api/latest/application-properties")
                        .json()
                        .path("version")
                        .asText())
                .isEqualTo("9.2.0");
        assertThat(nobody.get(APP).status()).isEqualTo(401);
        forge.dataCenter().installation().old(true);
        assertThat(nobody.get("/api/1.0/application-properties")
                        .json()
                        .path("version")
                        .asText())
                .startsWith("6.");
    }

    @Test
    void missingPermissionLooksLikeMissingLogin() throws Exception {
        RestClient reader = new RestClient(forge, forge.createHttpAccessToken("alice", "REPO_READ"));

        assertThat(reader.get(APP).status()).isEqualTo(200);
        Reply hooks = reader.get(APP + "/webhooks");
        assertThat(hooks.status()).isEqualTo(401);
        JsonNode error = hooks.json().at("/errors/0");
        assertThat(error.path("context").isNull()).isTrue();
        assertThat(error.path("message").asText()).contains("not permitted");
        assertThat(error.path("exceptionName").asText()).startsWith("com.atlassian.bitbucket.");
        RestClient stranger = new RestClient(forge, forge.createHttpAccessToken("mallory", "REPO_ADMIN"));
        assertThat(stranger.get(APP).status()).isEqualTo(401);
    }

    @Test
    void tokenOfAPersonIsAlsoThePassword() throws Exception {
        String token = forge.createHttpAccessToken("alice", "REPO_ADMIN");

        Reply reply = RestClient.basic(forge, "alice", token).get(APP);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-AUSERNAME")).isEqualTo("alice");
        assertThat(RestClient.basic(forge, "bob", token).get(APP).status()).isEqualTo(401);
    }

    @Test
    void tokenOfARepositoryOrProjectStandsAlone() throws Exception {
        SandboxRepository other = forge.createRepository("PRJ", "other", true);
        String ofRepository = forge.createHttpAccessToken(app, "REPO_ADMIN");
        String ofProject = forge.createProjectToken("PRJ", "PROJECT_READ");
        String otherPath = APP.replace("/app", "/" + other.name());

        assertThat(new RestClient(forge, ofRepository).get(APP + "/webhooks").status())
                .isEqualTo(200);
        assertThat(new RestClient(forge, ofRepository).get(otherPath).status()).isEqualTo(401);
        assertThat(new RestClient(forge, ofProject).get(otherPath).status()).isEqualTo(200);
        assertThat(new RestClient(forge, ofProject).get(otherPath + "/webhooks").status())
                .isEqualTo(401);
        assertThat(RestClient.basic(forge, "alice", ofRepository).get(APP).status())
                .isEqualTo(401);
    }

    @Test
    void nothingOfThatName() throws Exception {
        assertThat(rest.get("/api/latest/projects/dev/repos/x")
                        .json()
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("Project dev does not exist.");
        assertThat(rest.get("/api/latest/projects/PRJ/repos/x")
                        .json()
                        .at("/errors/0/exceptionName")
                        .asText())
                .isEqualTo("com.atlassian.bitbucket.repository.NoSuchRepositoryException");
    }

    @Test
    void listsComePageByPage() throws Exception {
        for (int i = 0; i < 3; i++) {
            forge.createRepository("PRJ", "more" + i, true);
        }
        forge.createRepository("OTHER", "hidden", true);

        JsonNode first =
                rest.get("/api/latest/repos?permission=REPO_ADMIN&limit=3").json();
        assertThat(first.path("isLastPage").asBoolean()).isFalse();
        assertThat(first.path("values")).hasSize(3);
        JsonNode second = rest.get("/api/latest/repos?permission=REPO_ADMIN&limit=3&start="
                        + first.path("nextPageStart").asText())
                .json();
        assertThat(second.path("isLastPage").asBoolean()).isTrue();
        assertThat(second.has("nextPageStart")).isFalse();
        assertThat(second.path("values"))
                .extracting(value -> value.path("slug").asText())
                .containsExactly("more2");
    }

    @Test
    void tooManyRequests() throws Exception {
        forge.limitNext("GET", ".*/webhooks", Duration.ofSeconds(7));

        Reply limited = rest.get(APP + "/webhooks");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        assertThat(limited.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(rest.get(APP + "/webhooks").status()).isEqualTo(200);
    }
}

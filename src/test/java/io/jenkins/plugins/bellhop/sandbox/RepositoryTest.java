package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository as a whole: reading it, renaming it, losing it, and the statuses of its commits. */
class RepositoryTest {

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
        app.settings().addHook(HookSettings.json(receiver.url(), "s", "repository"));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void repositoryIsReadByNameInAnyCaseAndById() throws Exception {
        JsonNode json = rest.get("/repos/octo/app").json();

        assertThat(json.path("id").asLong()).isEqualTo(app.id());
        assertThat(json.path("full_name").asText()).isEqualTo("octo/app");
        assertThat(json.path("private").asBoolean()).isTrue();
        assertThat(json.path("default_branch").asText()).isEqualTo("main");
        assertThat(json.path("ssh_url").asText()).isEqualTo(forge.sshUrl(app));
        assertThat(json.path("html_url").asText()).isEqualTo(forge.webUrl() + "/octo/app");
        assertThat(json.path("archived").asBoolean(true)).isFalse();
        assertThat(json.at("/permissions/admin").asBoolean()).isTrue();
        assertThat(rest.get("/repos/OCTO/App").json()).isEqualTo(json);
        assertThat(rest.get("/repositories/" + app.id()).json()).isEqualTo(json);
        assertThat(rest.get("/repositories/" + app.id() + "/hooks").json()).hasSize(1);
    }

    @Test
    void oldNameLeadsToTheNumber() throws Exception {
        app.rename("application");
        String number = forge.apiUrl() + "/repositories/" + app.id();

        Reply read = rest.get("/repos/octo/app/keys?per_page=5");
        Reply written = rest.post("/repos/octo/app/keys", "{}");

        assertThat(read.status()).isEqualTo(301);
        assertThat(read.header("Location")).isEqualTo(number + "/keys?per_page=5");
        assertThat(read.json().path("url").asText()).isEqualTo(number + "/keys?per_page=5");
        assertThat(read.json().path("message").asText()).isEqualTo("Moved Permanently");
        assertThat(written.status()).isEqualTo(307);
        assertThat(written.header("Location")).isEqualTo(number + "/keys");
        assertThat(rest.get(number).json().path("full_name").asText()).isEqualTo("octo/application");
    }

    @Test
    void oldNameOfAPrivateRepositoryIsNoSecretHole() throws Exception {
        app.rename("application");

        assertThat(new RestClient(forge, forge.createToken("stranger", Set.of("repo")))
                        .get("/repos/octo/app")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void oldNameGivenAwayLeadsNowhere() throws Exception {
        app.rename("application");
        SandboxRepository other = forge.createRepository("octo", "app", true);

        assertThat(rest.get("/repos/octo/app").json().path("id").asLong()).isEqualTo(other.id());
        other.rename("elsewhere");
        assertThat(rest.get("/repos/octo/app").header("Location")).endsWith("/" + other.id());
        SandboxRepository third = forge.createRepository("octo", "third", true);
        third.rename("app");
        third.delete();
        assertThat(rest.get("/repos/octo/app").status()).isEqualTo(404);
    }

    @Test
    void renameIsTold() {
        app.rename("application");

        JsonNode event = event();

        assertThat(event.path("action").asText()).isEqualTo("renamed");
        assertThat(event.at("/changes/repository/name/from").asText()).isEqualTo("app");
        assertThat(event.at("/repository/full_name").asText()).isEqualTo("octo/application");
        assertThat(event.at("/repository/id").asLong()).isEqualTo(app.id());
    }

    @Test
    void transferTakesHooksAlongAndNamesTheOldOwner() throws Exception {
        forge.addMember("acme", "octo", Role.ADMIN);
        app.transfer("acme");

        JsonNode event = event();

        assertThat(event.path("action").asText()).isEqualTo("transferred");
        assertThat(event.at("/changes/owner/from/user/login").asText()).isEqualTo("octo");
        assertThat(event.at("/repository/full_name").asText()).isEqualTo("acme/app");
        assertThat(event.at("/organization/login").asText()).isEqualTo("acme");
        assertThat(rest.get("/repos/octo/app").status()).isEqualTo(301);
        assertThat(rest.get("/repos/acme/app/hooks").json()).hasSize(1);
    }

    @Test
    void otherDefaultBranchIsTold() throws Exception {
        app.createBranch("trunk", app.head("main"));
        app.changeDefaultBranch("trunk");

        assertThat(event().path("action").asText()).isEqualTo("edited");
        assertThat(event().at("/changes/default_branch/from").asText()).isEqualTo("main");
        assertThat(rest.get("/repos/octo/app").json().path("default_branch").asText())
                .isEqualTo("trunk");
    }

    @Test
    void deletionIsToldAndFinal() throws Exception {
        app.delete();

        assertThat(event().path("action").asText()).isEqualTo("deleted");
        assertThat(rest.get("/repos/octo/app").status()).isEqualTo(404);
        assertThat(rest.get("/repositories/" + app.id()).status()).isEqualTo(404);
        assertThat(forge.repository("octo/app")).isEmpty();
    }

    @Test
    void refsAreReadInEveryWay() throws Exception {
        app.createBranch("feature/a", app.head("main"));
        app.tag("v1", app.head("main"));
        String object = app.annotatedTag("v2", app.head("main"), "Two");

        assertThat(rest.get("/repos/octo/app/branches").json().findValuesAsText("name"))
                .containsExactly("feature/a", "main");
        assertThat(rest.get("/repos/octo/app/branches/feature/a")
                        .json()
                        .at("/commit/sha")
                        .asText())
                .isEqualTo(app.head("main"));
        assertThat(rest.get("/repos/octo/app/branches/absent").status()).isEqualTo(404);
        assertThat(rest.get("/repos/octo/app/git/ref/tags/v2")
                        .json()
                        .at("/object/sha")
                        .asText())
                .isEqualTo(object);
        assertThat(rest.get("/repos/octo/app/git/matching-refs/tags/v").json().findValuesAsText("type"))
                .containsExactly("commit", "tag");
        assertThat(rest.get("/repos/octo/app/tags")
                        .json()
                        .get(1)
                        .at("/commit/sha")
                        .asText())
                .isEqualTo(app.head("main"));
        assertThat(rest.get("/repos/octo/app/commits/feature/a")
                        .json()
                        .at("/commit/message")
                        .asText())
                .isEqualTo("First commit");
    }

    @Test
    void filesAreReadAtARef() throws Exception {
        app.commit("feature", Map.of("Jenkinsfile", "node {}"), "Add a Jenkinsfile");

        assertThat(rest.get("/repos/octo/app/contents/Jenkinsfile").status()).isEqualTo(404);
        JsonNode file =
                rest.get("/repos/octo/app/contents/Jenkinsfile?ref=feature").json();
        assertThat(new String(
                        Base64.getMimeDecoder().decode(file.path("content").asText()), StandardCharsets.UTF_8))
                .isEqualTo("node {}");
    }

    @Test
    void ownRepositoriesAreListed() throws Exception {
        forge.createRepository("stranger", "public", false);
        forge.addMember("acme", "octo", Role.READ);
        forge.createRepository("acme", "tool", true);

        assertThat(rest.get("/user/repos?per_page=100").json().findValuesAsText("full_name"))
                .containsExactly("octo/app", "acme/tool");
        assertThat(new RestClient(forge, forge.createToken("octo", Set.of("public_repo")))
                        .get("/user/repos")
                        .json())
                .isEmpty();
    }

    @Test
    void latestStatusOfEachContextMakesTheWhole() throws Exception {
        String sha = app.head("main");
        Reply pending = status(sha, "pending", "bellhop", "Queued");
        status(sha, "success", "other", "Fine");

        assertThat(pending.status()).isEqualTo(201);
        assertThat(pending.json().path("description").asText()).isEqualTo("Queued");
        assertThat(pending.json().at("/creator/login").asText()).isEqualTo("octo");
        assertThat(combined(sha)).isEqualTo("pending");
        status(sha, "failure", "bellhop", "Broken");
        assertThat(combined("main")).isEqualTo("failure");
        status(sha, "success", "BELLHOP", "Repaired");
        assertThat(combined(sha)).isEqualTo("success");
        assertThat(app.statuses(sha)).hasSize(4);
        assertThat(rest.get("/repos/octo/app/commits/" + sha + "/statuses")
                        .json()
                        .get(0)
                        .path("description")
                        .asText())
                .isEqualTo("Repaired");
    }

    @Test
    void statusesAreChecked() throws Exception {
        String sha = app.head("main");

        assertThat(status(sha, "success", "c", "x".repeat(140)).status()).isEqualTo(201);
        assertThat(status(sha, "success", "c", "x".repeat(141)).status()).isEqualTo(422);
        assertThat(status(sha, "running", "c", "").status()).isEqualTo(422);
        Reply unknown = status("0".repeat(39) + "1", "success", "c", "");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().path("message").asText()).startsWith("No commit found for SHA");
    }

    private Reply status(String sha, String state, String context, String description) throws Exception {
        return rest.post(
                "/repos/octo/app/statuses/" + sha,
                "{'state':'" + state + "','context':'" + context + "','description':'" + description + "'}");
    }

    private String combined(String ref) throws Exception {
        return rest.get("/repos/octo/app/commits/" + ref + "/status")
                .json()
                .path("state")
                .asText();
    }

    private JsonNode event() {
        forge.awaitDeliveries();
        return receiver.last().json();
    }
}

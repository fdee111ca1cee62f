package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.Receiver.Received;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Data Center sends. */
class DataCenterWebhookTest {

    private static final String APP = "/api/latest/projects/PRJ/repos/app";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private RestClient rest;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_DC);
        app = forge.createRepository("PRJ", "app", true);
        forge.addMember("PRJ", "alice", Role.ADMIN);
        rest = new RestClient(forge, forge.createHttpAccessToken("alice", "REPO_ADMIN"));
        app.settings()
                .addHook(HookSettings.json(
                        receiver.url(),
                        "s",
                        "repo:refs_changed",
                        "repo:modified",
                        "mirror:repo_synchronized",
                        "pr:opened",
                        "pr:from_ref_updated",
                        "pr:modified",
                        "pr:merged",
                        "pr:declined",
                        "pr:deleted"));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void deliveryIsSigned() throws Exception {
        String before = app.head("main");
        String after = app.commit("main", Map.of("a.txt", "a"), "Add a");

        Received push = only();
        assertThat(push.signedWith("s")).isTrue();
        assertThat(push.header("X-Event-Key")).isEqualTo("repo:refs_changed");
        assertThat(push.header("X-Request-Id")).matches("[0-9a-f-]{36}");
        JsonNode json = push.json();
        assertThat(json.path("eventKey").asText()).isEqualTo("repo:refs_changed");
        assertThat(json.at("/changes/0/fromHash").asText()).isEqualTo(before);
        assertThat(json.at("/changes/0/toHash").asText()).isEqualTo(after);
        assertThat(json.at("/changes/0/type").asText()).isEqualTo("UPDATE");
        assertThat(json.at("/commits")).hasSize(1);
        assertThat(json.at("/toCommit/message").asText()).isEqualTo("Add a");
    }

    @Test
    void onePushTellsAllItsChanges() {
        String sha = app.head("main");
        app.createBranch("old", sha);
        forge.awaitDeliveries();
        receiver.forget();
        Map<String, String> targets = new TreeMap<>();
        targets.put("refs/heads/new", sha);
        targets.put("refs/heads/old", RefChange.NOTHING);
        targets.put("refs/tags/v1", sha);
        app.push(targets);

        JsonNode json = only().json();
        assertThat(json.path("changes"))
                .extracting(change -> change.path("type").asText()
                        + " "
                        + change.at("/ref/type").asText()
                        + " "
                        + change.path("refId").asText())
                .containsExactly("ADD BRANCH refs/heads/new", "DELETE BRANCH refs/heads/old", "ADD TAG refs/tags/v1");
        assertThat(json.at("/changes/0/fromHash").asText()).isEqualTo(RefChange.NOTHING);
        assertThat(json.at("/changes/1/toHash").asText()).isEqualTo(RefChange.NOTHING);
        assertThat(json.has("commits")).isFalse();
    }

    @Test
    void listIsCutAtFiveCommits() {
        forge.loseWebhooks(true);
        for (int i = 0; i < 6; i++) {
            app.commit("work", Map.of("n.txt", "" + i), "Number " + i);
        }
        forge.loseWebhooks(false);
        app.push(Map.of("refs/heads/main", app.head("work")));

        JsonNode json = only().json();
        assertThat(json.path("commits")).hasSize(5);
        assertThat(json.at("/toCommit/id").asText()).isEqualTo(app.head("main"));
    }

    @Test
    void failureIsNotTriedAgainAndOpensTheCircuit() throws Exception {
        forge.dataCenter().installation().circuitBreak(Duration.ofMillis(300));
        receiver.answer(500);
        for (int i = 0; i < 7; i++) {
            app.commit("main", Map.of("a.txt", "" + i), "Number " + i);
            forge.awaitDeliveries();
        }
        assertThat(receiver.received()).hasSize(5);

        receiver.answer(200);
        Thread.sleep(320);
        app.commit("main", Map.of("a.txt", "x"), "Back again");
        app.commit("main", Map.of("a.txt", "y"), "And again");
        forge.awaitDeliveries();
        assertThat(receiver.received()).hasSize(7);
    }

    @Test
    void pullRequestFromOpeningToMerge() {
        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.createBranch("dev", app.head("main"));
        app.pulls().open(app, "feature", "main", "A", false);
        String before = app.head("feature");
        app.commit("feature", Map.of("b.txt", "b"), "Add b");
        app.pulls().retarget(1, "dev");
        app.pulls().draft(1, true);
        app.pulls().retitle(1, "B");
        app.pulls().close(1, true);
        forge.awaitDeliveries();

        assertThat(receiver.events().stream().filter(event -> event.startsWith("pr:")))
                .containsExactly(
                        "pr:opened", "pr:from_ref_updated", "pr:modified", "pr:modified", "pr:modified", "pr:merged");
        assertThat(pr("pr:from_ref_updated", 0).path("previousFromHash").asText())
                .isEqualTo(before);
        JsonNode retargeted = pr("pr:modified", 0);
        assertThat(retargeted.at("/previousTarget/id").asText()).isEqualTo("refs/heads/main");
        assertThat(retargeted.at("/pullRequest/toRef/id").asText()).isEqualTo("refs/heads/dev");
        assertThat(retargeted.path("previousDraft").asBoolean()).isFalse();
        JsonNode drafted = pr("pr:modified", 1);
        assertThat(drafted.path("previousDraft").asBoolean()).isFalse();
        assertThat(drafted.at("/pullRequest/draft").asBoolean()).isTrue();
        assertThat(drafted.at("/previousTarget/id").asText()).isEqualTo("refs/heads/dev");
        assertThat(pr("pr:modified", 2).path("previousTitle").asText()).isEqualTo("A");
        assertThat(pr("pr:modified", 2).path("previousDraft").asBoolean()).isTrue();
        assertThat(pr("pr:merged", 0)
                        .at("/pullRequest/properties/mergeCommit/id")
                        .asText())
                .isEqualTo(app.head("dev"));
    }

    @Test
    void declinedReopenedDeleted() {
        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.pulls().open(app, "feature", "main", "A", false);
        app.pulls().close(1, false);
        app.pulls().reopen(1);
        app.pulls().delete(1);
        forge.awaitDeliveries();

        assertThat(receiver.events().subList(1, 4)).containsExactly("pr:opened", "pr:declined", "pr:deleted");
        assertThat(app.git().refs("refs/pull-requests/")).isEmpty();
    }

    @Test
    void renameAndMoveTellOldAndNew() {
        app.rename("renamed");
        app.transfer("NEXT");
        forge.awaitDeliveries();

        JsonNode renamed = receiver.received().get(0).json();
        assertThat(renamed.at("/old/slug").asText()).isEqualTo("app");
        assertThat(renamed.at("/new/slug").asText()).isEqualTo("renamed");
        assertThat(renamed.at("/old/id")).isEqualTo(renamed.at("/new/id"));
        JsonNode moved = receiver.received().get(1).json();
        assertThat(moved.at("/old/project/key").asText()).isEqualTo("PRJ");
        assertThat(moved.at("/new/project/key").asText()).isEqualTo("NEXT");
    }

    @Test
    void mirrorNamesTheChangesOrGivesUp() {
        RefChange change = app.git().describe("refs/heads/main", RefChange.NOTHING, app.head("main"));
        forge.dataCenter().mirrored(app, List.of(change), false);
        forge.dataCenter().mirrored(app, List.of(change), true);
        forge.awaitDeliveries();

        assertThat(receiver.events()).containsOnly("mirror:repo_synchronized");
        assertThat(receiver.received().get(0).json().path("changes")).hasSize(1);
        assertThat(receiver.last().json().path("refLimitExceeded").asBoolean()).isTrue();
        assertThat(receiver.last().json().path("changes")).isEmpty();
    }

    @Test
    void testMessageIsNeverSigned() throws Exception {
        assertThat(rest.post(APP + "/webhooks/test?url=" + receiver.url(), "").status())
                .isEqualTo(200);

        assertThat(receiver.last().header("X-Event-Key")).isEqualTo("diagnostics:ping");
        assertThat(receiver.last().header("X-Hub-Signature")).isNull();
        assertThat(receiver.last().json().toString()).isEqualTo("{\"test\":true}");
        assertThat(app.deliveries()).isEmpty();
    }

    @Test
    void lastDeliveryOfAHook() throws Exception {
        String latest = APP + "/webhooks/" + app.hooks().get(0).id() + "/latest";
        assertThat(rest.get(latest).status()).isEqualTo(204);

        app.commit("main", Map.of("a.txt", "a"), "Add a");
        forge.awaitDeliveries();

        assertThat(rest.get(latest).json().at("/result/outcome").asText()).isEqualTo("SUCCESS");
        assertThat(rest.get(latest + "?outcome=FAILURE").status()).isEqualTo(204);
    }

    @Test
    void deletingABranchDeclinesWhatCameFromIt() {
        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.pulls().open(app, "feature", "main", "A", false);
        app.deleteBranch("feature");
        forge.awaitDeliveries();

        assertThat(receiver.last().header("X-Event-Key")).isEqualTo("pr:declined");
    }

    private JsonNode pr(String event, int index) {
        return receiver.received(event).get(index).json();
    }

    private Received only() {
        forge.awaitDeliveries();
        assertThat(receiver.received()).hasSize(1);
        return receiver.last();
    }
}

package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.Receiver.Received;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Bitbucket Cloud sends. */
class CloudWebhookTest {

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_CLOUD);
        app = forge.createRepository("alice", "app", true);
        app.settings()
                .addHook(HookSettings.json(
                        receiver.url(),
                        "s",
                        "repo:push",
                        "repo:updated",
                        "repo:transfer",
                        "repo:deleted",
                        "pullrequest:created",
                        "pullrequest:updated",
                        "pullrequest:fulfilled",
                        "pullrequest:rejected"));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void newHookHearsNothing() {
        forge.awaitDeliveries();

        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void deliveryIsSignedAndNumbered() throws Exception {
        app.commit("main", Map.of("a.txt", "a"), "Add a");

        Received push = only();
        assertThat(push.signedWith("s")).isTrue();
        assertThat(push.header("X-Event-Key")).isEqualTo("repo:push");
        assertThat(push.header("X-Hook-UUID")).matches("[0-9a-f-]{36}");
        assertThat(push.header("X-Request-UUID")).matches("[0-9a-f-]{36}");
        assertThat(push.header("X-Attempt-Number")).isEqualTo("1");
    }

    @Test
    void onlyServerErrorsAreTriedAgain() {
        receiver.answer(503);
        app.commit("main", Map.of("a.txt", "a"), "Add a");
        forge.awaitDeliveries();

        assertThat(receiver.received())
                .extracting(delivery -> delivery.header("X-Attempt-Number"))
                .containsExactly("1", "2", "3");
        assertThat(receiver.received())
                .extracting(delivery -> delivery.header("X-Request-UUID"))
                .containsOnly(receiver.last().header("X-Request-UUID"));
        receiver.forget();
        receiver.answer(404);
        app.commit("main", Map.of("a.txt", "b"), "Change a");
        forge.awaitDeliveries();
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void largePayloadIsLost() {
        app.commit("main", Map.of("a.txt", "a"), "x".repeat(300 * 1024));
        forge.awaitDeliveries();

        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void onePushTellsAllItsChanges() throws Exception {
        String sha = app.head("main");
        app.createBranch("old", sha);
        receiver.forget();
        Map<String, String> targets = new TreeMap<>();
        targets.put("refs/heads/new", sha);
        targets.put("refs/heads/old", RefChange.NOTHING);
        targets.put("refs/tags/v1", sha);
        forge.awaitDeliveries();
        receiver.forget();
        app.push(targets);

        JsonNode changes = only().json().at("/push/changes");
        assertThat(changes).hasSize(3);
        assertThat(changes.at("/0/new/type").asText()).isEqualTo("branch");
        assertThat(changes.at("/0/old").isNull()).isTrue();
        assertThat(changes.at("/0/created").asBoolean()).isTrue();
        assertThat(changes.at("/1/new").isNull()).isTrue();
        assertThat(changes.at("/1/closed").asBoolean()).isTrue();
        assertThat(changes.at("/1/old/name").asText()).isEqualTo("old");
        assertThat(changes.at("/2/new/type").asText()).isEqualTo("tag");
        assertThat(changes.at("/2/new/target/hash").asText()).isEqualTo(sha);
    }

    @Test
    void moreThanFiveCommitsAreCutShort() throws Exception {
        forge.loseWebhooks(true);
        String start = app.head("main");
        for (int i = 0; i < 6; i++) {
            app.commit("work", Map.of("n.txt", "" + i), "Number " + i);
        }
        forge.loseWebhooks(false);
        app.push(Map.of("refs/heads/main", app.head("work")));

        JsonNode change = only().json().at("/push/changes/0");
        assertThat(change.at("/truncated").asBoolean()).isTrue();
        assertThat(change.at("/commits")).hasSize(5);
        assertThat(change.at("/commits/0/hash").asText()).isEqualTo(app.head("main"));
        assertThat(change.at("/old/target/hash").asText()).isEqualTo(start);
        receiver.forget();
        app.push(Map.of("refs/heads/main", start));
        assertThat(only().json().at("/push/changes/0/forced").asBoolean()).isTrue();
    }

    @Test
    void pushMayNameNoChange() throws Exception {
        forge.pushUnnamed(app);

        JsonNode json = only().json();
        assertThat(json.at("/push/changes").isArray()).isTrue();
        assertThat(json.at("/push/changes")).isEmpty();
        assertThat(json.at("/repository/full_name").asText()).isEqualTo("alice/app");
        assertThat(json.at("/repository/mainbranch").isMissingNode()).isTrue();
    }

    @Test
    void pullRequestFromCreationToMerge() {
        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.createBranch("dev", app.head("main"));
        app.pulls().open(app, "feature", "main", "A", false);
        app.commit("feature", Map.of("b.txt", "b"), "Add b");
        app.pulls().retitle(1, "AB");
        app.pulls().retarget(1, "dev");
        app.pulls().draft(1, true);
        app.pulls().close(1, true);
        forge.awaitDeliveries();

        assertThat(receiver.events().stream().filter(event -> event.startsWith("pull")))
                .containsExactly(
                        "pullrequest:created",
                        "pullrequest:updated",
                        "pullrequest:updated",
                        "pullrequest:updated",
                        "pullrequest:updated",
                        "pullrequest:fulfilled");
        JsonNode merged =
                receiver.received("pullrequest:fulfilled").get(0).json().path("pullrequest");
        assertThat(merged.path("state").asText()).isEqualTo("MERGED");
        assertThat(merged.at("/source/commit/hash").asText()).hasSize(12);
        assertThat(merged.at("/destination/branch/name").asText()).isEqualTo("dev");
    }

    @Test
    void declinedPullRequestStaysSo() {
        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.pulls().open(app, "feature", "main", "A", false);
        app.pulls().close(1, false);
        forge.awaitDeliveries();

        assertThat(receiver.last().header("X-Event-Key")).isEqualTo("pullrequest:rejected");
        assertThatIllegalStateException().isThrownBy(() -> app.pulls().reopen(1));
    }

    @Test
    void renameTellsBothNames() throws Exception {
        app.rename("Renamed");

        JsonNode json = only().json();
        assertThat(json.at("/changes/full_name/old").asText()).isEqualTo("alice/app");
        assertThat(json.at("/changes/full_name/new").asText()).isEqualTo("alice/renamed");
        assertThat(json.at("/changes/name/new").asText()).isEqualTo("Renamed");
        assertThat(json.at("/repository/full_name").asText()).isEqualTo("alice/renamed");
    }

    @Test
    void transferAndDeletion() {
        app.transfer("acme");
        app.delete();
        forge.awaitDeliveries();

        assertThat(receiver.events()).isEqualTo(List.of("repo:transfer", "repo:deleted"));
        assertThat(receiver.last().json().at("/repository/full_name").asText()).isEqualTo("acme/app");
    }

    private Received only() {
        forge.awaitDeliveries();
        assertThat(receiver.received()).hasSize(1);
        return receiver.last();
    }
}

package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What webhooks tell of pushes. */
class PushEventTest {

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        forge = SandboxForge.start(directory);
        app = forge.createRepository("octo", "app", true);
        app.settings().addHook(HookSettings.json(receiver.url(), "s", "push", "create", "delete"));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void commitOnABranch() {
        String before = app.head("main");
        String after = app.commit("main", Map.of("a.txt", "a", "README.md", "new"), "Add a file");

        JsonNode push = push();

        assertThat(push.path("ref").asText()).isEqualTo("refs/heads/main");
        assertThat(push.path("before").asText()).isEqualTo(before);
        assertThat(push.path("after").asText()).isEqualTo(after);
        assertThat(push.path("created").asBoolean()).isFalse();
        assertThat(push.path("deleted").asBoolean()).isFalse();
        assertThat(push.path("forced").asBoolean()).isFalse();
        assertThat(push.path("base_ref").isNull()).isTrue();
        assertThat(push.path("compare").asText())
                .isEqualTo(forge.webUrl() + "/octo/app/compare/" + before.substring(0, 12) + "..."
                        + after.substring(0, 12));
        assertThat(push.path("commits")).hasSize(1);
        assertThat(push.path("commits").get(0)).isEqualTo(push.path("head_commit"));
        assertThat(push.at("/head_commit/id").asText()).isEqualTo(after);
        assertThat(push.at("/head_commit/message").asText()).isEqualTo("Add a file");
        assertThat(push.at("/head_commit/added").toString()).isEqualTo("[\"a.txt\"]");
        assertThat(push.at("/head_commit/modified").toString()).isEqualTo("[\"README.md\"]");
        assertThat(push.at("/pusher/name").asText()).isEqualTo("octo");
        assertThat(push.at("/sender/login").asText()).isEqualTo("octo");
        assertThat(push.has("organization")).isFalse();
    }

    @Test
    void repositoryOfAPush() {
        app.commit("main", Map.of("a.txt", "a"), "Add a file");

        JsonNode repository = push().path("repository");

        assertThat(repository.path("id").asLong()).isEqualTo(app.id());
        assertThat(repository.path("full_name").asText()).isEqualTo("octo/app");
        assertThat(repository.at("/owner/login").asText()).isEqualTo("octo");
        assertThat(repository.path("private").asBoolean()).isTrue();
        assertThat(repository.path("fork").asBoolean()).isFalse();
        assertThat(repository.path("default_branch").asText()).isEqualTo("main");
        assertThat(repository.path("master_branch").asText()).isEqualTo("main");
        assertThat(repository.path("ssh_url").asText()).isEqualTo(forge.sshUrl(app));
        assertThat(repository.path("clone_url").asText()).isEqualTo(forge.webUrl() + "/octo/app.git");
        assertThat(repository.path("url").asText()).isEqualTo(forge.webUrl() + "/octo/app");
        assertThat(repository.path("pushed_at").isIntegralNumber()).isTrue();
    }

    @Test
    void newBranchAtAnExistingCommit() {
        app.createBranch("feature", app.head("main"));

        JsonNode push = push();

        assertThat(push.path("created").asBoolean()).isTrue();
        assertThat(push.path("before").asText()).isEqualTo(RefChange.NOTHING);
        assertThat(push.path("base_ref").asText()).isEqualTo("refs/heads/main");
        assertThat(push.path("commits")).isEmpty();
        assertThat(push.at("/head_commit/id").asText()).isEqualTo(app.head("main"));
        assertThat(event("create").path("ref").asText()).isEqualTo("feature");
        assertThat(event("create").path("ref_type").asText()).isEqualTo("branch");
    }

    @Test
    void newBranchWithACommitOfItsOwn() {
        app.commit("feature/a", Map.of("a.txt", "a"), "Begin");

        assertThat(push().path("commits")).hasSize(1);
        assertThat(push().path("ref").asText()).isEqualTo("refs/heads/feature/a");
    }

    @Test
    void deletedBranch() {
        String sha = app.commit("feature", Map.of("a.txt", "a"), "Begin");
        forge.awaitDeliveries();
        receiver.forget();
        app.deleteBranch("feature");

        JsonNode push = push();

        assertThat(push.path("deleted").asBoolean()).isTrue();
        assertThat(push.path("before").asText()).isEqualTo(sha);
        assertThat(push.path("after").asText()).isEqualTo(RefChange.NOTHING);
        assertThat(push.path("head_commit").isNull()).isTrue();
        assertThat(event("delete").path("ref").asText()).isEqualTo("feature");
    }

    @Test
    void branchMovedBackIsForced() {
        String first = app.head("main");
        app.commit("main", Map.of("a.txt", "a"), "Take it back");
        forge.awaitDeliveries();
        receiver.forget();
        app.push(Map.of("refs/heads/main", first));

        assertThat(push().path("forced").asBoolean()).isTrue();
        assertThat(push().path("commits")).isEmpty();
    }

    @Test
    void bothKindsOfTags() {
        String light = app.tag("v1", app.head("main"));
        String annotated = app.annotatedTag("v2", app.head("main"), "Release two");
        forge.awaitDeliveries();

        List<JsonNode> pushes =
                receiver.received("push").stream().map(Receiver.Received::json).toList();

        assertThat(pushes.get(0).path("ref").asText()).isEqualTo("refs/tags/v1");
        assertThat(pushes.get(0).path("after").asText()).isEqualTo(light);
        assertThat(pushes.get(1).path("after").asText()).isEqualTo(annotated).isNotEqualTo(light);
        assertThat(pushes.get(1).at("/head_commit/id").asText()).isEqualTo(light);
        assertThat(event("create").path("ref_type").asText()).isEqualTo("tag");
    }

    @Test
    void deletedTag() {
        String sha = app.tag("v1", app.head("main"));
        app.deleteTag("v1");

        assertThat(push().path("ref").asText()).isEqualTo("refs/tags/v1");
        assertThat(push().path("before").asText()).isEqualTo(sha);
        assertThat(push().path("deleted").asBoolean()).isTrue();
        assertThat(event("delete").path("ref_type").asText()).isEqualTo("tag");
    }

    @Test
    void moreThanThreeTagsAtOnceAreNotTold() {
        String sha = app.head("main");
        app.push(Map.of("refs/tags/a", sha, "refs/tags/b", sha, "refs/tags/c", sha));
        forge.awaitDeliveries();
        assertThat(receiver.received("push")).hasSize(3);
        receiver.forget();

        app.push(Map.of("refs/tags/d", sha, "refs/tags/e", sha, "refs/tags/f", sha, "refs/tags/g", sha));
        forge.awaitDeliveries();
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void pushThatMovesNothingIsNoPush() {
        app.push(Map.of("refs/heads/main", app.head("main")));
        forge.awaitDeliveries();

        assertThat(receiver.received("push")).isEmpty();
    }

    @Test
    void defaultBranchCannotBeDeleted() {
        assertThatThrownBy(() -> app.deleteBranch("main")).hasMessageContaining("default branch");
    }

    @Test
    void organizationIsNamedAndAMemberActs() {
        forge.addMember("acme", "robin", Role.WRITE);
        SandboxRepository repository = forge.createRepository("acme", "tool", false);
        repository.settings().addHook(HookSettings.json(receiver.url(), "s", "push"));
        repository.commit("main", Map.of("a.txt", "a"), "Add a file");

        JsonNode push = push();

        assertThat(push.at("/organization/login").asText()).isEqualTo("acme");
        assertThat(push.at("/repository/owner/type").asText()).isEqualTo("Organization");
        assertThat(push.at("/sender/login").asText()).isEqualTo("robin");
    }

    @Test
    void eventsArriveInTheOrderTheyHappened() {
        List<String> commits = List.of(
                app.commit("main", Map.of("a.txt", "1"), "One"),
                app.commit("main", Map.of("a.txt", "2"), "Two"),
                app.commit("main", Map.of("a.txt", "3"), "Three"));
        forge.awaitDeliveries();

        assertThat(receiver.received("push"))
                .extracting(push -> push.json().path("after").asText())
                .containsExactlyElementsOf(commits);
    }

    private JsonNode push() {
        return event("push");
    }

    /** The last event of this kind. */
    private JsonNode event(String name) {
        forge.awaitDeliveries();
        List<Receiver.Received> received = receiver.received(name);
        return received.get(received.size() - 1).json();
    }
}

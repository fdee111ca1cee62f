package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.SandboxAgent.Run;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Bellhop does on Bitbucket Cloud from the first call to the last, with real git and ssh. */
class CloudJourneyTest {

    private static final String EMAIL = "alice@example.org";

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxAgent agent;
    private SandboxRepository app;
    private RestClient rest;
    private Receiver receiver;
    private ClientKey key;

    @BeforeAll
    static void requirePrograms() {
        RequiredPrograms.find("git");
        RequiredPrograms.find("ssh");
        RequiredPrograms.find("ssh-keygen");
    }

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_CLOUD);
        agent = new SandboxAgent(directory.resolve("agent"));
        app = forge.createRepository("alice", "app", true);
        rest = RestClient.basic(forge, EMAIL, forge.createApiToken(EMAIL, CloudScopes.ALL));
        key = ClientKey.generate(directory, "key");
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void connectPushPullRequestForkRenameDisconnect() throws Exception {
        JsonNode repository = rest.get("/repositories/alice/app").json();
        assertThat(repository.at("/mainbranch/name").asText()).isEqualTo("main");
        String byUuid = "/repositories/alice/"
                + repository.path("uuid").asText().replace("{", "%7B").replace("}", "%7D");
        JsonNode added = rest.post(byUuid + "/deploy-keys", "{'key':'" + key.text() + "','label':'Bellhop'}")
                .json();
        JsonNode hook = rest.post(byUuid + "/hooks", hook()).json();
        assertThat(fetch(forge.sshUrl(app), "refs/heads/main", app.head("main")).exitCode())
                .isZero();

        String commit = app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.pulls().open(app, "feature", "main", "A", false);
        SandboxRepository fork = forge.fork(app, "guest");
        String foreign = fork.commit("fix", Map.of("fix.txt", "x"), "Fix it");
        app.pulls().open(fork, "fix", "main", "Fix", false);
        app.rename("renamed");
        forge.awaitDeliveries();

        assertThat(receiver.events())
                .containsExactly("repo:push", "pullrequest:created", "pullrequest:created", "repo:updated");
        assertThat(build(forge.sshUrl(app), "refs/heads/feature", commit).output())
                .contains("Add a");
        assertThat(rest.get(byUuid).json().path("full_name").asText()).isEqualTo("alice/renamed");
        Run base = fetch(forge.sshUrl(app), foreign, foreign);
        assertThat(base.exitCode()).as(base.output()).isNotZero();
        Run ofFork = fetch(forge.sshUrl(fork), "refs/heads/fix", foreign);
        assertThat(ofFork.output()).contains("deployment key is not associated with the requested repository");

        assertThat(rest.delete(byUuid + "/hooks/" + hook.path("uuid").asText().replaceAll("[{}]", ""))
                        .status())
                .isEqualTo(204);
        assertThat(rest.delete(byUuid + "/deploy-keys/" + added.path("id").asText())
                        .status())
                .isEqualTo(204);
        assertThat(fetch(forge.sshUrl(app), "refs/heads/main", app.head("main")).output())
                .contains("Permission denied (publickey)");
    }

    @Test
    void deployKeyOpensSeveralRepositoriesAndNeverWrites() throws Exception {
        SandboxRepository lib = forge.createRepository("alice", "app-lib", true);
        for (SandboxRepository repository : new SandboxRepository[] {app, lib}) {
            String path = "/repositories/" + repository.fullName() + "/deploy-keys";
            assertThat(rest.post(path, "{'key':'" + key.text() + "','label':'Shared'}")
                            .status())
                    .isEqualTo(200);
            assertThat(fetch(forge.sshUrl(repository), "refs/heads/main", repository.head("main"))
                            .exitCode())
                    .isZero();
        }

        Run push = fetch(forge.sshUrl(lib), "refs/heads/main", lib.head("main"))
                .then(
                        agent,
                        ClientKey.environment(forge, key),
                        "git",
                        "push",
                        forge.sshUrl(lib),
                        "HEAD:refs/heads/other");

        assertThat(push.output()).contains("repository access denied. access via a deployment key is read-only.");
        assertThat(lib.git().refs("refs/heads/")).containsOnlyKeys("refs/heads/main");
    }

    @Test
    void keyOfAPersonOpensTheForkToo() throws Exception {
        String user = rest.get("/user")
                .json()
                .path("uuid")
                .asText()
                .replace("{", "%7B")
                .replace("}", "%7D");
        assertThat(rest.post("/users/" + user + "/ssh-keys", "{'key':'" + key.text() + "'}")
                        .status())
                .isEqualTo(201);
        SandboxRepository fork = forge.fork(app, "guest");
        fork.grant("alice", Role.READ);
        String foreign = fork.commit("fix", Map.of("fix.txt", "x"), "Fix it");

        assertThat(build(forge.sshUrl(fork), "refs/heads/fix", foreign).output())
                .contains("Fix it");
        String elsewhere = forge.sshUrl(forge.createRepository("mallory", "secret", true));
        assertThat(fetch(elsewhere, "refs/heads/main", foreign).output())
                .contains("The requested repository either does not exist or you do not have access.");
    }

    private Run build(String url, String ref, String commit) throws Exception {
        return agent.build(url, ref, commit, ClientKey.environment(forge, key));
    }

    private Run fetch(String url, String ref, String commit) throws Exception {
        return agent.checkout(url, ref, commit, ClientKey.environment(forge, key));
    }

    private String hook() {
        return "{'description':'Bellhop','url':'" + receiver.url() + "','active':true,'secret':'s','events':"
                + "['repo:push','pullrequest:created','pullrequest:updated','repo:updated']}";
    }
}

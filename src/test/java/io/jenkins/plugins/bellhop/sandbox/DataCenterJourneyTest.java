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

/** What Bellhop does on Data Center from the first call to the last, with real git and ssh. */
class DataCenterJourneyTest {

    private static final String APP = "/api/latest/projects/PRJ/repos/app";
    private static final String KEYS = "/keys/latest/projects/PRJ/repos/app/ssh";

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
        forge = SandboxForge.start(directory.resolve("forge"), ForgeKind.BITBUCKET_DC);
        agent = new SandboxAgent(directory.resolve("agent"));
        app = forge.createRepository("PRJ", "app", true);
        forge.addMember("PRJ", "alice", Role.ADMIN);
        rest = new RestClient(forge, forge.createHttpAccessToken("alice", "REPO_ADMIN"));
        key = ClientKey.generate(directory, "key");
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
        receiver.close();
    }

    @Test
    void connectPushPullRequestForkRenameDisconnect() throws Exception {
        assertThat(rest.get(APP + "/default-branch").json().path("displayId").asText())
                .isEqualTo("main");
        JsonNode added = add(KEYS, "REPO_READ");
        JsonNode hook = rest.post(APP + "/webhooks", hook()).json();
        assertThat(fetch(forge.sshUrl(app), "refs/heads/main", app.head("main")).exitCode())
                .isZero();

        app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.pulls().open(app, "feature", "main", "A", false);
        SandboxRepository fork = forge.fork(app, "~bob");
        String foreign = fork.commit("fix", Map.of("fix.txt", "x"), "Fix it");
        app.pulls().open(fork, "fix", "main", "Fix", false);
        String oldUrl = forge.sshUrl(app);
        app.rename("renamed");
        forge.awaitDeliveries();

        assertThat(receiver.events()).containsExactly("repo:refs_changed", "pr:opened", "pr:opened", "repo:modified");
        assertThat(build(oldUrl, "refs/pull-requests/2/from", foreign).output()).contains("Fix it");
        assertThat(list(forge.sshUrl(app)).output())
                .contains("refs/pull-requests/2/from", "refs/pull-requests/2/merge");
        assertThat(list(forge.sshUrl(fork)).output()).contains("remote error: Repository not found");

        RestClient.Reply moved = rest.get(APP);
        assertThat(moved.status()).isEqualTo(301);
        assertThat(rest.get(moved.header("Location")).json().path("slug").asText())
                .isEqualTo("renamed");
        String renamed = APP.replace("/app", "/renamed");
        assertThat(rest.delete(renamed + "/webhooks/" + hook.path("id").asText())
                        .status())
                .isEqualTo(204);
        assertThat(rest.delete(KEYS.replace("/app", "/renamed") + "/"
                                + added.at("/key/id").asText())
                        .status())
                .isEqualTo(204);
        assertThat(list(forge.sshUrl(app)).output()).contains("Permission denied (publickey)");
    }

    @Test
    void oneKeyWithDifferentPermissions() throws Exception {
        SandboxRepository lib = forge.createRepository("PRJ", "app-lib", true);
        JsonNode reads = add(KEYS, "REPO_READ");
        JsonNode writes = add(KEYS.replace("/app/", "/app-lib/"), "REPO_WRITE");
        assertThat(reads.at("/key/id")).isEqualTo(writes.at("/key/id"));

        assertThat(push(app).output()).contains("You do not have permission to push to this repository");
        Run pushed = push(lib);
        assertThat(pushed.exitCode()).as(pushed.output()).isZero();
        assertThat(lib.git().refs("refs/heads/")).containsKey("refs/heads/other");

        String permission = KEYS + "/" + reads.at("/key/id").asText() + "/permission/REPO_WRITE";
        assertThat(rest.put(permission, "").json().path("permission").asText()).isEqualTo("REPO_WRITE");
        assertThat(push(app).exitCode()).isZero();
        assertThat(push(app, "refs/pull-requests/1/from").output()).contains("deny updating a hidden ref");
    }

    @Test
    void keyOfAProjectOpensAllOfIt() throws Exception {
        SandboxRepository personal = forge.createRepository("~bob", "own", true);
        add("/keys/latest/projects/PRJ/ssh", "PROJECT_READ");

        assertThat(list(forge.sshUrl(app)).output()).contains("refs/heads/main");
        assertThat(push(app).exitCode()).isNotZero();
        assertThat(list(forge.sshUrl(personal)).output()).contains("Repository not found");
    }

    @Test
    void projectKeysAreComparedWithoutCase() throws Exception {
        add(KEYS, "REPO_READ");

        assertThat(forge.sshUrl(app)).endsWith("/prj/app.git");
        assertThat(list(forge.sshUrl(app).replace("/prj/", "/PRJ/")).exitCode()).isZero();
    }

    private JsonNode add(String path, String permission) throws Exception {
        String body = "{'key':{'text':'" + key.text() + "','label':'Bellhop'},'permission':'" + permission + "'}";
        RestClient.Reply reply = rest.post(path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    private Run list(String url) throws Exception {
        return agent.run(directory, ClientKey.environment(forge, key), "git", "ls-remote", url);
    }

    private Run build(String url, String ref, String commit) throws Exception {
        return agent.build(url, ref, commit, ClientKey.environment(forge, key));
    }

    private Run fetch(String url, String ref, String commit) throws Exception {
        return agent.checkout(url, ref, commit, ClientKey.environment(forge, key));
    }

    private Run push(SandboxRepository repository) throws Exception {
        return push(repository, "refs/heads/other");
    }

    private Run push(SandboxRepository repository, String ref) throws Exception {
        String url = forge.sshUrl(repository);
        return fetch(url, "refs/heads/main", repository.head("main"))
                .then(agent, ClientKey.environment(forge, key), "git", "push", url, "HEAD:" + ref);
    }

    private String hook() {
        return "{'name':'Bellhop','url':'" + receiver.url() + "','active':true,'configuration':{'secret':'s'},"
                + "'events':['repo:refs_changed','pr:opened','pr:from_ref_updated','repo:modified']}";
    }
}

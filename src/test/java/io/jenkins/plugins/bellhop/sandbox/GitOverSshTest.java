package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.bellhop.sandbox.SandboxAgent.Run;
import io.jenkins.plugins.bellhop.sandbox.git.GitAccess;
import io.jenkins.plugins.bellhop.sandbox.git.OfferedKey;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real git and real ssh against the sandbox's server. */
class GitOverSshTest {

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxAgent agent;
    private SandboxRepository app;
    private SandboxRepository lib;
    private RestClient rest;

    @BeforeAll
    static void requirePrograms() {
        RequiredPrograms.find("git");
        RequiredPrograms.find("ssh");
        RequiredPrograms.find("ssh-keygen");
    }

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory.resolve("forge"));
        agent = new SandboxAgent(directory.resolve("agent"));
        app = forge.createRepository("octo", "app", true);
        lib = forge.createRepository("octo", "app-lib", true);
        rest = new RestClient(forge, forge.createToken("octo", Set.of("repo", "admin:public_key")));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void deployKeyBuildsItsRepository() throws Exception {
        ClientKey key = deployKey(app, true);
        String commit = app.commit("main", Map.of("a.txt", "a"), "Second commit");

        Run run = agent.build(forge.sshUrl(app), "refs/heads/main", commit, ClientKey.environment(forge, key));

        assertThat(run.output()).contains("Hello from octo/app", commit, "Second commit");
        assertThat(run.exitCode()).isZero();
        assertThat(forge.accesses())
                .containsExactly(new GitAccess(key.fingerprint(), "octo/app", "git-upload-pack", true));
        assertThat(app.deployKeys().get(0).lastUsed()).isPresent();
    }

    @Test
    void rsaAndEcdsaKeysWorkToo() throws Exception {
        for (String[] kind : new String[][] {{"rsa", "3072"}, {"ecdsa", "256"}}) {
            ClientKey key = ClientKey.generate(directory, kind[0], kind[0], kind[1]);
            upload(key, app, true);

            assertThat(list(app, key).output()).contains("refs/heads/main");
        }
    }

    @Test
    void readOnlyKeyMayNotPush() throws Exception {
        ClientKey key = deployKey(app, true);

        Run push = push(app, key, "refs/heads/feature");

        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output()).contains("ERROR: The key you are authenticating with has been marked as read only.");
        assertThat(app.git().refs("refs/heads/")).containsOnlyKeys("refs/heads/main");
        assertThat(forge.accesses()).contains(new GitAccess(key.fingerprint(), "octo/app", "git-receive-pack", false));
    }

    @Test
    void writeKeyPushesAndTheHooksHearOfIt() throws Exception {
        ClientKey key = deployKey(app, false);
        try (Receiver receiver = new Receiver()) {
            app.settings().addHook(HookSettings.json(receiver.url(), "s", "push"));

            Run push = push(app, key, "refs/heads/feature");

            assertThat(push.exitCode()).as(push.output()).isZero();
            forge.awaitDeliveries();
            Receiver.Received delivery = receiver.received("push").get(0);
            assertThat(delivery.json().path("ref").asText()).isEqualTo("refs/heads/feature");
            assertThat(delivery.json().path("after").asText()).isEqualTo(app.head("feature"));
            assertThat(delivery.json().path("created").asBoolean()).isTrue();
        }
    }

    @Test
    void defaultBranchAndPullRefsAreOutOfReachOfAPush() throws Exception {
        ClientKey key = deployKey(app, false);

        assertThat(push(app, key, "refs/pull/1/head").output()).contains("deny updating a hidden ref");
        assertThat(push(app, key, ":refs/heads/main").output()).contains("refusing to delete the current branch");
    }

    @Test
    void keyOfAnotherRepositoryFindsNothing() throws Exception {
        ClientKey key = deployKey(lib, true);

        Run run = list(app, key);

        assertThat(run.output()).contains("ERROR: Repository not found.", "Could not read from remote repository");
        assertThat(run.exitCode()).isEqualTo(128);
        assertThat(list(lib, key).exitCode()).isZero();
    }

    @Test
    void keyOfAnotherRepositoryIsDeniedInAPublicOne() throws Exception {
        SandboxRepository open = forge.createRepository("octo", "open", false);

        assertThat(list(open, deployKey(app, true)).output())
                .contains("ERROR: Permission to octo/open.git denied to deploy key");
    }

    @Test
    void unknownKeyIsNotLetIn() throws Exception {
        Run run = list(app, ClientKey.generate(directory, "stranger"));

        assertThat(run.output()).contains("Permission denied (publickey)");
        assertThat(forge.accesses()).isEmpty();
    }

    @Test
    void firstKnownKeyCountsHoweverWrongItIs() throws Exception {
        ClientKey stranger = ClientKey.generate(directory, "stranger");
        ClientKey wrong = deployKey(lib, true);
        ClientKey right = deployKey(app, true);

        Run run = agent.run(
                directory, ClientKey.environment(forge, stranger, wrong, right), "git", "ls-remote", forge.sshUrl(app));

        assertThat(run.output()).contains("ERROR: Repository not found.");
        assertThat(forge.offers())
                .extracting(OfferedKey::fingerprint, OfferedKey::accepted)
                .containsExactly(tuple(stranger.fingerprint(), false), tuple(wrong.fingerprint(), true));
    }

    @Test
    void onlyGitMayLogIn() throws Exception {
        ClientKey key = deployKey(app, true);

        Run run = agent.run(
                directory,
                ClientKey.environment(forge, key),
                "git",
                "ls-remote",
                forge.sshUrl(app).replace("git@", "octo@"));

        assertThat(run.output()).contains("Permission denied (publickey)");
    }

    @Test
    void userKeyOpensWhatItsAccountMayOpen() throws Exception {
        ClientKey key = ClientKey.generate(directory, "user");
        forge.createRepository("other", "closed", true);
        SandboxRepository readable = forge.createRepository("other", "readable", true);
        readable.grant("octo", Role.READ);
        assertThat(rest.post("/user/keys", "{'title':'t','key':'" + key.text() + "'}")
                        .status())
                .isEqualTo(201);

        assertThat(list(app, key).exitCode()).isZero();
        assertThat(push(app, key, "refs/heads/mine").exitCode()).isZero();
        assertThat(list(readable, key).exitCode()).isZero();
        assertThat(push(readable, key, "refs/heads/mine").output())
                .contains("ERROR: Permission to other/readable.git denied to octo");
        assertThat(list(forge.repository("other/closed").orElseThrow(), key).output())
                .contains("ERROR: Repository not found.");
    }

    @Test
    void keySwitchedOffByPolicyIsNotLetIn() throws Exception {
        ClientKey key = deployKey(app, true);

        forge.forbidDeployKeys("octo");
        assertThat(list(app, key).output()).contains("Permission denied (publickey)");

        forge.allowDeployKeys("octo");
        assertThat(list(app, key).exitCode()).isZero();
    }

    @Test
    void oldNameStillOpensTheRepository() throws Exception {
        ClientKey key = deployKey(app, true);
        String oldUrl = forge.sshUrl(app);
        app.rename("application");

        Run run = agent.build(oldUrl, "refs/heads/main", app.head("main"), ClientKey.environment(forge, key));

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void pullRequestOfAForkIsFetchedWithTheKeyOfTheBase() throws Exception {
        ClientKey key = deployKey(app, true);
        SandboxRepository fork = forge.fork(app, "guest");
        String head = fork.commit("fix", Map.of("fix.txt", "x"), "Fix it");
        app.pulls().open(fork, "fix", "main", "Fix", false);

        Run run = agent.build(forge.sshUrl(app), "refs/pull/1/head", head, ClientKey.environment(forge, key));

        assertThat(run.output()).contains("Fix it");
        assertThat(list(app, key).output()).contains("refs/pull/1/head", "refs/pull/1/merge");
    }

    @Test
    void commitThatNoRefHoldsIsServedByItsId() throws Exception {
        ClientKey key = deployKey(app, true);
        String commit = app.commit("gone", Map.of("a.txt", "a"), "Soon gone");
        app.deleteBranch("gone");

        Run run = agent.checkout(forge.sshUrl(app), commit, commit, ClientKey.environment(forge, key));

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void shellIsAGreeting() throws Exception {
        ClientKey key = deployKey(app, true);
        String ssh = ClientKey.environment(forge, key).get("GIT_SSH_COMMAND");

        Run run = agent.run(directory, Map.of(), (ssh + " -T -p " + forge.sshPort() + " git@127.0.0.1").split(" "));

        assertThat(run.output()).contains("Hi octo/app! You've successfully authenticated");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void connectionsAreCutWhileTheForgeIsDown() throws Exception {
        ClientKey key = deployKey(app, true);

        forge.goDown();
        assertThat(list(app, key).exitCode()).isEqualTo(128);
        forge.comeBack();
        assertThat(list(app, key).exitCode()).isZero();
    }

    @Test
    void withoutAKeyTheAgentHasNone() throws Exception {
        Run run = agent.run(directory, Map.of(), "git", "ls-remote", forge.sshUrl(app));

        assertThat(run.exitCode()).isEqualTo(128);
        assertThat(run.output()).contains("Host key verification failed");
        assertThat(forge.offers()).isEmpty();
    }

    private Run list(SandboxRepository repository, ClientKey key) throws Exception {
        return agent.run(directory, ClientKey.environment(forge, key), "git", "ls-remote", forge.sshUrl(repository));
    }

    /** Pushes an empty commit on top of what the fixture itself can read. */
    private Run push(SandboxRepository repository, ClientKey key, String target) throws Exception {
        String refs = target.startsWith(":") ? target : "HEAD:" + target;
        return agent.checkout(
                        forge.sshUrl(repository),
                        "refs/heads/main",
                        repository.head("main"),
                        ClientKey.environment(forge, key))
                .then(
                        agent,
                        Map.of(),
                        "git",
                        "-c",
                        "user.name=a",
                        "-c",
                        "user.email=a@b.invalid",
                        "commit",
                        "--quiet",
                        "--allow-empty",
                        "--message=Pushed")
                .then(agent, ClientKey.environment(forge, key), "git", "push", forge.sshUrl(repository), refs);
    }

    private ClientKey deployKey(SandboxRepository to, boolean readOnly) throws Exception {
        ClientKey key = ClientKey.generate(directory, "key-of-" + to.name());
        upload(key, to, readOnly);
        return key;
    }

    private void upload(ClientKey key, SandboxRepository to, boolean readOnly) throws Exception {
        String body = "{'title':'t','key':'" + key.text() + "','read_only':" + readOnly + "}";
        assertThat(rest.post("/repos/" + to.fullName() + "/keys", body).status())
                .isEqualTo(201);
    }
}

package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installed bundle in the hands of the real git, npm and pip's way of calling git, against real sshd and gitolite. */
class KeysInUseTest {

    private static final SshKeyPair APP = SshKeyPair.ed25519("app");
    private static final SshKeyPair LIB = SshKeyPair.ed25519("lib");
    private static final SshKeyPair TAGGER = SshKeyPair.rsa3072("tagger");
    private static final SshKeyPair UNREGISTERED = SshKeyPair.ed25519("unregistered");

    private static final String RULES = String.join(
            "\n",
            "repo owner/app",
            "    R   = app",
            "    RW+ = tagger",
            "repo owner/app-lib",
            "    R   = lib",
            "repo owner/deep",
            "    R   = app",
            "");

    @TempDir
    static Path shared;

    private static Gitolite gitolite;

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        gitolite = Gitolite.start(shared, RULES, Map.of("app", APP, "lib", LIB, "tagger", TAGGER));
        fill("owner/app-lib", Map.of("package.json", "{\"name\":\"app-lib\",\"version\":\"1.0.0\"}"), "");
        fill("owner/app", Map.of("README", "app"), "owner/app-lib");
    }

    @AfterAll
    static void stop() throws IOException {
        if (gitolite != null) {
            gitolite.close();
        }
    }

    /** Commits files, and perhaps a submodule at the head of another repository. */
    private static void fill(String path, Map<String, String> files, String submodule) throws IOException {
        Path work = Files.createTempDirectory(shared, "work");
        Program program = Program.in(work);
        program.output("git", "init", "-q", "-b", "main", ".");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(work.resolve(file.getKey()), file.getValue());
        }
        program.output("git", "add", ".");
        if (!submodule.isEmpty()) {
            Files.writeString(
                    work.resolve(".gitmodules"),
                    "[submodule \"lib\"]\n\tpath = lib\n\turl = " + gitolite.url(submodule) + ".git\n");
            String head = Program.in(gitolite.repository(submodule)).output("git", "rev-parse", "main");
            program.output("git", "add", ".gitmodules");
            program.output("git", "update-index", "--add", "--cacheinfo", "160000," + head.strip() + ",lib");
        }
        program.output(
                "git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "commit", "-q", "-m", "first");
        // From its own side: a push would run gitolite's hook without gitolite.
        Program served = Program.in(gitolite.repository(path));
        served.output("git", "fetch", "-q", work.toString(), "main:main");
        served.output("git", "symbolic-ref", "HEAD", "refs/heads/main");
    }

    @BeforeEach
    void forgetLog() throws IOException {
        gitolite.server().forgetLog();
    }

    @AfterEach
    void remove() throws IOException {
        if (directory != null) {
            KeyDirectory.removeAt(directory);
        }
    }

    private RingKey app() {
        return Keys.deploy(APP, gitolite.url("owner/app"));
    }

    private RingKey lib() {
        return Keys.deploy(LIB, gitolite.url("owner/app-lib"));
    }

    private RingKey tagger() {
        return Keys.additional(TAGGER, gitolite.url("owner/app"));
    }

    private Program with(KeyRing ring) throws IOException {
        return with(ring, gitolite.server().trust());
    }

    private Program with(KeyRing ring, HostKeys hostKeys) throws IOException {
        directory = Keys.installed(temporary.resolve("work space@tmp"), ring, hostKeys, "");
        return Program.in(temporary)
                .with(SshWrapper.environment(directory.toString()))
                .with(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_ALLOW_PROTOCOL", "ssh", "LC_ALL", "C"));
    }

    @Test
    void cloneWithASubmoduleOfTheSameServerTakesAKeyForEach() throws IOException {
        with(Keys.ring(app(), lib()))
                .output("git", "clone", "-q", "--recurse-submodules", gitolite.url("owner/app"), "c");

        assertThat(temporary.resolve("c/README")).hasContent("app");
        assertThat(temporary.resolve("c/lib/package.json")).content().contains("app-lib");
        assertThat(gitolite.server().offered()).containsExactly(print(APP), print(LIB));
    }

    @Test
    void repositoryWithoutAKeyIsNotOpenedByAnothersKey() throws IOException {
        BoundedCommand.Result result = with(Keys.ring(app())).run("git", "ls-remote", gitolite.url("owner/app-lib"));

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("Bellhop has no key for owner/app-lib on 127.0.0.1");
        assertThat(gitolite.server().offered()).doesNotContain(print(APP));
    }

    @Test
    void keyOfAnotherRepositoryIsRefusedByTheServer() throws IOException {
        RingKey wrong = Keys.deploy(LIB, gitolite.url("owner/app"));

        BoundedCommand.Result result = with(Keys.ring(wrong)).run("git", "ls-remote", gitolite.url("owner/app"));

        assertThat(explained(result, LIB, "owner/app").kind()).isEqualTo(SshFailure.Kind.ACCESS_DENIED);
    }

    @Test
    void readOnlyKeyDoesNotPushAndAnAdditionalKeyPushesTags() throws IOException {
        Program reader = with(Keys.ring(app()));
        reader.output("git", "clone", "-q", gitolite.url("owner/app"), "c");
        Program.in(temporary.resolve("c")).output("git", "tag", "v1");
        BoundedCommand.Result refused = new Program(temporary.resolve("c"), reader.environment(), Path.of("/dev/null"))
                .run("git", "push", "--tags");
        assertThat(explained(refused, APP, "owner/app").kind()).isEqualTo(SshFailure.Kind.KEY_READ_ONLY);
        KeyDirectory.removeAt(directory);

        Program writer = with(Keys.ring(app(), tagger()).naming(List.of(Fingerprint.md5(TAGGER.publicKey()))));
        new Program(temporary.resolve("c"), writer.environment(), Path.of("/dev/null"))
                .output("git", "push", "-q", "--tags");

        assertThat(Program.in(gitolite.repository("owner/app")).output("git", "tag"))
                .isEqualTo("v1\n");
    }

    @Test
    void npmInstallsAPrivateDependency() throws IOException {
        RequiredPrograms.find("npm");
        Files.writeString(
                temporary.resolve("package.json"),
                "{\"name\":\"x\",\"dependencies\":{\"app-lib\":\"git+" + gitolite.url("owner/app-lib") + ".git\"}}");

        with(Keys.ring(app(), lib()))
                .with(Map.of("npm_config_cache", temporary.resolve("cache").toString(), "npm_config_offline", "true"))
                .output("npm", "install", "--no-audit", "--no-fund", "--loglevel=error");

        assertThat(temporary.resolve("node_modules/app-lib/package.json")).exists();
    }

    /** As pip does for {@code git+ssh://…}: a partial clone, then a fetch within it. */
    @Test
    void pipsWayOfCloningOpensAPrivateDependency() throws IOException {
        Program program = with(Keys.ring(app(), lib()));
        program.output("git", "clone", "--filter=blob:none", "--quiet", gitolite.url("owner/app-lib"), "dependency");

        new Program(temporary.resolve("dependency"), program.environment(), Path.of("/dev/null"))
                .output("git", "fetch", "-q", gitolite.url("owner/app-lib"), "main");
        assertThat(temporary.resolve("dependency/package.json")).exists();
    }

    @Test
    void alteredHostKeyIsRefusedAndExplained() throws IOException {
        HostKeys altered = HostKeys.pinned().confirmed(gitolite.server().host(), List.of(UNREGISTERED.publicKey()));

        BoundedCommand.Result result =
                with(Keys.ring(app()), altered).run("git", "ls-remote", gitolite.url("owner/app"));

        assertThat(explained(result, APP, "owner/app").kind()).isEqualTo(SshFailure.Kind.HOST_KEY_CHANGED);
        assertThat(gitolite.server().offered()).isEmpty();
    }

    @Test
    void unregisteredKeyIsExplained() throws IOException {
        RingKey unregistered = Keys.deploy(UNREGISTERED, gitolite.url("owner/app"));

        BoundedCommand.Result result = with(Keys.ring(unregistered)).run("git", "ls-remote", gitolite.url("owner/app"));

        SshFailure failure = explained(result, UNREGISTERED, "owner/app");
        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.KEY_REFUSED);
        assertThat(failure.sentence()).contains(print(UNREGISTERED), "/owner/app");
    }

    @Test
    void noHomeDirectoryIsNeeded() throws IOException {
        String path = System.getenv("PATH");
        BoundedCommand.Result result = with(Keys.ring(app()))
                .with(Map.of("HOME", "/nowhere"))
                .run("git", "ls-remote", gitolite.url("owner/app"));
        assertThat(result.exitCode()).as(result.errors()).isZero();

        BoundedCommand.Result withoutHome = Program.in(temporary)
                .run(
                        "env",
                        "-i",
                        "PATH=" + path,
                        "GIT_SSH_COMMAND="
                                + SshWrapper.environment(directory.toString()).get("GIT_SSH_COMMAND"),
                        "git",
                        "ls-remote",
                        gitolite.url("owner/app"));
        assertThat(withoutHome.exitCode()).as(withoutHome.errors()).isZero();
    }

    private SshFailure explained(BoundedCommand.Result result, SshKeyPair offered, String path) {
        assertThat(result.exitCode()).isNotZero();
        return SshFailure.explain(
                result.errors(), offered.publicKey().fingerprint(), RemoteUrl.parse(gitolite.url(path)));
    }

    private static String print(SshKeyPair pair) {
        return pair.publicKey().fingerprint().toString();
    }
}

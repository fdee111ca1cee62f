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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installed bundle in the hands of the real git, npm and pip's way of calling git, against a server of private repositories. */
abstract class KeysInUse {

    static final SshKeyPair APP = SshKeyPair.ed25519("app");
    static final SshKeyPair LIB = SshKeyPair.ed25519("lib");
    static final SshKeyPair ALL = SshKeyPair.ed25519("all");
    static final SshKeyPair TAGGER = SshKeyPair.rsa3072("tagger");
    private static final SshKeyPair UNREGISTERED = SshKeyPair.ed25519("unregistered");

    @TempDir
    static Path shared;

    private static PrivateServer server;

    @TempDir
    Path temporary;

    private Path directory;

    /**
     * Fills {@code owner/app-lib}, {@code owner/app} with that as a submodule, and {@code owner/all} with both.
     *
     * @param started whose repositories are there and empty, and which has the keys above: each reads its repository, the
     *     tagger writes {@code owner/app}
     */
    static void use(PrivateServer started) throws IOException {
        server = started;
        fill("owner/app-lib", Map.of("package.json", "{\"name\":\"app-lib\",\"version\":\"1.0.0\"}"), Map.of());
        fill("owner/app", Map.of("README", "app"), Map.of("lib", "owner/app-lib"));
        fill("owner/all", Map.of(), Map.of("app", "owner/app", "library", "owner/app-lib"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        server = null;
    }

    /** Commits files, and submodules at the heads of other repositories. */
    private static void fill(String path, Map<String, String> files, Map<String, String> submodules)
            throws IOException {
        Path work = Files.createTempDirectory(shared, "work");
        Program program = Program.in(work);
        program.output("git", "init", "-q", "-b", "main", ".");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(work.resolve(file.getKey()), file.getValue());
        }
        program.output("git", "add", ".");
        for (Map.Entry<String, String> submodule : submodules.entrySet()) {
            String name = submodule.getKey();
            program.output("git", "config", "-f", ".gitmodules", "submodule." + name + ".path", name);
            String url = server.url(submodule.getValue()) + ".git";
            program.output("git", "config", "-f", ".gitmodules", "submodule." + name + ".url", url);
            program.output("git", "add", ".gitmodules");
            String head = Program.in(server.repository(submodule.getValue())).output("git", "rev-parse", "main");
            program.output("git", "update-index", "--add", "--cacheinfo", "160000," + head.strip() + "," + name);
        }
        program.output(
                "git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "commit", "-q", "-m", "first");
        // From its own side: a push would run gitolite's hook without server.
        Program served = Program.in(server.repository(path));
        served.output("git", "fetch", "-q", work.toString(), "main:main");
        served.output("git", "symbolic-ref", "HEAD", "refs/heads/main");
    }

    @BeforeEach
    void forgetOffers() throws IOException {
        server.forgetOffers();
    }

    @AfterEach
    void remove() throws IOException {
        if (directory != null) {
            KeyBundle.removeAt(directory, true);
        }
    }

    private RingKey app() {
        return Keys.deploy(APP, server.url("owner/app"));
    }

    private RingKey lib() {
        return Keys.deploy(LIB, server.url("owner/app-lib"));
    }

    private RingKey all() {
        return Keys.deploy(ALL, server.url("owner/all"));
    }

    private RingKey tagger() {
        return Keys.additional(TAGGER, server.url("owner/app"));
    }

    private Program with(KeyRing ring) throws IOException {
        return with(ring, server.trust());
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
                .output("git", "clone", "-q", "--recurse-submodules", server.url("owner/app"), "c");

        assertThat(temporary.resolve("c/README")).hasContent("app");
        assertThat(temporary.resolve("c/lib/package.json")).content().contains("app-lib");
        assertThat(server.offered()).containsExactly(print(APP), print(LIB));
    }

    @Test
    void cloneWithTwoSubmodulesAndOneWithinThemTakesEachItsKey() throws IOException {
        with(Keys.ring(all(), app(), lib()))
                .output("git", "clone", "-q", "--recurse-submodules", server.url("owner/all"), "c");

        assertThat(temporary.resolve("c/app/README")).hasContent("app");
        assertThat(temporary.resolve("c/app/lib/package.json")).content().contains("app-lib");
        assertThat(temporary.resolve("c/library/package.json")).content().contains("app-lib");
        assertThat(server.offered()).containsExactlyInAnyOrder(print(ALL), print(APP), print(LIB));
    }

    @Test
    void repositoryWithoutAKeyIsNotOpenedByAnothersKey() throws IOException {
        BoundedCommand.Result result = with(Keys.ring(app())).run("git", "ls-remote", server.url("owner/app-lib"));

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("Bellhop has no key for owner/app-lib on 127.0.0.1");
        assertThat(server.offered()).doesNotContain(print(APP));
    }

    @Test
    void keyOfAnotherRepositoryIsRefusedByTheServer() throws IOException {
        RingKey wrong = Keys.deploy(LIB, server.url("owner/app"));

        BoundedCommand.Result result = with(Keys.ring(wrong)).run("git", "ls-remote", server.url("owner/app"));

        assertThat(explained(result, LIB, "owner/app").kind()).isEqualTo(server.ofAnothersKey());
    }

    @Test
    void readOnlyKeyDoesNotPushAndAnAdditionalKeyPushesTags() throws IOException {
        Program reader = with(Keys.ring(app()));
        reader.output("git", "clone", "-q", server.url("owner/app"), "c");
        Program.in(temporary.resolve("c")).output("git", "tag", "v1");
        BoundedCommand.Result refused = new Program(temporary.resolve("c"), reader.environment(), Path.of("/dev/null"))
                .run("git", "push", "--tags");
        assertThat(explained(refused, APP, "owner/app").kind()).isEqualTo(SshFailure.Kind.KEY_READ_ONLY);
        KeyDirectory.removeAt(directory);

        Program writer = with(Keys.ring(app(), tagger()).naming(List.of(Fingerprint.md5(TAGGER.publicKey()))));
        new Program(temporary.resolve("c"), writer.environment(), Path.of("/dev/null"))
                .output("git", "push", "-q", "--tags");

        assertThat(Program.in(server.repository("owner/app")).output("git", "tag"))
                .isEqualTo("v1\n");
    }

    @Test
    void npmInstallsAPrivateDependency() throws IOException {
        RequiredPrograms.find("npm");
        Files.writeString(
                temporary.resolve("package.json"),
                "{\"name\":\"x\",\"dependencies\":{\"app-lib\":\"git+" + server.url("owner/app-lib") + ".git\"}}");

        with(Keys.ring(app(), lib()))
                .with(Map.of("npm_config_cache", temporary.resolve("cache").toString(), "npm_config_offline", "true"))
                .output("npm", "install", "--no-audit", "--no-fund", "--loglevel=error");

        assertThat(temporary.resolve("node_modules/app-lib/package.json")).exists();
    }

    /** As pip does for {@code git+ssh://…}: a partial clone, then a fetch within it. */
    @Test
    void pipsWayOfCloningOpensAPrivateDependency() throws IOException {
        Program program = with(Keys.ring(app(), lib()));
        program.output("git", "clone", "--filter=blob:none", "--quiet", server.url("owner/app-lib"), "dependency");

        new Program(temporary.resolve("dependency"), program.environment(), Path.of("/dev/null"))
                .output("git", "fetch", "-q", server.url("owner/app-lib"), "main");
        assertThat(temporary.resolve("dependency/package.json")).exists();
    }

    @Test
    void alteredHostKeyIsRefusedAndExplained() throws IOException {
        HostKeys altered = HostKeys.pinned().confirmed(server.host(), List.of(UNREGISTERED.publicKey()));

        BoundedCommand.Result result = with(Keys.ring(app()), altered).run("git", "ls-remote", server.url("owner/app"));

        assertThat(explained(result, APP, "owner/app").kind()).isEqualTo(SshFailure.Kind.HOST_KEY_CHANGED);
        assertThat(server.offered()).isEmpty();
    }

    @Test
    void unregisteredKeyIsExplained() throws IOException {
        RingKey unregistered = Keys.deploy(UNREGISTERED, server.url("owner/app"));

        BoundedCommand.Result result = with(Keys.ring(unregistered)).run("git", "ls-remote", server.url("owner/app"));

        SshFailure failure = explained(result, UNREGISTERED, "owner/app");
        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.KEY_REFUSED);
        assertThat(failure.sentence()).contains(print(UNREGISTERED), "/owner/app");
    }

    /** As programs do that bring an SSH of their own: they know the ssh-agent, and nothing of git's ssh command. */
    @Test
    void programWithAnSshOfItsOwnGetsTheNamedKeyFromTheAgent() throws IOException {
        RequiredPrograms.find("ssh-agent");
        directory = temporary.toAbsolutePath().resolve(KeyDirectory.newName());
        KeyRing ring = Keys.ring(app(), lib()).naming(List.of(LIB.publicKey().fingerprint()));
        InstalledKeys keys = KeyBundle.of(ring.routes(), server.trust(), "")
                .withAgent(ring.forAgent(), "")
                .installAt(directory);
        String itsOwn = "ssh -F none -o BatchMode=yes -o UserKnownHostsFile=" + directory.resolve("known_hosts-0");
        Program program = Program.in(temporary)
                .with(Map.of("GIT_SSH_COMMAND", itsOwn, "SSH_AUTH_SOCK", keys.socket(), "LC_ALL", "C"));

        assertThat(program.output("git", "ls-remote", server.url("owner/app-lib")))
                .contains("refs/heads/main");
        assertThat(server.offered().get(0)).isEqualTo(print(LIB));
        assertThat(program.run("git", "ls-remote", server.url("owner/app")).exitCode())
                .isNotZero();
    }

    @Test
    void noHomeDirectoryIsNeeded() throws IOException {
        String path = System.getenv("PATH");
        BoundedCommand.Result result = with(Keys.ring(app()))
                .with(Map.of("HOME", "/nowhere"))
                .run("git", "ls-remote", server.url("owner/app"));
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
                        server.url("owner/app"));
        assertThat(withoutHome.exitCode()).as(withoutHome.errors()).isZero();
    }

    private SshFailure explained(BoundedCommand.Result result, SshKeyPair offered, String path) {
        assertThat(result.exitCode()).isNotZero();
        return SshFailure.explain(
                result.errors(), offered.publicKey().fingerprint(), RemoteUrl.parse(server.url(path)));
    }

    private static String print(SshKeyPair pair) {
        return pair.publicKey().fingerprint().toString();
    }
}

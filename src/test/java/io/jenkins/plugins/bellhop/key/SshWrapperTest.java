package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import io.jenkins.plugins.bellhop.support.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script that git runs in ssh's place makes of git's arguments; ssh itself is replaced. */
class SshWrapperTest {

    private static final SshKeyPair APP = SshKeyPair.ed25519("app");
    private static final SshKeyPair LIB = SshKeyPair.ed25519("lib");
    private static final SshKeyPair EXACT = SshKeyPair.ed25519("exact");
    private static final SshKeyPair SERVER = SshKeyPair.ed25519("server");
    private static final SshKeyPair OTHER_SERVER = SshKeyPair.ed25519("otherserver");

    private static final KeyRing RING = Keys.ring(
            Keys.deploy(APP, "git@github.com:Owner/app.git", "ssh://git@ssh.github.com:443/Owner/app.git"),
            Keys.deploy(LIB, "git@github.com:owner/app-lib.git"),
            RingKey.additional(
                    "exact", EXACT.publicKey(), KeyScope.parse("git.example.com/Team/App", false), EXACT::privateText),
            Keys.additional(SERVER, "git.example.com:2222"),
            Keys.additional(LIB, "torn.example.com"),
            Keys.additional(OTHER_SERVER, "torn.example.com"));

    /** Writes how it was called, and what ssh would make of it. */
    private static final String FAKE_SSH =
            String.join("\n", "#!/bin/sh", "printf '%s\\n' \"$@\" >\"$CALLED\"", "exec \"$REAL_SSH\" -G \"$@\"", "");

    @TempDir
    Path temporary;

    private Path directory;
    private Path called;
    private Program program;

    @BeforeEach
    void install() throws IOException {
        install("");
    }

    private void install(String before) throws IOException {
        Path parent = Files.createDirectories(temporary.resolve("it's a \"work space\"; $(touch ran) %h"));
        directory = Keys.installed(parent, RING, HostKeys.pinned(), before);
        called = temporary.resolve("called");
        Path programs = Files.createDirectories(temporary.resolve("programs"));
        Path ssh = Files.writeString(programs.resolve("ssh"), FAKE_SSH);
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
        program = Program.in(temporary)
                .with(Map.of(
                        "PATH",
                        programs + ":" + System.getenv("PATH"),
                        "CALLED",
                        called.toString(),
                        "REAL_SSH",
                        RequiredPrograms.find("ssh").toString(),
                        "GIT_CONFIG_GLOBAL",
                        "/dev/null",
                        "GIT_CONFIG_NOSYSTEM",
                        "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "git@github.com | git-upload-pack 'owner/app.git'",
                "git@github.com | git-upload-pack 'owner/app'",
                "git@github.com | git-upload-pack '/owner/app.git'",
                "git@github.com | git-upload-pack '/owner/app'",
                "git@github.com | git-upload-pack '//Owner/App.git/'",
                "git@GitHub.com | git-upload-pack 'OWNER/APP.git'",
                "github.com | git-receive-pack 'owner/app.git'",
                "git@github.com | git-upload-archive 'owner/app.git'",
                "git@github.com | git-lfs-authenticate owner/app.git download",
                "git@github.com | git-lfs-authenticate /owner/app upload",
                "git@github.com | git-lfs-transfer owner/app.git download",
            })
    void anySpellingOfARepositoryGetsItsKey(String destination, String call) throws IOException {
        assertThat(identityFor(destination, call)).isEqualTo(APP.privateText());
    }

    @Test
    void eachRepositoryGetsItsOwnKey() throws IOException {
        assertThat(identityFor("git@github.com", "git-upload-pack 'owner/app-lib.git'"))
                .isEqualTo(LIB.privateText());
        assertThat(identityFor("-p", "443", "git@ssh.github.com", "git-upload-pack '/owner/app.git'"))
                .isEqualTo(APP.privateText());
        assertThat(identityFor("git@git.example.com", "git-upload-pack 'Team/App.git'"))
                .isEqualTo(EXACT.privateText());
        assertThat(identityFor("-p", "2222", "git@git.example.com", "git-upload-pack '/any/thing'"))
                .isEqualTo(SERVER.privateText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "git@github.com | git-upload-pack 'owner/ap'",
                "git@github.com | git-upload-pack 'owner/app-'",
                "git@github.com | git-upload-pack 'owner/app-lib2.git'",
                "git@github.com | git-upload-pack 'other/owner/app.git'",
                "git@github.com | git-upload-pack 'owner//app.git'",
                "git@github.com | git-upload-pack 'owner/app.git.git'",
                "git@github.com | git-upload-pack '*'",
                "git@github.com | git-upload-pack 'owner/*'",
                "git@github.com | git-upload-pack ''",
                "git@github.com | rm -rf 'owner/app.git'",
                "git@github.com | git-upload-packowner/app.git",
                "git@git.example.com | git-upload-pack 'team/app'",
            })
    void anotherRepositoryOfTheServerGetsNoKeyAndASentence(String destination, String call) throws IOException {
        BoundedCommand.Result result = run(destination, call);

        assertThat(calledWith()).containsExactly(destination, call);
        assertThat(result.errors()).contains("Bellhop has no key for ", " ssh goes on with what this machine has.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git@example.org | git-upload-pack 'owner/app.git'",
                "git@github.com.example.org | git-upload-pack 'owner/app.git'",
                "git@xgithub.com | git-upload-pack 'owner/app.git'",
                "git@ssh.github.com | git-upload-pack 'owner/app.git'",
            })
    void anotherServersCallsPassUntouched(String destination, String call) throws IOException {
        BoundedCommand.Result result = run("-o", "SendEnv=GIT_PROTOCOL", "-oIdentityFile=/theirs", destination, call);

        assertThat(calledWith())
                .containsExactly("-o", "SendEnv=GIT_PROTOCOL", "-oIdentityFile=/theirs", destination, call);
        assertThat(result.errors()).doesNotContain("Bellhop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git-upload-pack 'owner/app.git'; touch ran",
                "git-upload-pack '$(touch ran)'",
                "git-upload-pack '`touch ran`'",
                "git-upload-pack 'owner/app.git\n'",
                "git-upload-pack 'owner/app.git\ngithub.com'",
                "git-upload-pack 'owner/app'\\''.git'",
                "git-upload-pack 'owner/app .git'",
                "git-upload-pack '\\x'",
                "git-upload-pack 'owner/äpp'",
                "git-upload-pack '%s%n'",
                "git-upload-pack -e",
            })
    void hostilePathsGetNoKeyAndAreNotEvaluated(String call) throws IOException {
        run("git@github.com", call);

        assertThat(Files.readString(called)).isEqualTo("git@github.com\n" + call + "\n");
        assertThat(temporary.resolve("ran")).doesNotExist();
        assertThat(directory.getParent().resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"git@github.com\n", "git@git hub.com", "git@github.com:22", "git@$(touch ran)", "*"})
    void hostileHostsGetNoKey(String destination) throws IOException {
        run(destination, "git-upload-pack 'owner/app.git'");

        assertThat(Files.readString(called)).doesNotContain(directory.toString());
        assertThat(temporary.resolve("ran")).doesNotExist();
    }

    @Test
    void tornServerIsRefusedWithBothNames() throws IOException {
        BoundedCommand.Result result = run("git@torn.example.com", "git-upload-pack 'a/b'");

        assertThat(result.exitCode()).isEqualTo(255);
        assertThat(result.errors())
                .contains("additional key lib", "additional key otherserver")
                .endsWith(".\n");
        assertThat(called).doesNotExist();
    }

    @Test
    void foreignIdentitiesAndOptionsAreNotPassedToARepositoryWithAKey() throws IOException {
        run(
                "-i",
                "/theirs",
                "-F/theirs",
                "-J",
                "jump",
                "-oIdentityFile=/theirs",
                "-o",
                "ProxyCommand=touch ran",
                "-oControlMaster=yes",
                "-S",
                "/theirs",
                "-A",
                "-v",
                "-4",
                "-l",
                "someone",
                "github.com",
                "git-upload-pack 'owner/app.git'");

        assertThat(calledWith())
                .containsExactly(
                        "-F",
                        directory.resolve("config-0").toString(),
                        "-v",
                        "-4",
                        "-p",
                        "22",
                        "-l",
                        "someone",
                        "--",
                        "github.com",
                        "git-upload-pack 'owner/app.git'");
        assertThat(temporary.resolve("ran")).doesNotExist();
    }

    @Test
    void probeOfTheVariantPasses() throws IOException {
        assertThat(run("-G", "git@github.com").exitCode()).isZero();
        assertThat(calledWith()).containsExactly("-G", "git@github.com");
    }

    /** The effective options, as ssh itself tells them, whatever git and others pass. */
    @Test
    void sshOffersOneIdentityAndBelievesOneFileWhateverIsPassed() throws IOException {
        Random random = Seed.fresh("SshWrapperTest").random();
        for (int i = 0; i < 60; i++) {
            List<String> arguments = arguments(random);
            BoundedCommand.Result result = run(arguments.toArray(String[]::new));

            assertThat(result.exitCode())
                    .as("%s: %s", arguments, result.errors())
                    .isZero();
            List<String> options = result.output().lines().toList();
            assertThat(options)
                    .as("with %s", arguments)
                    .contains(
                            "identityfile " + unexpanded(directory.resolve("identity-0")),
                            "identitiesonly yes",
                            "identityagent none",
                            "userknownhostsfile " + directory.resolve("known_hosts-0"),
                            "globalknownhostsfile /dev/null",
                            "stricthostkeychecking true",
                            "hostname github.com",
                            "port 22",
                            "user git",
                            "batchmode yes",
                            "controlmaster false",
                            "forwardagent no",
                            "updatehostkeys false",
                            "passwordauthentication no");
            assertThat(options.stream().filter(line -> line.startsWith("identityfile ")))
                    .hasSize(1);
            assertThat(options)
                    .noneMatch(line -> line.matches("(proxycommand|proxyjump|certificatefile|controlpath) .*")
                            && !line.endsWith(" none"));
        }
    }

    private static List<String> arguments(Random random) {
        List<List<String>> possible = List.of(
                List.of("-o", "SendEnv=GIT_PROTOCOL"),
                List.of("-oStrictHostKeyChecking=no"),
                List.of("-o", "UserKnownHostsFile=/dev/null"),
                List.of("-o", "IdentitiesOnly=no"),
                List.of("-o", "IdentityAgent=/theirs"),
                List.of("-o", "CertificateFile=/theirs"),
                List.of("-o", "ProxyJump=theirs"),
                List.of("-o", "BatchMode=no"),
                List.of("-i", "/theirs"),
                List.of("-F", "/theirs"),
                List.of("-oControlMaster=yes", "-oControlPath=/theirs"),
                List.of("-4"),
                List.of("-p", "22"),
                List.of("-A"),
                List.of("-T"));
        List<String> arguments = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            arguments.addAll(possible.get(random.nextInt(possible.size())));
        }
        String path = List.of("owner/app", "/Owner/App", "OWNER/app.git", "/owner/app.git/")
                .get(random.nextInt(4));
        arguments.addAll(List.of("git@github.com", "git-upload-pack '" + path + "'"));
        return arguments;
    }

    static Stream<Map<String, String>> earlierCommands() {
        return Stream.of(
                Map.of("GIT_SSH", "theirs"),
                Map.of("GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "core.sshCommand", "GIT_CONFIG_VALUE_0", "theirs"));
    }

    @ParameterizedTest
    @MethodSource("earlierCommands")
    void whatWasInForceBeforeServesOtherServers(Map<String, String> environment) throws IOException {
        Path theirs = temporary.resolve("programs/theirs");
        Files.writeString(theirs, "#!/bin/sh\necho theirs \"$@\"\n");
        assertThat(theirs.toFile().setExecutable(true)).isTrue();
        program = program.with(environment);

        assertThat(run("git@example.org", "git-upload-pack 'a b'").output())
                .isEqualTo("theirs git@example.org git-upload-pack 'a b'\n");
        assertThat(identityFor("git@github.com", "git-upload-pack 'owner/app.git'"))
                .isEqualTo(APP.privateText());
    }

    @Test
    void earlierCommandServesOtherServersAsGitWouldRunIt() throws IOException {
        install("echo 'two words' \"$FROM\"");
        program = program.with(Map.of("FROM", "environment"));

        assertThat(run("git@example.org", "git-upload-pack 'a'").output())
                .isEqualTo("two words environment git@example.org git-upload-pack 'a'\n");
    }

    @Test
    void blocksOwnAgentIsNotShownToOtherServers() throws IOException {
        Path theirs =
                Files.writeString(temporary.resolve("programs/theirs"), "#!/bin/sh\necho ${SSH_AUTH_SOCK-none}\n");
        assertThat(theirs.toFile().setExecutable(true)).isTrue();
        program = program.with(Map.of("GIT_SSH", "theirs", "SSH_AUTH_SOCK", "/of the block"));

        assertThat(run("git@example.org", "git-upload-pack 'a'").output()).isEqualTo("/of the block\n");
        Files.writeString(directory.resolve("agent-before"), "/from $(before)");
        assertThat(run("git@example.org", "git-upload-pack 'a'").output()).isEqualTo("/from $(before)\n");
        Files.writeString(directory.resolve("agent-before"), "");
        assertThat(run("git@example.org", "git-upload-pack 'a'").output()).isEqualTo("none\n");
    }

    @Test
    void gitItselfRunsItFromADirectoryWithAnyName() throws IOException {
        BoundedCommand.Result result = program.with(SshWrapper.environment(directory.toString()))
                .run("git", "ls-remote", "git+ssh://git@github.com/Owner/App");

        assertThat(calledWith())
                .contains("-F", "SendEnv=GIT_PROTOCOL", "git-upload-pack '/Owner/App'")
                .as(result.errors());
    }

    @Test
    void environmentQuotesForTheShell() {
        assertThat(SshWrapper.environment("/it's"))
                .containsEntry("GIT_SSH_COMMAND", "sh '/it'\\''s/ssh-for-git'")
                .containsEntry("GIT_SSH_VARIANT", "ssh");
        assertThat(SshWrapper.environment("C:\\agent one\\x"))
                .containsEntry("GIT_SSH_COMMAND", "sh 'C:/agent one/x/ssh-for-git'");
    }

    /** ssh tells this one as it was written. */
    private static String unexpanded(Path path) {
        return path.toString().replace("%", "%%");
    }

    private BoundedCommand.Result run(String... arguments) {
        return program.run(
                "sh",
                Stream.concat(Stream.of(directory.resolve("ssh-for-git").toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private List<String> calledWith() throws IOException {
        return Files.readAllLines(called);
    }

    /** The one identity that ssh is led to. */
    private String identityFor(String... arguments) throws IOException {
        BoundedCommand.Result result = run(arguments);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        List<String> identities = result.output()
                .lines()
                .filter(line -> line.startsWith("identityfile "))
                .map(line -> line.substring("identityfile ".length()).replace("%%", "%"))
                .toList();
        assertThat(identities).hasSize(1);
        return Files.readString(Path.of(identities.get(0)));
    }
}

package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshConfigTest {

    @TempDir
    Path temporary;

    @Test
    void sshTakesExactlyOurSettings() throws IOException {
        List<String> settings = settings(SshConfig.of("/keys/identity", "/keys/known_hosts"));

        assertThat(settings)
                .contains(
                        "identitiesonly yes",
                        "identityagent none",
                        "stricthostkeychecking true",
                        "updatehostkeys false",
                        "checkhostip no",
                        "batchmode yes",
                        "preferredauthentications publickey",
                        "passwordauthentication no",
                        "kbdinteractiveauthentication no",
                        "controlmaster false",
                        "forwardagent no",
                        "clearallforwardings yes",
                        "permitlocalcommand no",
                        "connecttimeout 10",
                        "serveraliveinterval 15",
                        "serveralivecountmax 3",
                        "userknownhostsfile /keys/known_hosts",
                        "globalknownhostsfile /dev/null",
                        "hostname some.host",
                        "port 22");
        // Off by itself with a known_hosts file of one's own, but only in newer versions: so ssh can't tell here.
        assertThat(SshConfig.of("/keys/identity", "/keys/known_hosts").text()).contains("\nUpdateHostKeys no\n");
        assertThat(settings)
                .filteredOn(line -> line.startsWith("identityfile "))
                .containsExactly("identityfile /keys/identity");
        assertThat(settings).noneMatch(line -> line.contains("~/"));
    }

    @Test
    void everyConnectionCanBeLedToOneHost() throws IOException {
        SshConfig config = SshConfig.of("/keys/identity", "/keys/known_hosts").to(new SshHost("git.example.org", 7999));

        assertThat(settings(config)).contains("hostname git.example.org", "port 7999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/with blank/key",
                "/with  two blanks/key",
                "/percent%2Fd%h%%/key",
                "/double\"quote/key",
                "/single'quote/key",
                "/back\\slash\\/key",
                "/ends with\\",
                "/hash #/key",
                "/dollar$HOME/key",
                "/tilde~/~/key",
                "/equals=/key",
                "/ü/key",
                "/all \" ' \\ %d # $x = ;|&`(){}*?[]/key",
            })
    void pathsArriveAsTheyAre(String path) throws IOException {
        List<String> settings = settings(SshConfig.of(path, path + "2"));

        // ssh prints the identity before it replaces the doubled percent signs, the other file after.
        assertThat(settings).contains("identityfile " + path.replace("%", "%%"));
        assertThat(settings).contains("userknownhostsfile " + path + "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a\nProxyCommand id",
                "/a\rb",
                "/a\tb",
                "/a\u0000b",
                "/a${HOME}/b",
                "relative/key",
                "~/key",
                "none",
                ""
            })
    void refusesPathsThatCannotBeExpressed(String path) {
        assertThatThrownBy(() -> SshConfig.of(path, "/ok"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a");
        assertThatThrownBy(() -> SshConfig.of("/ok", path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SshConfig.gitEnvironment(path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SshConfig.arguments(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pathsAreBounded() {
        String longest = "/" + "a".repeat(SshConfig.LONGEST_PATH - 1);

        assertThat(SshConfig.of(longest, longest).text()).contains(longest);
        assertThatThrownBy(() -> SshConfig.of(longest + "a", "/ok"))
                .hasMessage("expected a path of at most 4096 characters for ssh, found 4097");
    }

    @Test
    void windowsPathsAreWrittenWithSlashes() {
        assertThat(SshConfig.of("C:\\Users\\a b\\key", "C:/keys/known_hosts").text())
                .contains("IdentityFile \"C:/Users/a b/key\"\n")
                .contains("UserKnownHostsFile \"C:/keys/known_hosts\"\n")
                .contains("GlobalKnownHostsFile NUL\n");
        assertThat(SshConfig.of("\\\\server\\share\\key", "D:\\k").text())
                .contains("IdentityFile \"//server/share/key\"\n");
        assertThat(SshConfig.gitEnvironment("C:\\k\\c")).containsEntry("GIT_SSH_COMMAND", "ssh -F 'C:/k/c'");
    }

    @Test
    void gitGetsTheFileQuotedForAShell() {
        assertThat(SshConfig.gitEnvironment("/a b/it's"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("GIT_SSH_COMMAND", "ssh -F '/a b/it'\\''s'", "GIT_SSH_VARIANT", "ssh"));
        assertThat(SshConfig.arguments("/a b/it's")).containsExactly("ssh", "-F", "/a b/it's");
    }

    private List<String> settings(SshConfig config) throws IOException {
        Path file = Files.writeString(temporary.resolve("config"), config.text());
        return Program.in(temporary)
                .output("ssh", "-G", "-F", file.toString(), "some.host")
                .lines()
                .toList();
    }
}

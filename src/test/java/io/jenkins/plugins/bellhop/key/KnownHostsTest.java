package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownHostsTest {

    private static final OpenSshPublicKey KEY = SshKeyPair.ed25519("").publicKey();
    private static final OpenSshPublicKey OTHER = SshKeyPair.ed25519("").publicKey();
    private static final SshHost HOST = SshHost.of("git.example.org");
    private static final SshHost PORT = new SshHost("git.example.org", 7999);

    @Test
    void readsWhatSshKeyscanPrints() {
        KnownHosts hosts = KnownHosts.parse("# git.example.org:22 SSH-2.0-x\r\n\r\ngit.example.org " + KEY.line()
                + "\r\n  # git.example.org:7999\n[git.example.org]:7999\t" + OTHER.line() + " a comment\n");

        assertThat(hosts.trustedFor(HOST)).containsExactly(KEY);
        assertThat(hosts.trustedFor(PORT)).containsExactly(OTHER);
        assertThat(hosts.trustedFor(SshHost.of("example.org"))).isEmpty();
    }

    @Test
    void aRevokedKeyIsNotATrustedOne() {
        KnownHosts hosts = KnownHosts.parse("@revoked *.example.org " + KEY.line() + "\n");

        assertThat(hosts.trustedFor(HOST)).isEmpty();
        assertThat(hosts.revokedFor(HOST)).containsExactly(KEY);
    }

    @Test
    void writesWhatItReads() {
        String text = "git.example.org,10.0.0.1 " + KEY.line() + "\n@revoked * " + OTHER.line() + " why\n";

        assertThat(KnownHosts.parse(text).text()).isEqualTo(text);
    }

    @Test
    void keepsAnEntryOnce() {
        KnownHosts hosts = KnownHosts.none().plus(HOST, List.of(KEY, OTHER)).plus(HOST, List.of(KEY));

        assertThat(hosts.text())
                .isEqualTo("git.example.org " + KEY.line() + "\ngit.example.org " + OTHER.line() + "\n");
        assertThat(hosts).hasToString("2 known hosts entries");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "git.example.org/found fewer words",
                "@revoked/found fewer words",
                "@revoked git.example.org/found fewer words",
                "@cert-authority *.example.org KEY/host certificates aren't supported",
                "@unheard git.example.org KEY/found another marker",
                "|2|AAAA|AAAA KEY/expected a hashed host name as |1|salt|hash",
                "|1|AAAA|AAAA KEY/expected a hashed host name as |1|salt|hash",
                "a,,b KEY/found an empty name",
                "a,! KEY/found an empty name",
                "höst KEY/found another character",
                "git.example.org 1024 35 1234567/expected a key type",
            })
    void refusesWhatItCannotHonour(String line, String message) {
        String text = "# first\n" + line.replace("KEY", KEY.line());

        assertThatThrownBy(() -> KnownHosts.parse(text))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageStartingWith("line 2: ")
                .hasMessageContaining(message);
    }

    @Test
    void theTextIsBounded() {
        String longest = "#".repeat(KnownHosts.LONGEST_TEXT);

        assertThat(KnownHosts.parse(longest).text()).isEmpty();
        assertThatThrownBy(() -> KnownHosts.parse(longest + "#")).hasMessageContaining("found 1048577");
    }

    @Test
    void hostNamesAreBounded() {
        String longest = "a".repeat(HostPatterns.LONGEST);

        assertThat(HostPatterns.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> HostPatterns.parse(longest + "a"))
                .hasMessage("expected host names of at most 4096 characters in all, found 4097");
    }

    @Test
    void aPatternThatGoesBackAndForthEndsSoon() {
        HostPatterns patterns = HostPatterns.parse("*a".repeat(HostPatterns.LONGEST / 2 - 1) + "b");

        assertThat(patterns.matches(SshHost.of("a".repeat(SshHost.LONGEST_NAME))))
                .isFalse();
    }

    @Test
    void sshKeygenFindsTheSameHosts(@TempDir Path temporary) throws IOException {
        String[] patterns = {
            "git.example.org",
            "GIT.Example.org",
            "*.example.org",
            "git.example.or?",
            "*,!git.example.org",
            "!*.org,git.*",
            "a,git.example.org",
            "[git.example.org]:7999",
            "[*]:7999",
            "[git.example.org]:*",
            "*",
            "gi*t*.org",
            "git.example.org*",
            "git.example",
            "?git.example.org"
        };
        SshHost[] hosts = {HOST, PORT, SshHost.of("example.org"), SshHost.of("git.example.com")};
        for (String pattern : patterns) {
            Path file = temporary.resolve("known_hosts");
            Files.writeString(file, pattern + " " + KEY.line() + "\n");
            for (SshHost host : hosts) {
                boolean found = Program.in(temporary)
                                .run("ssh-keygen", "-F", host.spelling(), "-f", file.toString())
                                .exitCode()
                        == 0;

                assertThat(HostPatterns.parse(pattern).matches(host))
                        .as("%s for %s", pattern, host)
                        .isEqualTo(found);
            }
        }
    }

    @Test
    void readsNamesThatSshKeygenHashed(@TempDir Path temporary) throws IOException {
        Path file = temporary.resolve("known_hosts");
        Files.writeString(file, HOST + " " + KEY.line() + "\n" + PORT + " " + OTHER.line() + "\n");
        Program.in(temporary).output("ssh-keygen", "-H", "-f", file.toString());
        String text = Files.readString(file);

        assertThat(text).startsWith("|1|").doesNotContain("example");
        assertThat(KnownHosts.parse(text).trustedFor(HOST)).containsExactly(KEY);
        assertThat(KnownHosts.parse(text).trustedFor(PORT)).containsExactly(OTHER);
        assertThat(KnownHosts.parse(text).trustedFor(SshHost.of("example.org"))).isEmpty();
    }

    @Test
    void damagedTextsGiveNothingButTheParsersOwnError() {
        Random random = new Random(20261121);
        String text =
                "@revoked *.a,!b " + KEY.line() + "\n|1|" + "A".repeat(27) + "=|" + "A".repeat(27) + "= " + KEY.line();
        for (int i = 0; i < 5_000; i++) {
            try {
                assertThat(KnownHosts.parse(OpenSshPublicKeyTest.damaged(text, random))
                                .trustedFor(HOST))
                        .doesNotContainNull();
            } catch (KeyFormatException e) {
                assertThat(e.getMessage()).startsWith("line ").contains("expected ");
            }
        }
    }
}

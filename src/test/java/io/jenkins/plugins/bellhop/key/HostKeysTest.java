package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostKeysTest {

    private static final SshHost GITHUB = SshHost.of("github.com");
    private static final SshHost OWN = new SshHost("git.example.org", 7999);
    private static final OpenSshPublicKey KEY = SshKeyPair.ed25519("").publicKey();
    private static final OpenSshPublicKey OTHER = SshKeyPair.ed25519("").publicKey();
    private static final OpenSshPublicKey WITHDRAWN =
            PinnedForge.withdrawnKeys().get(0);
    private static final HostKeys PINNED = HostKeys.pinned();

    @Test
    void pinnedKeysAreTrustedAtBothPorts() {
        for (OpenSshPublicKey key : PinnedForge.GITHUB_COM.currentKeys()) {
            assertThat(PINNED.verdict(GITHUB, key).isTrusted()).isTrue();
            assertThat(PINNED.verdict(new SshHost("ssh.github.com", 443), key).sentence())
                    .isEqualTo("[ssh.github.com]:443 showed the " + key.type() + " host key " + key.fingerprint()
                            + ", as expected.");
            assertThat(PINNED.verdict(SshHost.of("bitbucket.org"), key).isTrusted())
                    .isFalse();
        }
    }

    @Test
    void anotherKeyOfAPinnedHostHasChanged() {
        HostKeyVerdict verdict = PINNED.verdict(GITHUB, KEY);

        assertThat(verdict).isInstanceOf(HostKeyVerdict.Changed.class);
        assertThat(verdict.isTrusted()).isFalse();
        assertThat(verdict.sentence())
                .startsWith(
                        "github.com showed the ssh-ed25519 host key " + KEY.fingerprint() + ", expected was one of: ")
                .contains(
                        "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU", "compare with https://docs.github.com/");
    }

    @Test
    void aWithdrawnKeyIsRevokedWhateverTheHost() {
        for (SshHost host : List.of(GITHUB, OWN)) {
            HostKeyVerdict verdict = PINNED.verdict(host, WITHDRAWN);

            assertThat(verdict).isInstanceOf(HostKeyVerdict.Revoked.class);
            assertThat(verdict.sentence())
                    .contains(WITHDRAWN.fingerprint().toString(), "which is revoked", "Don't connect");
        }
    }

    @Test
    void aHostThatNobodyConfirmedIsUnknown() {
        HostKeyVerdict verdict = PINNED.verdict(OWN, KEY);

        assertThat(verdict).isInstanceOf(HostKeyVerdict.Unknown.class);
        assertThat(verdict.sentence())
                .isEqualTo("[git.example.org]:7999 showed the ssh-ed25519 host key " + KEY.fingerprint()
                        + ", and no key of this host is known. Ask the server's administrator for the fingerprint; if it is"
                        + " the same, confirm it once.");
    }

    @Test
    void aConfirmedKeyIsTrustedAndAnotherHasChanged() {
        HostKeys keys = PINNED.confirmed(OWN, List.of(KEY));

        assertThat(keys.verdict(OWN, KEY).isTrusted()).isTrue();
        assertThat(keys.verdict(OWN, OTHER)).isInstanceOf(HostKeyVerdict.Changed.class);
        assertThat(keys.verdict(SshHost.of("git.example.org"), KEY)).isInstanceOf(HostKeyVerdict.Unknown.class);
        assertThat(PINNED.verdict(OWN, KEY)).isInstanceOf(HostKeyVerdict.Unknown.class);
        assertThat(keys.confirmed().text()).isEqualTo("[git.example.org]:7999 " + KEY.line() + "\n");
    }

    @Test
    void theKeyOfTheUsualPortServesAnotherPortThatHasNone() {
        HostKeys usual = PINNED.confirmed(SshHost.of("git.example.org"), List.of(KEY));
        HostKeys both = usual.confirmed(OWN, List.of(OTHER));

        assertThat(usual.verdict(OWN, KEY).isTrusted()).isTrue();
        assertThat(both.verdict(OWN, KEY).isTrusted()).isFalse();
        assertThat(both.verdict(OWN, OTHER).isTrusted()).isTrue();
    }

    @Test
    void anAdministratorsRevocationWinsOverTrust() {
        HostKeys keys = PINNED.confirmed(OWN, List.of(KEY, OTHER))
                .confirmed(KnownHosts.parse("@revoked git.example.org " + KEY.line() + "\n"));

        assertThat(keys.verdict(OWN, KEY)).isInstanceOf(HostKeyVerdict.Revoked.class);
        assertThat(keys.trustedFor(OWN)).containsExactly(OTHER);
    }

    @Test
    void aWithdrawnKeyIsNeverAccepted() {
        for (String hosts : List.of("github.com", "git.example.org", "*")) {
            KnownHosts entries = KnownHosts.parse(hosts + " " + WITHDRAWN.line());

            assertThatThrownBy(() -> PINNED.confirmed(entries))
                    .isInstanceOf(KeyFormatException.class)
                    .hasMessage("expected a current host key for " + hosts + ", found ssh-rsa "
                            + WITHDRAWN.fingerprint() + ", which GitHub or Bitbucket has withdrawn; delete this entry");
        }
        assertThatThrownBy(() -> PINNED.refreshed(PinnedForge.GITHUB_COM, List.of(KEY, WITHDRAWN)))
                .isInstanceOf(KeyFormatException.class);
    }

    @Test
    void aWithdrawnKeyMayBeMarkedAsRevoked() {
        HostKeys keys = PINNED.confirmed(KnownHosts.parse("@revoked * " + WITHDRAWN.line()));

        assertThat(keys.verdict(GITHUB, WITHDRAWN)).isInstanceOf(HostKeyVerdict.Revoked.class);
    }

    @Test
    void noEntryAddsAKeyToAPinnedHost() {
        for (String hosts : List.of("github.com", "*", "*.org", "[ssh.github.com]:443", "git.example.org,GitHub.com")) {
            KnownHosts entries = KnownHosts.parse(hosts + " " + KEY.line());

            assertThatThrownBy(() -> PINNED.confirmed(entries))
                    .isInstanceOf(KeyFormatException.class)
                    .hasMessageContaining("expected one of the pinned host keys of ")
                    .hasMessageContaining("refresh the pins");
        }
    }

    @Test
    void theCurrentKeysOfAPinnedHostMayBePasted() {
        OpenSshPublicKey current = PinnedForge.GITHUB_COM.currentKeys().get(2);
        HostKeys keys = PINNED.confirmed(KnownHosts.parse("github.com,140.82.121.3 " + current.line()));

        assertThat(keys.verdict(GITHUB, current).isTrusted()).isTrue();
        assertThat(keys.verdict(SshHost.of("140.82.121.3"), current).isTrusted())
                .isTrue();
    }

    @Test
    void refreshedPinsReplaceTheOldOnes() {
        HostKeys keys = PINNED.refreshed(PinnedForge.GITHUB_COM, List.of(KEY));

        assertThat(keys.trustedFor(GITHUB)).containsExactly(KEY);
        assertThat(keys.trustedFor(new SshHost("ssh.github.com", 443))).containsExactly(KEY);
        assertThat(keys.trustedFor(SshHost.of("bitbucket.org"))).isEqualTo(PinnedForge.BITBUCKET_ORG.currentKeys());
    }

    @Test
    void storedEntriesAreTakenBackThoughThePinsHaveChangedAndAddNoTrust() {
        OpenSshPublicKey before = PinnedForge.GITHUB_COM.currentKeys().get(2);
        KnownHosts stored = KnownHosts.parse(
                "github.com " + before.line() + "\n* " + WITHDRAWN.line() + "\n" + OWN + " " + KEY.line() + "\n");

        HostKeys keys = PINNED.refreshed(PinnedForge.GITHUB_COM, List.of(OTHER)).restored(stored);

        assertThat(keys.trustedFor(GITHUB)).containsExactly(OTHER);
        assertThat(keys.trustedFor(OWN)).containsExactly(KEY);
        assertThat(keys.verdict(OWN, WITHDRAWN)).isInstanceOf(HostKeyVerdict.Revoked.class);
        assertThat(keys.fileFor(OWN).lines())
                .filteredOn(line -> line.contains(WITHDRAWN.base64()))
                .containsExactly("@revoked " + OWN + " " + WITHDRAWN.line());
    }

    @Test
    void refreshedPinsAreBounded() {
        List<OpenSshPublicKey> most = Collections.nCopies(HostKeys.MOST_PINS, KEY);
        List<OpenSshPublicKey> tooMany = Collections.nCopies(HostKeys.MOST_PINS + 1, KEY);

        assertThat(PINNED.refreshed(PinnedForge.GITHUB_COM, most)
                        .verdict(GITHUB, KEY)
                        .isTrusted())
                .isTrue();
        assertThatThrownBy(() -> PINNED.refreshed(PinnedForge.GITHUB_COM, tooMany))
                .hasMessage("expected 1 to 16 host keys of github.com, found 17");
        assertThatThrownBy(() -> PINNED.refreshed(PinnedForge.GITHUB_COM, List.of()))
                .hasMessage("expected 1 to 16 host keys of github.com, found 0");
    }

    @Test
    void theFileOfOneHostHoldsItsKeysAndAllRevokedOnes() {
        String file = PINNED.confirmed(OWN, List.of(KEY)).fileFor(OWN);
        Stream<String> revoked = PinnedForge.withdrawnKeys().stream().map(key -> "@revoked " + OWN + " " + key.line());

        assertThat(file.lines())
                .containsExactlyElementsOf(Stream.concat(revoked, Stream.of(OWN + " " + KEY.line()))
                        .toList());
        assertThat(PINNED.fileFor(OWN).lines()).hasSize(2).allMatch(line -> line.startsWith("@revoked "));
        assertThat(KnownHosts.parse(PINNED.fileFor(GITHUB)).trustedFor(GITHUB))
                .isEqualTo(PinnedForge.GITHUB_COM.currentKeys());
    }

    @Test
    void theFileOfAllHostsSaysWhatTheFilesOfEachSay() {
        KnownHosts stored = KnownHosts.parse("github.com " + KEY.line() + "\n* " + WITHDRAWN.line() + "\n" + OWN + " "
                + KEY.line() + "\n@revoked " + OWN + " " + OTHER.line() + "\n");
        HostKeys keys = PINNED.restored(stored);
        KnownHosts all = KnownHosts.parse(keys.text());

        for (SshHost host : List.of(GITHUB, new SshHost("altssh.bitbucket.org", 443), OWN)) {
            assertThat(all.trustedFor(host)).isEqualTo(keys.trustedFor(host));
            assertThat(all.revokedFor(host))
                    .isEqualTo(KnownHosts.parse(keys.fileFor(host)).revokedFor(host));
        }
        assertThat(all.revokedFor(OWN)).contains(OTHER, WITHDRAWN);
    }

    @Test
    void everyVerdictHasItsOwnCase() {
        HostKeys keys = PINNED.confirmed(OWN, List.of(KEY));

        assertThat(Stream.of(
                                keys.verdict(OWN, KEY),
                                keys.verdict(OWN, WITHDRAWN),
                                keys.verdict(OWN, OTHER),
                                keys.verdict(SshHost.of("nowhere.example"), KEY))
                        .map(verdict ->
                                verdict.<String>match(t -> "trusted", r -> "revoked", c -> "changed", u -> "unknown")))
                .containsExactly("trusted", "revoked", "changed", "unknown");
    }
}

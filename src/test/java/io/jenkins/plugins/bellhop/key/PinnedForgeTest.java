package io.jenkins.plugins.bellhop.key;

import static io.jenkins.plugins.bellhop.key.PinnedForge.BITBUCKET_ORG;
import static io.jenkins.plugins.bellhop.key.PinnedForge.GITHUB_COM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published fingerprints, computed again from the key data that are built in. */
class PinnedForgeTest {

    /** github.com's old DSA key, as many public known_hosts files still carry it; its fingerprint was published. */
    private static final String GITHUB_DSA = "ssh-dss "
            + "AAAAB3NzaC1kc3MAAACBANGFW2P9xlGU3zWrymJgI/lKo//ZW2WfVtmbsUZJ5uyKArtlQOT2+WRhcg4979aFxgKd"
            + "csqAYW3/LS1T2km3jYW/vr4Uzn+dXWODVk5VlUiZ1HFOHf6s6ITcZvjvdbp6ZbpM+DuJT7Bw+h5Fx8Qt8I16oCZY"
            + "mAPJRtu46o9C2zk1AAAAFQC4gdFGcSbp5Gr0Wd5Ay/jtcldMewAAAIATTgn4sY4Nem/FQE+XJlyUQptPWMem5fwO"
            + "cWtSXiTKaaN0lkk2p2snz+EJvAGXGq9dTSWHyLJSM2W6ZdQDqWJ1k+cL8CARAqL+UMwF84CR0m3hj+wtVGD/J4G5"
            + "kW2DBAf4/bqzP4469lT+dF2FRQ2L9JKXrCWcnhMtJUvua8dvnwAAAIB6C4nQfAA7x8oLta6tT+oCk2WQcydNsyug"
            + "E8vLrHlogoWEicla6cWPk7oXSspbzUcfkjN3Qa6e74PhRkc7JdSdAlFzU3m7LMkXo1MHgkqNX8glxWNVqBSc0YRd"
            + "bFdTkL0C6gtpklilhvuHQCdbgB3LBAikcRkDp+FCVkUgPC/7Rw==";

    @ParameterizedTest
    @CsvSource({
        "GITHUB_COM, ssh-ed25519, SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
        "GITHUB_COM, ecdsa-sha2-nistp256, SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM",
        "GITHUB_COM, ssh-rsa, SHA256:uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s",
        "BITBUCKET_ORG, ssh-ed25519, SHA256:ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM",
        "BITBUCKET_ORG, ecdsa-sha2-nistp256, SHA256:FC73VB6C4OQLSCrjEayhMp9UMxS97caD/Yyi2bhW/J0",
        "BITBUCKET_ORG, ssh-rsa, SHA256:46OSHA1Rmj8E8ERTC6xkNcmGOw9oFxYr0WF6zWW8l1E",
    })
    void currentKeysHaveThePublishedFingerprints(PinnedForge forge, String type, String fingerprint) {
        assertThat(forge.currentKeys())
                .hasSize(3)
                .filteredOn(key -> key.type().equals(type))
                .singleElement()
                .satisfies(key -> assertThat(key.fingerprint()).hasToString(fingerprint))
                .satisfies(key -> assertThat(PinnedForge.isWithdrawn(key)).isFalse());
    }

    @Test
    void withdrawnKeysHaveThePublishedFingerprints() {
        assertThat(PinnedForge.withdrawnKeys())
                .extracting(
                        key -> key.fingerprint().toString(),
                        key -> Fingerprint.md5(key).toString())
                .containsExactly(
                        tuple(
                                "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
                                "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48"),
                        tuple(
                                "SHA256:zzXQOXSRBEiUtuE8AikJYKwbHaxvSc0ojez9YXaGp1A",
                                "MD5:97:8c:1b:f2:6f:14:6b:5c:3b:ec:aa:46:46:74:7c:40"));
        assertThat(PinnedForge.withdrawnKeys()).allMatch(PinnedForge::isWithdrawn);
    }

    @Test
    void aDsaKeyIsKnownAsWithdrawnByItsFingerprint() {
        OpenSshPublicKey key = OpenSshPublicKey.parse(GITHUB_DSA);

        assertThat(PinnedForge.isWithdrawn(key)).isTrue();
        assertThat(HostKeys.pinned().verdict(SshHost.of("github.com"), key)).isInstanceOf(HostKeyVerdict.Revoked.class);
        assertThat(PinnedForge.isWithdrawn(SshKeyPair.ed25519("").publicKey())).isFalse();
    }

    @Test
    void theServersAtPort443ShowTheSameKeys() {
        assertThat(PinnedForge.of(SshHost.of("github.com"))).contains(GITHUB_COM);
        assertThat(PinnedForge.of(new SshHost("ssh.github.com", 443))).contains(GITHUB_COM);
        assertThat(PinnedForge.of(SshHost.of("bitbucket.org"))).contains(BITBUCKET_ORG);
        assertThat(PinnedForge.of(new SshHost("altssh.bitbucket.org", 443))).contains(BITBUCKET_ORG);
        assertThat(PinnedForge.of(SshHost.of("github.example.org"))).isEmpty();
    }
}

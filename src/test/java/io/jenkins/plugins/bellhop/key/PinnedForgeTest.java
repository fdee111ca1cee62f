package io.jenkins.plugins.bellhop.key;

import static io.jenkins.plugins.bellhop.key.PinnedForge.BITBUCKET_ORG;
import static io.jenkins.plugins.bellhop.key.PinnedForge.GITHUB_COM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published fingerprints, computed again from the key data that are built in. */
class PinnedForgeTest {

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
                        org.assertj.core.groups.Tuple.tuple(
                                "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
                                "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48"),
                        org.assertj.core.groups.Tuple.tuple(
                                "SHA256:zzXQOXSRBEiUtuE8AikJYKwbHaxvSc0ojez9YXaGp1A",
                                "MD5:97:8c:1b:f2:6f:14:6b:5c:3b:ec:aa:46:46:74:7c:40"));
        assertThat(PinnedForge.withdrawnKeys()).allMatch(PinnedForge::isWithdrawn);
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

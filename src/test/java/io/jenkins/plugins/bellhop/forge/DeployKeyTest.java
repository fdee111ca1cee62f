package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployKeyTest {

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519 AAAA, ssh-ed25519 AAAA, true",
        "ssh-ed25519 AAAA, ssh-ed25519 AAAA a comment, true",
        "ssh-ed25519 AAAA one, '  ssh-ed25519  AAAA two\n', true",
        "'ssh-ed25519\tAAAA', ssh-ed25519 AAAA, true",
        "ssh-ed25519 AAAA, ssh-ed25519 AAAB, false",
        "ssh-ed25519 AAAA, ssh-ed25519 AAAAB, false",
        "ssh-ed25519 AAAA, ssh-rsa AAAA, false",
        "ssh-ed25519 AAAA, AAAA, false",
        "ssh-ed25519, ssh-ed25519 AAAA, false"
    })
    void isTheKeyOfALineWhateverTheComment(String own, String other, boolean same) {
        assertThat(new DeployKey("1", "title", own, true, true).isKeyOf(other)).isEqualTo(same);
    }
}

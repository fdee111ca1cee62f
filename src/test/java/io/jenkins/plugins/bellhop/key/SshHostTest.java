package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshHostTest {

    @Test
    void isSpeltAsKnownHostsDo() {
        assertThat(SshHost.of("GitHub.com")).hasToString("github.com");
        assertThat(new SshHost("git.example.org", 7999)).hasToString("[git.example.org]:7999");
        assertThat(SshHost.of("2001:db8::1")).hasToString("2001:db8::1");
        assertThat(new SshHost("2001:db8::1", 2222)).hasToString("[2001:db8::1]:2222");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-oProxyCommand=id", "a b", "a,b", "*.example.org", "!a", "|1|a|b", "[a]:1", "a\nb", "a#b"})
    void refusesWhatCannotNameAServer(String name) {
        assertThatThrownBy(() -> SshHost.of(name))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageStartingWith("expected a host name, found ");
    }

    @Test
    void namesAndPortsAreBounded() {
        String longest = "a".repeat(SshHost.LONGEST_NAME);

        assertThat(SshHost.of(longest).name()).isEqualTo(longest);
        assertThatThrownBy(() -> SshHost.of(longest + "a")).isInstanceOf(KeyFormatException.class);
        assertThat(new SshHost("a", 65_535).port()).isEqualTo(65_535);
        assertThatThrownBy(() -> new SshHost("a", 65_536)).hasMessage("expected a port from 1 to 65535, found 65536");
        assertThatThrownBy(() -> new SshHost("a", 0)).isInstanceOf(KeyFormatException.class);
    }
}

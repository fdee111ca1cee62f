package io.jenkins.plugins.bellhop.jenkins.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/jenkins/",
                "http://LOCALHOST/",
                "https://ci.localhost/",
                "http://127.0.0.1:8080/",
                "http://127.1.2.3/",
                "http://[::1]:8080/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://0.0.0.0:8080/"
            })
    void leadsToTheMachineItself(String url) {
        assertThat(RootUrl.isLoopback(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ci.example.com/",
                "https://localhost.example.com/",
                "http://10.0.0.1/",
                "http://128.0.0.1/",
                "http://[2001:db8::1]/",
                "https://notlocalhost/",
                "nonsense"
            })
    void leadsElsewhere(String url) {
        assertThat(RootUrl.isLoopback(url)).isFalse();
    }
}

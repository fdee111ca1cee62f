package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @Test
    void isNeverPrinted() {
        Secret secret = Secret.of("hunter2");

        assertThat(List.of(secret, Optional.of(secret), Map.of("k", secret)))
                .asString()
                .doesNotContain("hunter2");
        assertThat(secret).hasToString("secret");
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void isNeverEmpty(String text) {
        assertThatThrownBy(() -> Secret.of(text)).hasMessage("expected a secret, found an empty text");
    }

    @Test
    void aRandomOneHas256BitsAndIsFitForUrls() {
        Secret secret = Secret.random();

        assertThat(Base64.getUrlDecoder().decode(secret.reveal())).hasSize(256 / 8);
        assertThat(secret.reveal()).matches("[A-Za-z0-9_-]{43}");
        assertThat(Secret.random().reveal()).isNotEqualTo(secret.reveal());
    }

    @Test
    void isSignedWithInUtf8() {
        byte[] body = {1, 2, 3};

        assertThat(Hmac.sha256(Secret.of("schlüssel"), body)).isNotEqualTo(Hmac.sha256(Secret.of("schl?ssel"), body));
    }
}

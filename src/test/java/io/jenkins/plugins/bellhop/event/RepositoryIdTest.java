package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RepositoryIdTest {

    private static final RepositoryName NAME = new RepositoryName("acme", "app");

    @Test
    void isTheSameAfterARename() {
        RepositoryId before = new RepositoryId("github.com", "1001", NAME);
        RepositoryId after = new RepositoryId("github.com", "1001", new RepositoryName("other", "renamed"));

        assertThat(after).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after).hasToString("other/renamed");
    }

    @Test
    void isAnotherWhenANewRepositoryTookTheName() {
        RepositoryId id = new RepositoryId("github.com", "1001", NAME);

        assertThat(new RepositoryId("github.com", "1002", NAME)).isNotEqualTo(id);
        assertThat(new RepositoryId("github.example.com", "1001", NAME)).isNotEqualTo(id);
        assertThat(id).isNotEqualTo(NAME);
        assertThat(new RepositoryId("github.com", "1002", NAME).key()).isNotEqualTo(id.key());
    }

    @Test
    void needsHostAndId() {
        assertThatThrownBy(() -> new RepositoryId(" ", "1001", NAME))
                .hasMessage("expected a repository's host and stable id, found \" \" and \"1001\"");
        assertThatThrownBy(() -> new RepositoryId("github.com", "", NAME)).isInstanceOf(IllegalArgumentException.class);
    }
}

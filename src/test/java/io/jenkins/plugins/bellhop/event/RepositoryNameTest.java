package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme/app", "Acme-1/App_2.x", "a/b", "~jane.doe/app", "~JANE.DOE_EXAMPLE.COM/app",
                        "jane@example.com/app",
                "acme/.github", "acme/_", "acme/app.git", "acme/...", "6543/test_ci_tmp", "0/0"
            })
    void readsOwnerAndName(String text) {
        RepositoryName name = RepositoryName.parse(text);

        assertThat(name).hasToString(text);
        assertThat(name.owner()).isEqualTo(text.substring(0, text.indexOf('/')));
        assertThat(name.name()).isEqualTo(text.substring(text.indexOf('/') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "acme",
                "acme/",
                "/app",
                "acme/app/more",
                "acme/.",
                "acme/..",
                "../app",
                "./app",
                "-acme/app",
                "acme/-app",
                "acme /app",
                "acme/a pp",
                "acme/app\n",
                "acme/app?x",
                "acme/app#x",
                "acme/a%2fb",
                "~/app",
                "ac~me/app",
                "acme/äpp",
                "acme\\app/x",
                "acme/$(id)",
                "{uuid}/app"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> RepositoryName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a repository as owner/name, found " + Quoted.text(text));
    }

    @Test
    void takesPartsUpToTheLongestAndNoLonger() {
        String longest = "a".repeat(RepositoryName.LONGEST_PART);

        assertThat(new RepositoryName(longest, longest).owner()).isEqualTo(longest);
        assertThatThrownBy(() -> new RepositoryName(longest + "a", "app")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RepositoryName("acme", longest + "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void caseDoesNotTellRepositoriesApart() {
        RepositoryName name = new RepositoryName("Acme", "App");

        assertThat(name.isSameAs(new RepositoryName("acme", "APP"))).isTrue();
        assertThat(name.isSameAs(new RepositoryName("acme", "app-lib"))).isFalse();
        assertThat(name.key()).isEqualTo("acme/app");
    }
}

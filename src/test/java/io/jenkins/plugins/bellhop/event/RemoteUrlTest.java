package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.support.Seed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {

    private static final int GENERATED = 10_000;

    private static final List<String> SPELLINGS = List.of(
            "https://github.com/acme/app.git",
            "https://user:hunter2@github.com/acme/app",
            "ssh://git@github.com:22/acme/app",
            "git@github.com:acme/app.git");

    private static final List<String> PIECES = List.of(
            "://",
            "file://",
            "ext::",
            "git@",
            "user:hunter2@",
            "hunter2@",
            ":",
            ":22",
            ":99999",
            "/",
            "//",
            ".git",
            "..",
            ".",
            "~",
            "-",
            "-o",
            " ",
            "\n",
            "\\",
            "[::1]",
            "?",
            "#",
            "%2e",
            "%2F",
            "%00",
            "@",
            "{",
            "é",
            "\u2028");

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/app, github.com, , acme/app, false",
        "https://github.com/acme/app.git, github.com, , acme/app, false",
        "https://github.com/acme/app/, github.com, , acme/app, false",
        "https://github.com/acme/app.git/, github.com, , acme/app, false",
        "https://GitHub.com/Acme/App, github.com, , Acme/App, false",
        "HTTPS://github.com/acme/app, github.com, , acme/app, false",
        "http://git.example.com:8080/acme/app, git.example.com, 8080, acme/app, false",
        "https://git.example.com/context/scm/key/app.git, git.example.com, , context/scm/key/app, false",
        "https://git.example.com/scm/~jane.doe/app.git, git.example.com, , scm/~jane.doe/app, false",
        "https://10.0.0.7/acme/app, 10.0.0.7, , acme/app, false",
        "ssh://git@github.com/acme/app.git, github.com, , acme/app, true",
        "ssh://github.com/acme/app, github.com, , acme/app, true",
        "ssh://git@git.example.com:7999/key/app.git, git.example.com, 7999, key/app, true",
        "ssh://git@ssh.github.com:443/acme/app.git, ssh.github.com, 443, acme/app, true",
        "https://git.example.com:1/acme/app, git.example.com, 1, acme/app, false",
        "https://git.example.com:65535/acme/app, git.example.com, 65535, acme/app, false",
        "git+ssh://git@github.com/acme/app.git, github.com, , acme/app, true",
        "ssh+git://git@github.com/acme/app.git, github.com, , acme/app, true",
        "git@github.com:acme/app.git, github.com, , acme/app, true",
        "git@github.com:acme/app, github.com, , acme/app, true",
        "git@github.com:acme/app.git/, github.com, , acme/app, true",
        "git@git.example.com:~jane@example.com/app, git.example.com, , ~jane@example.com/app, true",
        "github.com:acme/app, github.com, , acme/app, true",
        "org-123@GITHUB.com:acme/app.git.git, github.com, , acme/app.git, true"
    })
    void readsEverySpelling(String text, String host, Integer port, String path, boolean overSsh) {
        RemoteUrl url = RemoteUrl.parse(text);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port().stream().boxed()).isEqualTo(port == null ? List.of() : List.of(port));
        assertThat(url.path()).isEqualTo(path);
        assertThat(url.overSsh()).isEqualTo(overSsh);
        assertThat(url.text()).isEqualTo(text);
    }

    @Test
    void takesTextsUpToTheLongestAndNoLonger() {
        String start = "https://github.com/acme/";
        String longest = start + "a".repeat(RemoteUrl.LONGEST - start.length());

        assertThat(RemoteUrl.parse(longest).text()).hasSize(RemoteUrl.LONGEST);
        assertThatThrownBy(() -> RemoteUrl.parse(longest + "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:hunter2@github.com/acme/app, true",
        "https://:hunter2@github.com/acme/app, true",
        "ssh://git:hunter2@github.com:22/acme/app, true",
        "https://user@bitbucket.org/acme/app, true",
        "https://ghp_token@github.com/acme/app.git, true",
        "http://token@localhost:8080/acme/app, true",
        "https://github.com/acme/app@home, false",
        "https://github.com:8443/acme/app, false",
        "ssh://git@github.com:22/acme/app, false",
        "git@github.com:acme/app.git, false"
    })
    void knowsWhetherItHoldsCredentials(String text, boolean holds) {
        assertThat(RemoteUrl.parse(text).holdsCredentials()).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:hunter2@github.com/acme/app, https://github.com/acme/app",
        "https://ghp_token@github.com/acme/app.git, https://github.com/acme/app.git",
        "ssh://git:hunter2@github.com:22/acme/app, ssh://git@github.com:22/acme/app",
        "ssh://git@github.com:22/acme/app, ssh://git@github.com:22/acme/app",
        "https://github.com/acme/app@home, https://github.com/acme/app@home",
        "git@github.com:acme/app.git, git@github.com:acme/app.git"
    })
    void leavesCredentialsOut(String text, String rest) {
        assertThat(RemoteUrl.parse(text).withoutCredentials().text()).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@github.com/acme/app.git", "https://hunter2@github.com/acme/app",
                "https://x-access-token:hunter2@github.com/acme/app", "https://:hunter2@github.com/acme/app"
            })
    void takesCredentialsInTheUrlAndDoesNotShowThem(String text) {
        RemoteUrl url = RemoteUrl.parse(text);

        assertThat(url.host()).isEqualTo("github.com");
        assertThat(url.path()).isEqualTo("acme/app");
        assertThat(url.toString()).doesNotContain("hunter2").startsWith("https://…@github.com/acme/app");
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/app, acme/app",
        "https://git.example.com/context/scm/key/app.git, key/app",
        "ssh://git@git.example.com:7999/~jane/app, ~jane/app"
    })
    void theLastTwoPartsAreOwnerAndName(String text, String name) {
        assertThat(RemoteUrl.parse(text).repositoryName()).isEqualTo(RepositoryName.parse(name));
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/app, acme/app",
        "https://github.com/acme/app.git, acme/app",
        "https://github.com/acme/app/tree/main, acme/app",
        "https://github.com/acme/app.git/tree/main, acme/app",
        "git@github.com:acme/app.git, acme/app"
    })
    void theFirstTwoPartsAreOwnerAndNameWhereNoRepositoryLiesDeeper(String text, String name) {
        assertThat(RemoteUrl.parse(text).leadingName()).isEqualTo(RepositoryName.parse(name));
    }

    @Test
    void theUserOfAllForgesIsNoSecret() {
        assertThat(RemoteUrl.parse("ssh://git@git.example.com:7999/acme/app"))
                .hasToString("ssh://git@git.example.com:7999/acme/app");
        assertThat(RemoteUrl.parse("ssh://git:hunter2@git.example.com/acme/app"))
                .hasToString("ssh://…@git.example.com/acme/app");
        assertThat(RemoteUrl.parse("ssh://somebody@git.example.com/acme/app"))
                .as("people paste tokens into every field")
                .hasToString("ssh://…@git.example.com/acme/app");
    }

    @Test
    void spellingsOfOneRepositoryLeadToTheSame() {
        RemoteUrl https = RemoteUrl.parse("https://github.com/acme/app");
        RemoteUrl ssh = RemoteUrl.parse("ssh://git@GITHUB.com:22/Acme/App.git");

        assertThat(https.leadsToSameRepositoryAs(ssh)).isTrue();
        assertThat(https).isNotEqualTo(ssh);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/app-lib",
                "https://github.com/acme/ap",
                "https://github.com/acm/app",
                "https://github.org/acme/app",
                "https://github.com/x/acme/app"
            })
    void otherRepositoriesDoNot(String other) {
        RemoteUrl url = RemoteUrl.parse("https://github.com/acme/app");

        assertThat(url.leadsToSameRepositoryAs(RemoteUrl.parse(other))).isFalse();
    }

    @Test
    void equalMeansWrittenAlike() {
        RemoteUrl url = RemoteUrl.parse("git@github.com:acme/app");

        assertThat(url)
                .isEqualTo(RemoteUrl.parse("git@github.com:acme/app"))
                .hasSameHashCodeAs(RemoteUrl.parse(url.text()));
        assertThat(url)
                .isNotEqualTo(RemoteUrl.parse("git@github.com:acme/app.git"))
                .isNotEqualTo(url.text());
    }

    @Test
    void generatedTextsAreReadSafelyOrRefusedInWords() {
        Seed seed = Seed.fresh("RemoteUrlTest");
        Random random = seed.random();
        int read = 0;
        for (int i = 0; i < GENERATED; i++) {
            StringBuilder text = new StringBuilder(SPELLINGS.get(random.nextInt(SPELLINGS.size())));
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(2), PIECES.get(random.nextInt(PIECES.size())));
            }
            read += isReadSafely(text.toString(), seed) ? 1 : 0;
        }
        assertThat(read).as("texts that were read, of %s", seed).isBetween(GENERATED / 4, GENERATED - GENERATED / 4);
    }

    private static boolean isReadSafely(String text, Seed seed) {
        try {
            RemoteUrl url = RemoteUrl.parse(text);
            assertThat(url).as("%s of %s", text, seed).satisfies(RemoteUrlTest::isSafe);
            return true;
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .as("%s of %s", text, seed)
                    .startsWith("expected a repository URL")
                    .doesNotContain("hunter2@")
                    .hasSizeLessThan(400);
            return false;
        }
    }

    private static void isSafe(RemoteUrl url) {
        assertThat(url.host()).matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
        assertThat(url.path()).matches("[A-Za-z0-9_.~@{}][A-Za-z0-9_.~@{}-]*(/[A-Za-z0-9_.~@{}-]+)+");
        assertThat(List.of(url.path().split("/"))).doesNotContain(".", "..");
        // A path may contain an @, but what stands before the host never comes back.
        assertThat(url.toString()).doesNotContainPattern("^[a-z+]+://[^/]*hunter2@");
    }
}

package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyScopeTest {

    @ParameterizedTest
    @CsvSource({
        "github.com, github.com",
        "GitHub.COM, github.com",
        "git.example.com:2222, [git.example.com]:2222",
        "[::1]:2222, [::1]:2222",
        "github.com/owner/app, github.com/owner/app",
        "git@github.com/owner/app.git, github.com/owner/app",
        "git.example.com:7999/~me/app, [git.example.com]:7999/~me/app",
        "git@github.com:owner/app.git, github.com/owner/app",
        "git@host:123/group/app.git, host/123/group/app",
        "git@github.com:123/app.git, github.com/123/app",
        "ssh://git@git.example.com:7999/proj/app.git, [git.example.com]:7999/proj/app",
        "git+ssh://git@github.com/owner/app, github.com/owner/app",
        "https://github.com/owner/app, github.com/owner/app",
        "https://git.example.com:8443/proj/app, git.example.com/proj/app"
    })
    void readsWhatPeopleWrite(String text, String scope) {
        assertThat(KeyScope.parse("  " + text + " ", true)).hasToString(scope);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-oProxyCommand=x",
                "host name",
                "host:99999",
                "host:0",
                "host/app",
                "host/../app",
                "a/b"
            })
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> KeyScope.parse(text, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/scm/PROJ/app.git",
                "https://git.example.com:8443/bitbucket/scm/PROJ/app.git",
                "http://git.example.com/scm/~me/app"
            })
    void aDataCentersHttpsUrlTellsNothingOfSsh(String url) {
        assertThatThrownBy(() -> KeyScope.parse(url, true))
                .hasMessageContaining("expected the SSH URL of the repository")
                .hasMessageContaining("found " + url);
    }

    @Test
    void onlyOverHttpsScmIsADataCenters() {
        assertThat(KeyScope.parse("ssh://git@host/scm/team/app.git", true)).hasToString("host/scm/team/app");
        assertThat(KeyScope.parse("https://host/scm/app", true)).hasToString("host/scm/app");
    }

    @Test
    void serverCoversItsRepositoriesOnItsPortAlone() {
        KeyScope server = KeyScope.parse("git.example.com:2222", true);

        assertThat(server.covers(KeyScope.parse("git.example.com:2222/a/b", true)))
                .isTrue();
        assertThat(server.covers(server)).isTrue();
        assertThat(server.covers(KeyScope.parse("git.example.com/a/b", true))).isFalse();
        assertThat(KeyScope.parse("git.example.com:2222/a/b", true).covers(server))
                .isFalse();
    }

    @Test
    void caseCountsWhereTheServerSaysSo() {
        assertThat(KeyScope.parse("host/A/b", true).covers(KeyScope.parse("host/a/B", true)))
                .isTrue();
        assertThat(KeyScope.parse("host/A/b", false).covers(KeyScope.parse("host/a/B", false)))
                .isFalse();
    }

    @Test
    void usualSpellingsAreThoseOfTheServersPort() {
        assertThat(route("git@github.com:Owner/app.git").spellings())
                .containsExactly(
                        "git@github.com:Owner/app.git",
                        "ssh://git@github.com/Owner/app.git",
                        "git@github.com:Owner/app",
                        "ssh://git@github.com/Owner/app");
        assertThat(route("ssh://git@host:7999/p/r.git").spellings())
                .containsExactly("ssh://git@host:7999/p/r.git", "ssh://git@host:7999/p/r");
        assertThat(route("github.com").spellings()).isEmpty();
    }

    private static KeyRoute route(String scope) {
        KeyScope target = KeyScope.parse(scope, true);
        return new KeyRoute(target, new KeyChoice.None(target));
    }
}

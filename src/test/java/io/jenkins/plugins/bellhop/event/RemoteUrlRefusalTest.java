package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no remote on a server, and what is said of it. */
class RemoteUrlRefusalTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "acme/app",
                "/srv/git/app.git",
                "./app",
                "../app",
                "~/app",
                "C:\\repos\\app",
                "C:/repos/app",
                "\\\\server\\share\\app",
                "file:///srv/git/app.git",
                "file:/srv/git/app.git",
                "file://host/acme/app",
                "git://github.com/acme/app",
                "ftp://github.com/acme/app",
                "ext::sh -c id",
                "ext::sh/-c/id",
                "ext::ssh://git@github.com/acme/app",
                "fd::7/acme",
                "javascript://github.com/acme/app",
                "://x/y/z",
                "//github.com/acme/app"
            })
    void refusesWhatIsNoServer(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-uhttps://github.com/acme/app",
                "--upload-pack=id",
                "-oProxyCommand=id@github.com:acme/app",
                "ssh://-oProxyCommand=id/acme/app",
                "ssh://git@-oProxyCommand=id/acme/app",
                "ssh://-oProxyCommand=id@github.com/acme/app",
                "ssh://%2DoProxyCommand=id@github.com/acme/app",
                "git@-oProxyCommand:acme/app",
                "-github.com:acme/app",
                "git@github.com:-acme/app",
                "https://github.com/-acme/app",
                "https://github.com/%2Dacme/app"
            })
    void refusesWhatSshOrGitCouldTakeForAnOption(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/app ", " https://github.com/acme/app", "https://github.com/ac me/app",
                "https://github.com/acme/app\n", "https://github.com/acme\r/app", "https://github.com/acme/app\u0000",
                "https://github.com/acme/\u007fapp", "git@github.com:acme/a\tpp", "https://github.com/acme/%0Aapp",
                "https://github.com/acme/%00app", "https://github.com/acme/app\u2028", "git@git\u0085hub.com:acme/app",
                "https://github.com/acme/äpp", "https://gıthub.com/acme/app", "git@github.com:acme/a$(id)",
                "git@github.com:acme/app;id", "git@github.com:acme/app'"
            })
    void refusesBlanksControlCharactersAndWhatAShellWouldRead(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/../app",
                "https://github.com/acme/..",
                "https://github.com/acme/../app",
                "https://github.com/acme/%2e%2e/app",
                "https://github.com/acme/..%2fapp",
                "git@github.com:../app",
                "git@github.com:acme/..",
                "https://github.com/./app",
                "https://github.com/acme/.",
                "https://github.com/acme//app",
                "git@github.com:acme//app",
                "https://github.com/acme/.git",
                "https://github.com/acme",
                "https://github.com/",
                "https://github.com",
                "git@github.com:acme",
                "git@github.com:"
            })
    void refusesPathsThatNameNoRepository(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https:///acme/app", "https://git..example.com/acme/app", "https://.example.com/acme/app",
                "https://example.com-/acme/app", "https://exa_mple.com/acme/app", "https://github.com:0/acme/app",
                "https://github.com:65536/acme/app", "https://github.com:x/acme/app", "git@@github.com:acme/app",
                "git@git@github.com:acme/app", "https://github.com/acme/app?x=1", "https://github.com/acme/app?",
                "https://github.com/acme/app#readme", "https://github.com/acme/app#"
            })
    void refusesHostsPortsQueriesAndFragmentsThatNoRemoteHas(String text) {
        assertRefused(text);
    }

    /** No forge here is reached by a bare IPv6 address; one that is can be given a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://[::1]/acme/app",
                "ssh://git@[2001:db8::7]:22/acme/app",
                "git@[::1]:acme/app",
                "[::1]:acme/app"
            })
    void refusesIpv6Addresses(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@github.com",
                "https://hunter2@github.com/",
                "https://user:hunter2@host/a b/c",
                "https://user:hunter2/hunter2@github.com/acme/app",
                "https://user:hunter2@hunter2@github.com/acme/app",
                "https://user:x?hunter2@github.com/acme/app",
                "https://user:x#hunter2@github.com/acme/app",
                "https:/user:hunter2@github.com/acme/app",
                "https:user:hunter2@github.com/acme/app",
                "oauth2:hunter2@github.com:acme/app",
                "user:hunter2@github.com",
                "user:hunter2@github.com/acme/app",
                "https://github.com/acme/app?access_token=hunter2",
                "https://github.com/acme/app#hunter2",
                "https://github.com/acme/app?private_token=hunter2&to=me@example.com",
                "file://user:hunter2@host/a/b"
            })
    void doesNotRepeatASecretInTheMessage(String text) {
        assertThatThrownBy(() -> RemoteUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("expected a repository URL")
                .doesNotContain("hunter2");
    }

    @Test
    void aSecretIsHiddenAlsoWhereTheMessageIsCut() {
        String text = "https://user:" + "hunter2".repeat(40) + "@github.com";

        assertThatThrownBy(() -> RemoteUrl.parse(text)).message().doesNotContain("hunter2");
    }

    @Test
    void theMessageSaysWhatWasFound() {
        assertThatThrownBy(() -> RemoteUrl.parse("file:///srv/app"))
                .hasMessage("expected a repository URL such as https://host/owner/name,"
                        + " ssh://git@host/owner/name.git or git@host:owner/name.git, found \"file:///srv/app\"");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> RemoteUrl.parse(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a repository URL such as ");
    }
}

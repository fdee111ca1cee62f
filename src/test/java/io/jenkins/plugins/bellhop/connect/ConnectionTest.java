package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    @Test
    void isReadyWithKeyAndHook() {
        Connection draft = connection();

        assertThat(draft.isReady()).isFalse();
        assertThat(draft.withKeyId("1").isReady()).isFalse();
        assertThat(draft.withHookId("2").isReady()).isFalse();
        assertThat(draft.withKeyId("1").withHookId("2").isReady()).isTrue();
        assertThat(draft.fingerprint()).isEqualTo(draft.publicKey().fingerprint());
    }

    @Test
    void itsIdIsTheRepositorysWhateverThatIsCalled() {
        String id = Connection.idOf(FakeForge.APP);

        assertThat(id).isEqualTo(Connection.idOf(named("renamed"))).isEqualTo("b5b91f31-5319-8a94-ada9-46a97d223fde");
        assertThat(UUID.fromString(id)).hasToString(id).satisfies(uuid -> {
            assertThat(uuid.version()).isEqualTo(8);
            assertThat(uuid.variant()).isEqualTo(2);
        });
        RepositoryName name = FakeForge.APP.name();
        assertThat(Connection.idOf(new RepositoryId("github.com", "1002", name)))
                .isNotEqualTo(id);
        assertThat(Connection.idOf(new RepositoryId("github.example.com", "1001", name)))
                .isNotEqualTo(id);
    }

    @Test
    void takesTheNewNameAndStaysTheSame() {
        Connection connection = connection().withKeyId("1").withHookId("2");
        RepositoryId today = new RepositoryId("github.com", "1001", new RepositoryName("acme", "new"));
        Connection renamed = connection.renamed(today, "git@github.com:acme/new.git");

        assertThat(renamed.repository().name()).isEqualTo(today.name());
        assertThat(renamed.sshUrl()).isEqualTo("git@github.com:acme/new.git");
        assertThat(renamed.id()).isEqualTo(connection.id());
        assertThat(renamed.isReady()).isTrue();
        assertThat(renamed.wasCalled(new RepositoryName("Acme", "APP"))).isTrue();
        assertThat(renamed.wasCalled(today.name())).isFalse();
    }

    @Test
    void aNameThatItTakesBackIsNoFormerOne() {
        Connection there = connection().renamed(named("new"), "git@github.com:acme/new.git");
        Connection back = there.renamed(FakeForge.APP, "git@github.com:acme/app.git");

        assertThat(back.formerNames()).containsExactly(named("new").name());
    }

    @Test
    void keepsItsNewestFormerNames() {
        Connection connection = connection();
        for (int i = 0; i <= Connection.MOST_FORMER_NAMES; i++) {
            connection = connection.renamed(named("name-" + i), "git@github.com:acme/name.git");
        }

        assertThat(connection.formerNames()).hasSize(Connection.MOST_FORMER_NAMES);
        assertThat(connection.wasCalled(FakeForge.APP.name())).isFalse();
        assertThat(connection.wasCalled(named("name-0").name())).isTrue();
    }

    private static RepositoryId named(String name) {
        return new RepositoryId("github.com", "1001", new RepositoryName("acme", name));
    }

    private static Connection connection() {
        return new Connection(
                "id",
                FakeForge.APP,
                "git@github.com:acme/app.git",
                Optional.of("main"),
                SshKeyPair.ed25519("x").publicKey(),
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "https://ci.example.com/, https://ci.example.com/bellhop/hook/x, true",
        "https://ci.example.com/, https://ci.example.com/jenkins/bellhop/hook/x, false",
        "https://ci.example.com/jenkins/, https://ci.example.com/jenkins/bellhop/hook/x, true",
        "https://ci.example.com/jenkins/, https://ci.example.com/jenkins2/bellhop/hook/x, false",
        "https://ci.example.com/, https://ci.example.com.evil.example/bellhop/hook/x, false",
        "https://ci.example.com/, https://ci.example.com/github-webhook/, false"
    })
    void knowsItsOwnHooks(URI root, String url, boolean ours) {
        assertThat(new Site(root).isHookOfOurs(url)).isEqualTo(ours);
    }

    @Test
    void aSitesHooksAndKeysCarryItsUrl() {
        Site site = new Site(URI.create("https://ci.example.com/jenkins/"));

        assertThat(site.hookUrl("x")).hasToString("https://ci.example.com/jenkins/bellhop/hook/x");
        assertThat(site.keyTitle()).isEqualTo("Bellhop at https://ci.example.com/jenkins/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci.example.com/", "/jenkins/", "https://ci.example.com", "https:///", "mailto:a@b/"})
    void aSiteNeedsItsWholeUrl(String root) {
        assertThatThrownBy(() -> new Site(URI.create(root)))
                .hasMessage("expected Jenkins' root URL, such as https://ci.example.com/, found " + root);
    }

    @Test
    void undoRunsEveryStepNewestFirstAndSaysWhichFailed() {
        List<String> ran = new ArrayList<>();
        Undo undo = new Undo();
        undo.arm("the first", () -> ran.add("first"));
        undo.arm("the second", () -> {
            ran.add("second");
            throw new IOException("disk full");
        });
        undo.arm("the third", () -> {
            ran.add("third");
            throw new ForgeFailure(Kind.UNREACHABLE, "Could not reach it.");
        });
        undo.arm("the fourth", () -> {
            ran.add("fourth");
            throw new IllegalStateException("fault");
        });

        assertThat(undo.run())
                .containsExactly("the fourth (fault)", "the third (Could not reach it.)", "the second (disk full)");
        assertThat(ran).containsExactly("fourth", "third", "second", "first");
        assertThat(undo.run()).isEmpty();
        assertThat(ran).hasSize(4);
    }
}

package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DisconnectTest {

    private static final Site SITE = new Site(URI.create("https://ci.example.com/"));
    private static final DeployKey FOREIGN_KEY = new DeployKey("1", "somebody's", "ssh-rsa AAAA", false, true);
    private static final Hook FOREIGN_HOOK = new Hook("3", "https://elsewhere.example/hook", true, Set.of("push"));

    private final Faults faults = new Faults();
    private final FakeForge forge = new FakeForge(faults);
    private final FakeStore store = new FakeStore(faults);
    private final Connector connector = new Connector(SITE, store, (sshUrl, key) -> Optional.empty());

    private Connection connection;

    @BeforeEach
    void connect() throws ConnectFailure {
        forge.keys.add(FOREIGN_KEY);
        forge.hooks.add(FOREIGN_HOOK);
        connection = connector.connect(FakeForge.APP.name(), forge);
        faults.stop();
    }

    private void disconnect() throws ConnectFailure {
        connector.disconnect(store.custody(connection.id()).orElseThrow(), forge);
    }

    @Test
    void removesHookKeyAndRecordAndNothingElse() throws ConnectFailure {
        disconnect();

        assertThat(forge.keys).containsExactly(FOREIGN_KEY);
        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK);
        assertThat(store.connections).isEmpty();
        assertThat(store.secrets).isEmpty();
        assertThat(faults.calls())
                .containsExactly("read repository", "list hooks", "remove hook", "list keys", "remove key", "forget");
    }

    @Test
    void whatIsGoneAtTheForgeIsNoFailure() throws ConnectFailure {
        forge.keys.clear();
        forge.hooks.clear();
        disconnect();

        assertThat(store.connections).isEmpty();
    }

    @Test
    void keysThatWereBeingChangedGoToo() throws ConnectFailure {
        SshKeyPair next = SshKeyPair.ed25519("");
        SshKeyPair retired = SshKeyPair.ed25519("");
        store.turnovers.put(
                connection.id(),
                Turnover.NONE
                        .withNextKey(Optional.of(next))
                        .withRetired(List.of(new RetiredKey(retired.publicKey(), Instant.EPOCH))));
        forge.keys.add(new DeployKey("77", "next", next.publicLine(), true, true));
        forge.keys.add(new DeployKey("78", "retired", retired.publicLine(), true, true));
        disconnect();

        assertThat(forge.keys).containsExactly(FOREIGN_KEY);
    }

    @Test
    void aConnectionToARepositoryThatNobodyReachesCanBeForgotten() throws ConnectFailure {
        connector.forget(connection);

        assertThat(store.connections).isEmpty();
        assertThat(faults.calls()).containsExactly("forget");
    }

    @Test
    void findsKeyAndHookWhateverTheirIdsAre() throws ConnectFailure {
        DeployKey key = forge.keys.remove(1);
        Hook hook = forge.hooks.remove(1);
        forge.keys.add(new DeployKey("77", "renamed by hand", key.publicLine() + " comment", true, true));
        forge.hooks.add(new Hook("78", hook.url(), false, Set.of()));
        disconnect();

        assertThat(forge.keys).containsExactly(FOREIGN_KEY);
        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK);
    }

    @Test
    void removesEverythingAlsoWhenJenkinsIsCalledSomethingElseByNow() throws ConnectFailure {
        Site today = new Site(URI.create("https://jenkins.example.com/ci/"));
        new Connector(today, store, (sshUrl, key) -> Optional.empty())
                .disconnect(store.custody(connection.id()).orElseThrow(), forge);

        assertThat(forge.keys).containsExactly(FOREIGN_KEY);
        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK);
    }

    @Test
    void removesTheHookAlsoWhereItsAddressIsAnother() throws ConnectFailure {
        Hook hook = forge.hooks.remove(1);
        String path = hook.url().substring(hook.url().lastIndexOf('/'));
        forge.hooks.add(new Hook(hook.id(), "https://relay.example/in", true, Set.of()));
        forge.hooks.add(new Hook("78", "http://old.example.com/jenkins/bellhop/hook" + path, true, Set.of()));
        disconnect();

        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK);
    }

    @Test
    void worksOnAConnectionThatACrashLeftHalfMade() throws ConnectFailure {
        SshKeyPair key = SshKeyPair.ed25519("draft");
        connection = new Connection(
                "draft",
                FakeForge.APP,
                "git@github.com:acme/app.git",
                Optional.empty(),
                key.publicKey(),
                Optional.empty(),
                Optional.empty());
        ConnectionSecrets secrets = new ConnectionSecrets("path", Secret.of("secret"), Secret.of(key.privateText()));
        store.connections.clear();
        store.connections.put("draft", connection);
        store.secrets.put("draft", secrets);
        forge.keys.add(new DeployKey("9", "title", key.publicLine(), true, true));
        connector.disconnect(new Custody(connection, secrets, Turnover.NONE), forge);

        assertThat(connection.isReady()).isFalse();
        assertThat(forge.keys).extracting(DeployKey::id).doesNotContain("9");
        assertThat(store.connections).isEmpty();
    }

    static Stream<Arguments> failures() {
        List<String> calls =
                List.of("read repository", "list hooks", "remove hook", "list keys", "remove key", "forget");
        return calls.stream()
                .flatMap(call -> Stream.of(How.REFUSED, How.ANSWER_LOST)
                        .map(how -> Arguments.of(calls.indexOf(call), call, how)));
    }

    @ParameterizedTest(name = "call {0} ({1}) fails: {2}")
    @MethodSource("failures")
    void aFailureForgetsNothingAndTheNextAttemptRemovesTheRest(int call, String name, How how) throws ConnectFailure {
        faults.failAt(call, how);
        assertThatThrownBy(this::disconnect).isInstanceOf(ConnectFailure.class);
        if (!(name.equals("forget") && how == How.ANSWER_LOST)) {
            assertThat(store.connections).containsOnlyKeys(connection.id());
        }
        faults.stop();
        ConnectionSecrets secrets = new ConnectionSecrets(hookPath(), Secret.of("x"), Secret.of("x"));
        connector.disconnect(new Custody(connection, secrets, Turnover.NONE), forge);

        assertThat(forge.keys).containsExactly(FOREIGN_KEY);
        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK);
        assertThat(store.connections).isEmpty();
    }

    /** As the record or the forge still tells it. */
    private String hookPath() {
        return Optional.ofNullable(store.secrets.get(connection.id()))
                .map(ConnectionSecrets::hookPath)
                .orElse("forgotten");
    }

    @Test
    void theKeyGoesAlsoWhenTheHookCannot() {
        faults.failAt(1, How.REFUSED);

        assertThatThrownBy(this::disconnect)
                .hasMessage(
                        "Could not remove everything at the forge. Still there: the webhook of acme/app (github.com did"
                                + " not list hooks: out of order.).");
        assertThat(forge.keys).containsExactly(FOREIGN_KEY);
    }

    @Test
    void aRecordThatCannotBeForgottenIsAFailure() {
        faults.failAt(5, How.REFUSED);

        assertThatThrownBy(this::disconnect)
                .isInstanceOf(ConnectFailure.class)
                .hasMessage("Could not forget the connection: disk full.");
    }
}

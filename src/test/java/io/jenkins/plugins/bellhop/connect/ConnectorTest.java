package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorTest {

    private static final Site SITE = new Site(URI.create("https://ci.example.com/"));
    private static final String TITLE = "Bellhop at https://ci.example.com/";
    private static final DeployKey FOREIGN_KEY = new DeployKey("1", "somebody's", "ssh-rsa AAAA", false, true);
    private static final DeployKey OTHER_JENKINS_KEY =
            new DeployKey("2", "Bellhop at https://ci.example.com/other/", "ssh-rsa BBBB", true, true);
    private static final Hook FOREIGN_HOOK = new Hook("3", "https://elsewhere.example/hook", true, Set.of("push"));
    private static final Hook OTHER_JENKINS_HOOK =
            new Hook("4", "https://ci.example.com/other/bellhop/hook/x", true, Set.of("push"));

    private final Faults faults = new Faults();
    private final FakeForge forge = new FakeForge(faults);
    private final FakeStore store = new FakeStore(faults);
    private final List<SshKeyPair> proven = new ArrayList<>();
    private final Connector connector = new Connector(SITE, store, (sshUrl, key) -> {
        proven.add(key);
        assertThat(sshUrl).isEqualTo("git@github.com:acme/app.git");
        How fault = faults.next("prove");
        faults.breakIf(fault);
        return fault == How.NOT ? Optional.empty() : Optional.of("git could not read the repository.");
    });

    ConnectorTest() {
        forge.keys.addAll(List.of(FOREIGN_KEY, OTHER_JENKINS_KEY));
        forge.hooks.addAll(List.of(FOREIGN_HOOK, OTHER_JENKINS_HOOK));
    }

    private Connection connect() throws ConnectFailure {
        return connector.connect(FakeForge.APP.name(), forge);
    }

    @Test
    void leavesOneKeyOneHookAndOneRecordThatFitTogether() throws ConnectFailure {
        Connection connection = connect();
        ConnectionSecrets secrets = store.secrets.get(connection.id());
        DeployKey key = forge.keys.get(2);
        Hook hook = forge.hooks.get(2);

        assertThat(store.connections).containsExactly(Map.entry(connection.id(), connection));
        assertThat(connection.isReady()).isTrue();
        assertThat(connection.repository()).isEqualTo(FakeForge.APP);
        assertThat(connection.defaultBranch()).contains("main");
        assertThat(forge.keys).hasSize(3);
        assertThat(key.title()).isEqualTo(TITLE);
        assertThat(connection.keyId()).contains(key.id());
        assertThat(OpenSshPublicKey.parse(key.publicLine())).isEqualTo(connection.publicKey());
        assertThat(forge.hooks).hasSize(3);
        assertThat(connection.hookId()).contains(hook.id());
        assertThat(hook.url()).isEqualTo("https://ci.example.com/bellhop/hook/" + secrets.hookPath());
        assertThat(forge.hookSecrets).containsExactly(secrets.webhook());
        assertThat(secrets.hookPath())
                .hasSizeGreaterThan(40)
                .isNotEqualTo(secrets.webhook().reveal());
    }

    @Test
    void provesTheKeyThatItUploadedAndKeeps() throws ConnectFailure {
        Connection connection = connect();

        assertThat(proven).singleElement().satisfies(key -> {
            assertThat(key.publicKey()).isEqualTo(connection.publicKey());
            assertThat(key.privateText())
                    .isEqualTo(store.secrets.get(connection.id()).privateKey().reveal());
        });
    }

    @Test
    void needsAtMostSixCallsAndRecordsWhatItDoesBeforeItDoesIt() throws ConnectFailure {
        connect();

        assertThat(faults.calls())
                .containsExactly(
                        "read repository", "list keys", "list hooks", "save", "add key", "prove", "add hook", "save");
        assertThat(faults.callsToTheForge()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void withoutATrustedHostKeyNothingGoesToTheForge() throws ConnectFailure {
        KeyProof proof = KeyProof.by(
                (sshUrl, key) -> {
                    throw new AssertionError("no key is to be tried");
                },
                HostKeys::pinned);
        forge.facts =
                new RepositoryFacts(FakeForge.APP, Optional.of("main"), true, "ssh://git@git.example.com:7999/a/b");
        Connector careful = new Connector(SITE, store, proof);

        ConnectFailure failure =
                catchThrowableOfType(ConnectFailure.class, () -> careful.connect(FakeForge.APP.name(), forge));

        assertThat(failure)
                .hasMessage("Git reaches acme/app at the SSH server [git.example.com]:7999, and no host key of that"
                        + " server is trusted yet, so no key was uploaded. Compare the server's fingerprint with the"
                        + " one that its owner publishes, and trust it once under Manage Jenkins, Bellhop, Host keys.");
        assertThat(failure.untrustedHost()).contains(new SshHost("git.example.com", 7999));
        assertThat(failure.mayPass()).isFalse();
        assertThat(faults.calls()).containsExactly("read repository", "list keys", "list hooks");
        assertThat(store.connections).isEmpty();
        assertThat(proof.untrustedHost("git@github.com:acme/app.git")).isEmpty();
    }

    @Test
    void withoutAnAddressOfItsOwnNothingIsAskedOfTheForgeAndDisconnectingStillWorks() throws ConnectFailure {
        Connection connection = connect();
        Connector nowhere = new Connector(
                () -> {
                    throw new IllegalArgumentException("Jenkins' own URL is not set");
                },
                store,
                (sshUrl, key) -> Optional.empty());
        faults.stop();

        assertThatThrownBy(() -> nowhere.connect(FakeForge.APP.name(), forge)).hasMessageContaining("URL is not set");
        assertThat(faults.calls()).isEmpty();
        nowhere.disconnect(store.custody(connection.id()).orElseThrow(), forge);
        assertThat(store.connections).isEmpty();
    }

    @Test
    void tellsEachStepAsItBegins() throws ConnectFailure {
        List<String> told = new ArrayList<>();
        connector.connect(FakeForge.APP.name(), forge, step -> told.add(step + " after " + faults.calls()));

        assertThat(told)
                .containsExactly(
                        "RIGHTS after []",
                        "HOST_KEY after [read repository, list keys, list hooks]",
                        "KEY after [read repository, list keys, list hooks]",
                        "PROOF after [read repository, list keys, list hooks, save, add key]",
                        "HOOK after [read repository, list keys, list hooks, save, add key, prove]");
        told.clear();
        connector.connect(FakeForge.APP.name(), forge, step -> told.add(step.name()));
        assertThat(told).as("it is connected").containsExactly("RIGHTS");
    }

    @Test
    void connectingTwiceChangesNothing() throws ConnectFailure {
        Connection first = connect();
        List<DeployKey> keys = List.copyOf(forge.keys);
        List<Hook> hooks = List.copyOf(forge.hooks);
        faults.stop();

        assertThat(connect()).isEqualTo(first);
        assertThat(forge.keys).isEqualTo(keys);
        assertThat(forge.hooks).isEqualTo(hooks);
        assertThat(store.connections).hasSize(1);
        assertThat(faults.calls()).containsExactly("read repository", "list keys", "list hooks");
    }

    @Test
    void whoMayReadTheRepositoryButNotItsKeysOrHooksIsNotLetIn() throws ConnectFailure {
        connect();
        for (int call : new int[] {1, 2}) {
            faults.stop();
            faults.failAt(call, How.REFUSED);

            assertThatThrownBy(this::connect).isInstanceOf(ConnectFailure.class).hasMessageContaining("list");
            assertThat(store.connections).hasSize(1);
        }
    }

    @Test
    void connectedAnewItHasItsIdAgainAndNothingElseOfBefore() throws ConnectFailure {
        Connection first = connect();
        ConnectionSecrets before = store.secrets.get(first.id());
        connector.disconnect(store.custody(first.id()).orElseThrow(), forge);
        assertThat(store.connections).isEmpty();

        Connection again = connect();
        ConnectionSecrets now = store.secrets.get(again.id());

        assertThat(again.id()).as("jobs name the credential by it").isEqualTo(first.id());
        assertThat(again.publicKey()).isNotEqualTo(first.publicKey());
        assertThat(again.hookId()).isNotEqualTo(first.hookId());
        assertThat(now.hookPath()).isNotEqualTo(before.hookPath());
        assertThat(now.webhook().reveal()).isNotEqualTo(before.webhook().reveal());
        assertThat(now.privateKey().reveal()).isNotEqualTo(before.privateKey().reveal());
    }

    /** Its id is random: jobs' configurations hold it. */
    @Test
    void connectionOfAnOlderVersionKeepsItsId() throws ConnectFailure, IOException {
        SshKeyPair key = SshKeyPair.ed25519("older");
        Connection older = new Connection(
                "cae7623c-5ad5-4e7f-9c4a-3b1f6ff5b1a0",
                FakeForge.APP,
                FakeForge.FACTS.sshUrl(),
                Optional.of("main"),
                key.publicKey(),
                Optional.of("1"),
                Optional.of("3"));
        store.save(older, new ConnectionSecrets("path", Secret.random(), Secret.of(key.privateText())));

        assertThat(connect().id()).isEqualTo(older.id());
        assertThat(store.connections).containsOnlyKeys(older.id());
    }

    @Test
    void connectingAgainTellsTheNameWhoseEventWasMissed() throws ConnectFailure {
        Connection first = connect();
        RepositoryId today = new RepositoryId("github.com", "1001", new RepositoryName("acme", "new"));
        forge.facts = new RepositoryFacts(today, Optional.of("main"), true, "git@github.com:acme/new.git");
        faults.stop();
        Connection again = connect();

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.repository().name()).isEqualTo(today.name());
        assertThat(again.sshUrl()).isEqualTo("git@github.com:acme/new.git");
        assertThat(again.wasCalled(FakeForge.APP.name())).isTrue();
        assertThat(faults.calls()).containsExactly("read repository", "list keys", "list hooks");
    }

    @Test
    void connectingUnderAFormerNameIsRememberedAsSuch() throws ConnectFailure {
        RepositoryName old = new RepositoryName("acme", "old");

        assertThat(connector.connect(old, forge).wasCalled(old)).isTrue();
        assertThat(connect().wasCalled(FakeForge.APP.name())).isFalse();
    }

    @Test
    void replacesWhatIsOursFromALostHomeAndKeepsWhatIsNot() throws ConnectFailure {
        forge.keys.add(new DeployKey("5", TITLE, "ssh-ed25519 LOST", true, true));
        forge.hooks.add(new Hook("6", "https://ci.example.com/bellhop/hook/lost", true, Set.of("push")));
        Connection connection = connect();

        assertThat(forge.keys)
                .extracting(DeployKey::id)
                .containsExactly("1", "2", connection.keyId().orElseThrow());
        assertThat(forge.hooks)
                .extracting(Hook::id)
                .containsExactly("3", "4", connection.hookId().orElseThrow());
    }

    @Test
    void replacesARecordThatACrashLeftHalfMade() throws ConnectFailure {
        Connection draft = draft(SshKeyPair.ed25519("draft"), Optional.empty());
        Connection connection = connect();

        assertThat(connection.id()).isNotEqualTo(draft.id());
        assertThat(store.connections).containsOnlyKeys(connection.id());
        assertThat(store.secrets).containsOnlyKeys(connection.id());
    }

    /** Every call that a connect makes, in each of the ways in which it can fail. */
    static Stream<Arguments> failures() throws ConnectFailure {
        ConnectorTest dryRun = new ConnectorTest();
        dryRun.connect();
        List<String> calls = dryRun.faults.calls();
        return IntStream.range(0, calls.size())
                .boxed()
                .flatMap(call -> Stream.of(How.REFUSED, How.ANSWER_LOST, How.BROKEN)
                        .map(how -> Arguments.of(call, calls.get(call), how)));
    }

    @ParameterizedTest(name = "call {0} ({1}) fails: {2}")
    @MethodSource("failures")
    void aFailureOfAnyStepUndoesTheEarlierOnes(int call, String name, How how) {
        faults.failAt(call, how);
        Throwable failure = catchThrowable(this::connect);

        assertThat(failure).isInstanceOf(how == How.BROKEN ? IllegalStateException.class : ConnectFailure.class);
        assertThat(failure.getMessage()).doesNotContain("Still there");
        assertThat(forge.keys).containsExactly(FOREIGN_KEY, OTHER_JENKINS_KEY);
        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK, OTHER_JENKINS_HOOK);
        assertThat(store.connections).isEmpty();
        assertThat(store.secrets).isEmpty();
    }

    @ParameterizedTest(name = "call {0} ({1}) fails: {2}")
    @MethodSource("failures")
    void afterAFailureOfAnyStepTheNextAttemptConnects(int call, String name, How how) throws ConnectFailure {
        faults.failAt(call, how);
        assertThatThrownBy(this::connect).isInstanceOf(Exception.class);
        faults.stop();

        assertThat(connect().isReady()).isTrue();
        assertThat(forge.keys).hasSize(3);
        assertThat(forge.hooks).hasSize(3);
        assertThat(store.connections).hasSize(1);
    }

    @Test
    void saysWhatIsStillThereWhenUndoingFailsToo() {
        faults.failFrom(6, How.ANSWER_LOST);
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, this::connect);

        assertThat(failure)
                .hasMessage("github.com did not add hook: out of order. Still there:"
                        + " the webhook of acme/app (github.com did not list hooks: out of order.);"
                        + " the deploy key of acme/app (github.com did not list keys: out of order.).");
    }

    @Test
    void whatIsStillThereIsNotForgotten() {
        faults.failFrom(6, How.ANSWER_LOST);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectFailure.class);

        assertThat(store.connections.values()).singleElement().satisfies(record -> {
            assertThat(record.isReady()).isFalse();
            assertThat(record.publicKey())
                    .isEqualTo(OpenSshPublicKey.parse(forge.keys.get(2).publicLine()));
        });
    }

    @Test
    void aFaultOfOursSaysWhatIsStillThereToo() {
        faults.failFrom(6, How.BROKEN);
        IllegalStateException fault = catchThrowableOfType(IllegalStateException.class, this::connect);

        assertThat(fault.getSuppressed())
                .singleElement()
                .satisfies(leftovers -> assertThat(leftovers)
                        .hasMessageContaining("the webhook of acme/app")
                        .hasMessageContaining("the deploy key of acme/app"));
    }

    @Test
    void whatIsStillThereAfterAFailedUndoIsReplacedByTheNextAttempt() throws ConnectFailure {
        faults.failFrom(6, How.ANSWER_LOST);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectFailure.class);
        assertThat(forge.keys).hasSize(3);
        assertThat(forge.hooks).hasSize(3);
        faults.stop();
        Connection connection = connect();

        assertThat(forge.keys)
                .hasSize(3)
                .last()
                .extracting(DeployKey::id)
                .isEqualTo(connection.keyId().orElseThrow());
        assertThat(forge.hooks)
                .hasSize(3)
                .last()
                .extracting(Hook::id)
                .isEqualTo(connection.hookId().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "NOT_PERMITTED", "RATE_LIMITED", "DEPLOY_KEYS_FORBIDDEN"})
    void saysWhetherTheSameAttemptMayPassLater(Kind kind) {
        forge.failingWith(kind);
        faults.failAt(4, How.REFUSED);
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, this::connect);

        assertThat(failure).hasMessage("github.com did not add key: out of order.");
        assertThat(failure.mayPass()).isEqualTo(kind == Kind.UNREACHABLE || kind == Kind.RATE_LIMITED);
    }

    @Test
    void aKeyThatDoesNotOpenTheRepositoryIsAFailureInTheWordsOfTheProof() {
        faults.failAt(5, How.REFUSED);
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, this::connect);

        assertThat(failure).hasMessage("git could not read the repository.");
        assertThat(failure.mayPass()).isFalse();
        assertThat(faults.calls()).doesNotContain("add hook");
    }

    @Test
    void aRecordThatCannotBeSavedIsAFailureThatMayPass() {
        faults.failAt(3, How.REFUSED);
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, this::connect);

        assertThat(failure).hasMessage("Could not save the connection: disk full.");
        assertThat(failure.mayPass()).isTrue();
        assertThat(faults.calls()).doesNotContain("add key");
    }

    @Test
    void secretsAreNeverPrinted() throws ConnectFailure {
        Connection connection = connect();
        ConnectionSecrets secrets = store.secrets.get(connection.id());

        assertThat(secrets).hasToString("secrets of a connection");
        assertThat(connection + " " + secrets)
                .doesNotContain(
                        secrets.hookPath(),
                        secrets.webhook().reveal(),
                        secrets.privateKey().reveal(),
                        "PRIVATE KEY");
    }

    private Connection draft(SshKeyPair key, Optional<String> keyId) {
        Connection draft = new Connection(
                "draft",
                FakeForge.APP,
                "git@github.com:acme/app.git",
                Optional.empty(),
                key.publicKey(),
                keyId,
                Optional.empty());
        store.connections.put(draft.id(), draft);
        store.secrets.put(draft.id(), new ConnectionSecrets("path", Secret.of("secret"), Secret.of(key.privateText())));
        return draft;
    }
}

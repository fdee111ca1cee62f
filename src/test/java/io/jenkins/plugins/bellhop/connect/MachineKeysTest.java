package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.UserKey;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.SshFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineKeysTest {

    private static final String APP = "git@github.com:acme/app.git";
    private static final UserKey FOREIGN_KEY = new UserKey("1", "a laptop", "ssh-rsa AAAA");
    private static final RepositoryId OTHER =
            new RepositoryId("github.com", "1002", new RepositoryName("acme", "other"));

    private final Faults faults = new Faults();
    private final FakeForge forge = new FakeForge(faults);
    private final FakeKeyStore store = new FakeKeyStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private Optional<String> denied = Optional.empty();
    private final MachineKeys keys = new MachineKeys(
            new Site(URI.create("https://ci.example.com/")),
            store,
            (sshUrl, key) -> {
                faults.breakIf(faults.next("prove"));
                boolean uploaded = forge.userKeys.stream().anyMatch(each -> each.isKeyOf(key.publicLine()));
                return uploaded && sshUrl.equals(APP) ? denied : Optional.of("Repository not found.");
            },
            clock);

    @BeforeEach
    void somebodyHasAKey() {
        forge.userKeys.add(FOREIGN_KEY);
    }

    private MachineKey create() throws ConnectFailure {
        return keys.create("github.com", "acme-bot", forge);
    }

    private MachineKey stored() {
        assertThat(store.keys).hasSize(1);
        return store.keys.values().iterator().next();
    }

    @Test
    void theKeyIsTheAccountsAndTheRecordSaysSo() throws ConnectFailure {
        MachineKey made = create();

        assertThat(stored()).isEqualTo(made);
        assertThat(made.isReady()).isTrue();
        assertThat(made.account()).isEqualTo("acme-bot");
        assertThat(forge.userKeys).hasSize(2);
        assertThat(forge.userKeys.get(1).isKeyOf(made.key().publicLine())).isTrue();
        assertThat(made.keyId()).contains(forge.userKeys.get(1).id());
        assertThat(made.toString()).isEqualTo("user key of acme-bot on github.com");
    }

    @Test
    void whatTheCredentialMayDoIsAskedBeforeAnythingIsMade() throws ConnectFailure {
        create();

        assertThat(faults.calls().subList(0, 2)).containsExactly("read owner", "list user keys");
    }

    @Test
    void anAccountThatNobodyConfirmedGetsNoKey() {
        for (String confirmed : List.of("", "somebody", "ACME-BOT")) {
            ConnectFailure failure =
                    catchThrowableOfType(ConnectFailure.class, () -> keys.create("github.com", confirmed, forge));

            assertThat(failure).hasMessageContaining("acme-bot").hasMessageContaining("machine user");
        }
        assertThat(forge.userKeys).containsExactly(FOREIGN_KEY);
        assertThat(store.keys).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "ANSWER_LOST"})
    void aFailureWhileItIsMadeLeavesNothing(How how) {
        for (int call = 0; call < 4; call++) {
            faults.stop();
            faults.failAt(call, how);
            assertThat(catchThrowableOfType(ConnectFailure.class, this::create))
                    .as("call " + call)
                    .isNotNull();
            assertThat(forge.userKeys).containsExactly(FOREIGN_KEY);
            assertThat(store.keys).isEmpty();
        }
    }

    private void revoke(String id, Map<RepositoryId, String> opened) throws ConnectFailure {
        keys.withdraw(id);
        keys.replaceRevoked(id, opened, forge);
    }

    private Optional<String> prove(String id, RepositoryId repository, String sshUrl) throws IOException {
        KeyTrial trial = keys.attempt(id, sshUrl);
        assertThat(keys.note(trial, repository)).isTrue();
        return trial.failure();
    }

    @Test
    void itIsProvenForARepositoryWhileItsLastProofWentWell() throws Exception {
        String id = create().id();
        assertThat(stored().isProvenFor(FakeForge.APP)).isFalse();

        assertThat(prove(id, FakeForge.APP, APP)).isEmpty();
        assertThat(prove(id, OTHER, "git@github.com:acme/other.git")).isPresent();
        assertThat(stored().isProvenFor(FakeForge.APP)).isTrue();
        assertThat(stored().isProvenFor(OTHER)).isFalse();

        denied = Optional.of("Permission denied.");
        assertThat(prove(id, FakeForge.APP, APP)).contains("Permission denied.");
        assertThat(stored().isProvenFor(FakeForge.APP)).isFalse();
    }

    @Test
    void aTimeOutWithdrawsNoKeyAndARefusalDoes() throws Exception {
        MachineKey made = create();
        prove(made.id(), FakeForge.APP, APP);
        AtomicReference<String> said = new AtomicReference<>("ssh: connect to host: Connection timed out");
        MachineKeys onNetwork = new MachineKeys(
                new Site(URI.create("https://ci.example.com/")),
                store,
                KeyProof.by(
                        (url, key) -> Optional.of(
                                SshFailure.explain(said.get(), key.publicKey().fingerprint(), RemoteUrl.parse(url))),
                        HostKeys::pinned),
                clock);

        KeyTrial timedOut = onNetwork.attempt(made.id(), APP);
        assertThat(timedOut.failure()).isPresent();
        assertThat(onNetwork.note(timedOut, FakeForge.APP)).isFalse();
        assertThat(stored().isProvenFor(FakeForge.APP)).isTrue();

        said.set("git@github.com: Permission denied (publickey).");
        assertThat(onNetwork.note(onNetwork.attempt(made.id(), APP), FakeForge.APP))
                .isTrue();
        assertThat(stored().isProvenFor(FakeForge.APP)).isFalse();
    }

    @Test
    void whatCameOfAKeyThatIsNotInUseAnyMoreSaysNothing() throws Exception {
        String id = create().id();
        KeyTrial former = keys.attempt(id, APP);
        keys.rotate(id, APP, forge);

        assertThat(former.failure()).isEmpty();
        assertThat(keys.note(former, FakeForge.APP)).isFalse();
        assertThat(stored().isProvenFor(FakeForge.APP)).isFalse();
        KeyTrial last = keys.attempt(id, APP);
        keys.remove(id, forge);
        assertThat(keys.note(last, FakeForge.APP)).isFalse();
        assertThat(store.keys).isEmpty();
    }

    @Test
    void aKeyThatSomebodyRemovedAtTheForgeIsMissed() throws Exception {
        String id = create().id();
        assertThat(keys.isThere(id, forge)).isTrue();

        forge.userKeys.remove(1);
        assertThat(keys.isThere(id, forge)).isFalse();
    }

    @Test
    void aRotationLeavesTheFormerKeyForADayAndWhatWasProven() throws Exception {
        MachineKey before = create();
        prove(before.id(), FakeForge.APP, APP);
        keys.rotate(before.id(), APP, forge);

        assertThat(stored().key().publicKey()).isNotEqualTo(before.key().publicKey());
        assertThat(stored().isProvenFor(FakeForge.APP)).isTrue();
        assertThat(forge.userKeys).hasSize(3);
        clock.pass(MachineKeys.RETIREMENT.minusMillis(1));
        keys.endRetirements(before.id(), forge);
        assertThat(forge.userKeys).hasSize(3);

        clock.pass(Duration.ofMillis(1));
        keys.endRetirements(before.id(), forge);
        assertThat(forge.userKeys).hasSize(2);
        assertThat(forge.userKeys.get(1).isKeyOf(stored().key().publicLine())).isTrue();
    }

    @Test
    void aNewKeyThatOpensNothingIsTakenBack() throws Exception {
        MachineKey before = create();
        denied = Optional.of("Permission denied.");
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, () -> keys.rotate(before.id(), APP, forge));

        assertThat(failure).hasMessage("Permission denied.");
        assertThat(stored()).isEqualTo(before);
        assertThat(forge.userKeys).hasSize(2);
    }

    @Test
    void aRevokedKeyGoesFirstAndAnotherIsProvenInItsPlace() throws Exception {
        MachineKey before = create();
        prove(before.id(), FakeForge.APP, APP);
        keys.rotate(before.id(), APP, forge);
        MachineKey leaked = stored();
        faults.stop();
        revoke(before.id(), Map.of(FakeForge.APP, APP));

        assertThat(faults.calls()).containsSubsequence("remove user key", "remove user key", "add user key", "prove");
        assertThat(forge.userKeys)
                .hasSize(2)
                .startsWith(FOREIGN_KEY)
                .anyMatch(key -> key.isKeyOf(stored().key().publicLine()));
        assertThat(stored().key().publicKey()).isNotEqualTo(leaked.key().publicKey());
        assertThat(stored().revoked()).isFalse();
        assertThat(stored().retired()).isEmpty();
        assertThat(stored().isProvenFor(FakeForge.APP)).isTrue();
    }

    @Test
    void untilAnotherKeyWorksARevokedOneIsForNobody() throws Exception {
        String id = create().id();
        prove(id, FakeForge.APP, APP);
        MachineKey leaked = stored();
        denied = Optional.of("Permission denied.");
        ConnectFailure failure =
                catchThrowableOfType(ConnectFailure.class, () -> revoke(id, Map.of(FakeForge.APP, APP)));

        assertThat(failure).hasMessage("Permission denied.");
        assertThat(forge.userKeys)
                .hasSize(2)
                .noneMatch(key -> key.isKeyOf(leaked.key().publicLine()));
        assertThat(stored().isProvenFor(FakeForge.APP)).isFalse();
        assertThat(stored().isUnfinished()).isTrue();
        assertThat(keys.note(new KeyTrial(id, leaked.key().publicKey(), Optional.empty(), true), FakeForge.APP))
                .isFalse();

        UserKey waiting = forge.userKeys.get(1);
        assertThat(catchThrowableOfType(ConnectFailure.class, () -> keys.rotate(id, APP, forge)))
                .hasMessageContaining("Expected a key that isn't revoked");
        denied = Optional.empty();
        faults.stop();
        revoke(id, Map.of(FakeForge.APP, APP));
        assertThat(faults.calls()).as("nothing is made anew").containsExactly("list user keys", "prove");
        assertThat(stored().isProvenFor(FakeForge.APP)).isTrue();
        assertThat(stored().retired()).isEmpty();
        assertThat(forge.userKeys).containsExactly(FOREIGN_KEY, waiting);
    }

    @Test
    void aKeyIsWithdrawnThoughNoForgeCanBeAsked() throws Exception {
        String id = create().id();
        prove(id, FakeForge.APP, APP);
        faults.stop();
        keys.withdraw(id);

        assertThat(faults.calls()).isEmpty();
        assertThat(stored().revoked()).isTrue();
        assertThat(stored().isProvenFor(FakeForge.APP)).isFalse();
    }

    @Test
    void aRepositoryThatTheAccountLostHoldsUpNoOther() throws Exception {
        String id = create().id();
        store.save(stored().withProof(OTHER, Optional.of(clock.instant())));
        prove(id, FakeForge.APP, APP);
        Map<RepositoryId, String> opened = new LinkedHashMap<>();
        opened.put(OTHER, "git@github.com:acme/other.git");
        opened.put(FakeForge.APP, APP);
        revoke(id, opened);

        assertThat(stored().isProvenFor(FakeForge.APP)).isTrue();
        assertThat(stored().isProvenFor(OTHER)).isFalse();
        assertThat(forge.userKeys).hasSize(2);
    }

    @Test
    void aServerThatDoesNotAnswerIsNotAskedForEachRepository() throws Exception {
        String id = create().id();
        AtomicInteger tried = new AtomicInteger();
        MachineKeys onNetwork = new MachineKeys(
                new Site(URI.create("https://ci.example.com/")),
                store,
                KeyProof.by(
                        (url, key) -> {
                            tried.incrementAndGet();
                            return Optional.of(SshFailure.explain(
                                    "ssh: connect to host: Connection timed out",
                                    key.publicKey().fingerprint(),
                                    RemoteUrl.parse(url)));
                        },
                        HostKeys::pinned),
                clock);
        Map<RepositoryId, String> opened = new LinkedHashMap<>();
        for (int each = 0; each <= MachineKeys.MOST_UNANSWERED; each++) {
            RepositoryId repository =
                    new RepositoryId("github.com", "7" + each, new RepositoryName("acme", "r" + each));
            opened.put(repository, "git@github.com:acme/r" + each + ".git");
            store.save(stored().withProof(repository, Optional.of(clock.instant())));
        }
        onNetwork.withdraw(id);

        assertThat(catchThrowableOfType(ConnectFailure.class, () -> onNetwork.replaceRevoked(id, opened, forge)))
                .isNotNull();
        assertThat(tried).hasValue(MachineKeys.MOST_UNANSWERED);
        assertThat(stored().proven()).hasSize(MachineKeys.MOST_UNANSWERED + 1);
    }

    @Test
    void aKeyOfADeadAccountIsForgottenAndWhatStaysIsNamed() throws Exception {
        String id = create().id();
        MachineKey first = stored();
        keys.rotate(id, APP, forge);
        MachineKey second = stored();
        faults.stop();

        assertThat(keys.forget(id))
                .containsExactlyInAnyOrder(
                        first.key().publicKey().fingerprint().toString(),
                        second.key().publicKey().fingerprint().toString());
        assertThat(faults.calls()).isEmpty();
        assertThat(store.keys).isEmpty();
        assertThat(forge.userKeys).hasSize(3);
    }

    @Test
    void aRevokedKeyThatOpensNothingIsReplacedWithoutATrial() throws Exception {
        String id = create().id();
        faults.stop();
        revoke(id, Map.of());

        assertThat(faults.calls()).doesNotContain("prove");
        assertThat(stored().revoked()).isFalse();
        assertThat(stored().proven()).isEmpty();
        assertThat(forge.userKeys).hasSize(2);
    }

    @Test
    void removingTakesFormerKeysTooAndNobodyElses() throws Exception {
        String id = create().id();
        keys.rotate(id, APP, forge);
        keys.remove(id, forge);

        assertThat(forge.userKeys).containsExactly(FOREIGN_KEY);
        assertThat(store.keys).isEmpty();
    }

    @Test
    void whatCannotBeRemovedIsNotForgotten() throws ConnectFailure {
        String id = create().id();
        faults.stop();
        faults.failAt(0, How.REFUSED);
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, () -> keys.remove(id, forge));

        assertThat(failure).hasMessageContaining("Still there: the user key of acme-bot on github.com");
        assertThat(failure.getMessage().contains("press Forget")).isNotEqualTo(failure.mayPass());
        assertThat(store.keys).containsOnlyKeys(id);
    }

    /** User keys in memory. */
    static final class FakeKeyStore implements MachineKeyStore {

        final Map<String, MachineKey> keys = new HashMap<>();

        @Override
        public Optional<MachineKey> find(String id) {
            return Optional.ofNullable(keys.get(id));
        }

        @Override
        public void save(MachineKey key) throws IOException {
            keys.put(key.id(), key);
        }

        @Override
        public void remove(String id) {
            keys.remove(id);
        }
    }
}

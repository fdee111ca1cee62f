package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.UserKey;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** User keys whose creation or rotation stops halfway, and the round that comes after. */
class MachineKeysInterruptedTest {

    private static final String APP = "git@github.com:acme/app.git";
    private static final Map<RepositoryId, String> OPENED = Map.of(FakeForge.APP, APP);
    private static final UserKey FOREIGN_KEY = new UserKey("1", "a laptop", "ssh-rsa AAAA");
    /** Creating calls the forge and the store this often; rotating once less. */
    private static final int CALLS = 6;
    /** Revoking calls them this often. */
    private static final int REVOKING_CALLS = 8;

    private final Faults faults = new Faults();
    private final FakeForge forge = new FakeForge(faults);
    private final FaultyStore store = new FaultyStore(faults);
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final MachineKeys keys = new MachineKeys(
            new Site(URI.create("https://ci.example.com/")),
            store,
            (sshUrl, key) -> {
                How fault = faults.next("prove");
                faults.breakIf(fault);
                return fault == How.NOT ? Optional.empty() : Optional.of("Permission denied.");
            },
            clock);

    @BeforeEach
    void somebodyHasAKey() {
        forge.userKeys.add(FOREIGN_KEY);
    }

    private MachineKey create() throws ConnectFailure {
        return keys.create("github.com", "acme-bot", forge);
    }

    private void revoke(String id) throws ConnectFailure {
        keys.withdraw(id);
        keys.replaceRevoked(id, OPENED, forge);
    }

    /** As Jenkins does it at its start and daily. */
    private void round() throws ForgeFailure, IOException, ConnectFailure {
        for (String id : List.copyOf(store.keys.keySet())) {
            keys.replaceRevoked(id, OPENED, forge);
            keys.finish(id, forge);
        }
    }

    @Test
    void theStepsAreThoseThatAreInterruptedHere() throws Exception {
        String id = create().id();
        assertThat(faults.calls())
                .hasSize(CALLS)
                .containsExactly("read owner", "list user keys", "save", "list user keys", "add user key", "save");

        faults.stop();
        keys.rotate(id, APP, forge);
        assertThat(faults.calls())
                .hasSize(CALLS - 1)
                .containsExactly("save", "list user keys", "add user key", "prove", "save");

        clock.pass(MachineKeys.RETIREMENT);
        keys.endRetirements(id, forge);
        faults.stop();
        revoke(id);
        assertThat(faults.calls())
                .hasSize(REVOKING_CALLS)
                .containsExactly(
                        "save",
                        "list user keys",
                        "remove user key",
                        "save",
                        "list user keys",
                        "add user key",
                        "prove",
                        "save");
    }

    /** From the failing call on nothing goes through any more, the way back included. */
    @ParameterizedTest
    @EnumSource(names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void aCreationThatStopsAnywhereIsUndoneByTheNextRoundUnlessItWasComplete(How how) throws Exception {
        for (int call = 0; call < CALLS; call++) {
            faults.stop();
            faults.failFrom(call, how);
            attempted(this::create);
            faults.stop();
            round();

            assertThat(store.keys.values()).as("stopped at " + call).allMatch(MachineKey::isReady);
            assertThat(forge.userKeys).hasSize(1 + store.keys.size()).startsWith(FOREIGN_KEY);
            for (String id : List.copyOf(store.keys.keySet())) {
                keys.remove(id, forge);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void aRotationThatStopsAnywhereIsUndoneByTheNextRoundUnlessItWasComplete(How how) throws Exception {
        String id = create().id();
        for (int call = 0; call < CALLS - 1; call++) {
            faults.stop();
            faults.failFrom(call, how);
            attempted(() -> keys.rotate(id, APP, forge));
            faults.stop();
            round();
            MachineKey settled = store.keys.get(id);

            assertThat(settled.next()).as("stopped at " + call).isEmpty();
            assertThat(forge.userKeys)
                    .hasSize(2 + settled.retired().size())
                    .anyMatch(key -> key.isKeyOf(settled.key().publicLine()));
            clock.pass(MachineKeys.RETIREMENT);
            keys.endRetirements(id, forge);
            assertThat(forge.userKeys).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void aRevocationThatStopsAnywhereIsFinishedByTheNextRound(How how) throws Exception {
        String id = create().id();
        for (int call = 0; call < REVOKING_CALLS; call++) {
            String leaked = store.keys.get(id).key().publicLine();
            faults.stop();
            faults.failFrom(call, how);
            attempted(() -> revoke(id));
            faults.stop();
            if (!store.keys.get(id).revoked()) {
                assertThat(call == 0 && how == How.REFUSED || call == REVOKING_CALLS - 1)
                        .as("nothing was begun, or all is done: stopped at " + call)
                        .isTrue();
            } else {
                keys.finish(id, forge);
                round();
            }
            MachineKey settled = store.keys.get(id);

            assertThat(settled.isUnfinished()).as("stopped at " + call).isFalse();
            assertThat(settled.retired()).isEmpty();
            assertThat(forge.userKeys)
                    .hasSize(2)
                    .anyMatch(key -> key.isKeyOf(settled.key().publicLine()));
            if (call > 0 || how != How.REFUSED) {
                assertThat(forge.userKeys).noneMatch(key -> key.isKeyOf(leaked));
            }
        }
    }

    @Test
    void aRotationThatWasUnderWayIsRevokedWithTheKey() throws Exception {
        String id = create().id();
        faults.stop();
        faults.failFrom(3, How.BROKEN);
        attempted(() -> keys.rotate(id, APP, forge));
        String handedOut = store.keys.get(id).next().orElseThrow().publicLine();
        assertThat(forge.userKeys).hasSize(3);

        faults.stop();
        revoke(id);
        assertThat(forge.userKeys).hasSize(2).noneMatch(key -> key.isKeyOf(handedOut));
    }

    @Test
    void whereNothingWasInterruptedTheForgeIsNotAsked() throws Exception {
        String id = create().id();
        faults.stop();

        assertThat(keys.finish(id, forge)).isTrue();
        keys.replaceRevoked(id, OPENED, forge);
        assertThat(faults.calls()).isEmpty();
    }

    @Test
    void whatCanNotBeTakenBackNowIsTakenBackLater() throws Exception {
        faults.failFrom(4, How.ANSWER_LOST);
        attempted(this::create);
        assertThat(forge.userKeys).hasSize(2);
        String draft = store.keys.keySet().iterator().next();

        assertThat(catchThrowableOfType(ForgeFailure.class, () -> keys.finish(draft, forge)))
                .isNotNull();
        assertThat(store.keys).containsOnlyKeys(draft);

        faults.stop();
        assertThat(keys.finish(draft, forge)).isFalse();
        assertThat(store.keys).isEmpty();
        assertThat(forge.userKeys).containsExactly(FOREIGN_KEY);
    }

    private static void attempted(Change change) {
        try {
            change.run();
        } catch (ConnectFailure | IllegalStateException interrupted) {
            return;
        }
    }

    /** One that may fail. */
    private interface Change {
        void run() throws ConnectFailure;
    }

    /** User keys in memory, on a disk that may fail. */
    private static final class FaultyStore implements MachineKeyStore {

        private final Map<String, MachineKey> keys = new HashMap<>();
        private final Faults faults;

        private FaultyStore(Faults faults) {
            this.faults = faults;
        }

        @Override
        public Optional<MachineKey> find(String id) {
            return Optional.ofNullable(keys.get(id));
        }

        @Override
        public void save(MachineKey key) throws IOException {
            call("save", () -> keys.put(key.id(), key));
        }

        @Override
        public void remove(String id) throws IOException {
            call("forget", () -> keys.remove(id));
        }

        private void call(String name, Runnable effect) throws IOException {
            How fault = faults.next(name);
            if (fault != How.REFUSED) {
                effect.run();
                faults.breakIf(fault);
            }
            if (fault != How.NOT) {
                throw new IOException("disk full");
            }
        }
    }
}

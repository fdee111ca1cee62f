package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.support.Seed;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {

    private static final String ROOT = "https://ci.example.com/";
    private static final Site SITE = new Site(URI.create(ROOT));
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final DeployKey FOREIGN_KEY = new DeployKey("1", "somebody's", "ssh-rsa AAAA", false, true);
    private static final Hook FOREIGN_HOOK = new Hook("3", "https://elsewhere.example/hook", true, Set.of("push"));

    private final Faults faults = new Faults();
    private final FakeForge forge = new FakeForge(faults);
    private final FakeStore store = new FakeStore(faults);
    private final MovableClock clock = new MovableClock(START);
    private Optional<Instant> buildsRunSince = Optional.empty();
    private boolean openedBy = true;
    /** Secrets that were about to come into use when somebody revoked everything. */
    private final Set<Secret> withdrawn = new HashSet<>();

    private final Rotation rotation = rotationAt(SITE);

    private Rotation rotationAt(Site site) {
        return new Rotation(
                site,
                store,
                (sshUrl, key) -> {
                    How fault = faults.next("prove");
                    faults.breakIf(fault);
                    boolean uploaded = forge.keys.stream().anyMatch(each -> each.isKeyOf(key.publicLine()));
                    return fault == How.NOT && uploaded && openedBy
                            ? Optional.empty()
                            : Optional.of("Permission denied.");
                },
                (connectionId, time) ->
                        buildsRunSince.filter(since -> !since.isAfter(time)).isPresent(),
                clock);
    }

    private String id;

    @BeforeEach
    void connect() throws ConnectFailure {
        forge.keys.add(FOREIGN_KEY);
        id = new Connector(SITE, store, (sshUrl, key) -> Optional.empty())
                .connect(FakeForge.APP.name(), forge)
                .id();
        forge.hooks.add(0, FOREIGN_HOOK);
        faults.stop();
    }

    private Custody custody() {
        return store.custody(id).orElseThrow();
    }

    private OpenSshPublicKey inUse() {
        return custody().connection().publicKey();
    }

    private List<OpenSshPublicKey> ours() {
        return forge.keys.stream()
                .filter(key -> !key.equals(FOREIGN_KEY))
                .map(key -> OpenSshPublicKey.parse(key.publicLine()))
                .toList();
    }

    private Secret signing() {
        return forge.hookSecrets.get(forge.hookSecrets.size() - 1);
    }

    @Test
    void aNewKeyAndSecretAreInUseAndTheFormerOnesStillWork() throws ConnectFailure {
        OpenSshPublicKey former = inUse();
        Secret formerSecret = custody().secrets().webhook();
        rotation.rotate(id, forge);

        assertThat(inUse()).isNotEqualTo(former);
        assertThat(ours()).containsExactly(former, inUse());
        assertThat(custody().connection().keyId()).contains(forge.keys.get(2).id());
        assertThat(signing()).isSameAs(custody().secrets().webhook()).isNotSameAs(formerSecret);
        assertThat(custody().liveSecrets()).containsExactly(signing(), formerSecret);
        assertThat(custody().usableKey()).contains(custody().secrets().privateKey());
    }

    @Test
    void theNewKeyIsProvenBeforeItTakesOverAndTheOldOneIsRemovedLater() throws ConnectFailure {
        rotation.rotate(id, forge);

        assertThat(faults.calls())
                .containsExactly(
                        "read repository",
                        "change",
                        "add key",
                        "prove",
                        "change",
                        "list hooks",
                        "change secret",
                        "change");
    }

    @Test
    void keysOfOneRepositoryAreCalledDifferently() throws ConnectFailure {
        rotation.rotate(id, forge);
        clock.pass(Duration.ofDays(1));
        rotation.rotate(id, forge);

        assertThat(forge.keys.stream().map(DeployKey::title).distinct()).hasSize(forge.keys.size());
        assertThat(forge.keys.subList(1, forge.keys.size()))
                .allMatch(key -> key.title().startsWith("Bellhop at " + ROOT))
                .allMatch(key -> SITE.isKeyOfOurs(key.title()));
        assertThat(SITE.isKeyOfOurs(FOREIGN_KEY.title())).isFalse();
        assertThat(SITE.isKeyOfOurs("Bellhop at https://ci.example.com/other/, abcdefgh"))
                .isFalse();
    }

    @Test
    void theFormerKeyGoesOnlyWhenTheShortestTimeIsOver() throws ConnectFailure {
        rotation.rotate(id, forge);
        clock.pass(Rotation.SHORTEST_RETIREMENT.minusMillis(1));
        rotation.finish(id, forge);
        assertThat(ours()).hasSize(2);

        clock.pass(Duration.ofMillis(1));
        rotation.finish(id, forge);
        assertThat(ours()).containsExactly(inUse());
    }

    @Test
    void theFormerKeyStaysWhileABuildRunsThatHasIt() throws ConnectFailure {
        buildsRunSince = Optional.of(clock.instant());
        rotation.rotate(id, forge);
        clock.pass(Duration.ofHours(2));
        rotation.finish(id, forge);
        assertThat(ours()).hasSize(2);

        buildsRunSince = Optional.of(clock.instant());
        rotation.finish(id, forge);
        assertThat(ours()).containsExactly(inUse());
    }

    @Test
    void theFormerKeyGoesAfterTheLongestTimeWhateverRuns() throws ConnectFailure {
        buildsRunSince = Optional.of(clock.instant());
        rotation.rotate(id, forge);
        clock.pass(Rotation.LONGEST_RETIREMENT.minusMillis(1));
        rotation.finish(id, forge);
        assertThat(ours()).hasSize(2);

        clock.pass(Duration.ofMillis(1));
        rotation.finish(id, forge);
        assertThat(ours()).containsExactly(inUse());
    }

    @Test
    void theFormerSecretIsAcceptedForAnHour() throws ConnectFailure {
        rotation.rotate(id, forge);
        clock.pass(Rotation.SECRET_OVERLAP.minusMillis(1));
        rotation.finish(id, forge);
        assertThat(custody().liveSecrets()).hasSize(2);

        clock.pass(Duration.ofMillis(1));
        rotation.finish(id, forge);
        assertThat(custody().liveSecrets()).containsExactly(signing());
        assertThat(custody().turnover().isNone()).isTrue();
    }

    @Test
    void aSecretThatCannotBeChangedKeepsNoFormerKeyAlive() throws ConnectFailure {
        faults.failAt(6, How.REFUSED);
        catchThrowableOfType(ConnectFailure.class, () -> rotation.rotate(id, forge));
        clock.pass(Rotation.LONGEST_RETIREMENT);
        faults.stop();
        forge.failingWith(Kind.NOT_PERMITTED);
        faults.failAt(5, How.REFUSED);
        catchThrowableOfType(ConnectFailure.class, () -> rotation.finish(id, forge));

        assertThat(custody().turnover().nextSecret()).isPresent();
        assertThat(ours()).containsExactly(inUse());
    }

    @Test
    void whenNothingIsLeftToFinishTheForgeIsNotAsked() throws ConnectFailure {
        rotation.finish(id, forge);

        assertThat(faults.calls()).isEmpty();
    }

    @Test
    void beforeAnythingIsDueTheForgeIsNotAsked() throws ConnectFailure {
        rotation.rotate(id, forge);
        faults.stop();
        clock.pass(Rotation.SHORTEST_RETIREMENT.minusMillis(1));
        rotation.finish(id, forge);
        assertThat(faults.calls()).isEmpty();

        clock.pass(Duration.ofMillis(1));
        rotation.finish(id, forge);
        assertThat(faults.calls()).containsExactly("read repository", "list keys", "remove key", "change");
    }

    @Test
    void aFormerKeyThatABuildStillHasIsNoReasonToAskTheForge() throws ConnectFailure {
        buildsRunSince = Optional.of(clock.instant());
        rotation.rotate(id, forge);
        faults.stop();
        clock.pass(Rotation.SECRET_OVERLAP);
        rotation.finish(id, forge);

        assertThat(faults.calls()).containsExactly("change");
        assertThat(custody().liveSecrets()).containsExactly(signing());
    }

    @Test
    void aKeyThatOpensNothingIsTakenBack() {
        openedBy = false;
        OpenSshPublicKey before = inUse();
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, () -> rotation.rotate(id, forge));

        assertThat(failure).hasMessage("Permission denied.");
        assertThat(ours()).containsExactly(before);
        assertThat(inUse()).isEqualTo(before);
        assertThat(custody().turnover().isNone()).isTrue();
        assertThat(signing()).isSameAs(custody().secrets().webhook());
    }

    @Test
    void nothingIsBegunForARepositoryThatTheForgeDoesNotFind() {
        faults.failAt(0, How.REFUSED);
        forge.failingWith(Kind.NOT_FOUND);
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, () -> rotation.rotate(id, forge));

        assertThat(failure.mayPass()).isFalse();
        assertThat(custody().turnover().isNone()).isTrue();
    }

    @Test
    void aHookThatSomebodyRemovedIsNotMadeAgain() throws ConnectFailure {
        forge.hooks.removeIf(hook -> !hook.equals(FOREIGN_HOOK));
        Secret before = custody().secrets().webhook();
        rotation.rotate(id, forge);

        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK);
        assertThat(custody().secrets().webhook()).isNotEqualTo(before);
        assertThat(custody().liveSecrets()).hasSize(2).contains(before);
        assertThat(custody().turnover().isUnfinished()).isFalse();
    }

    @Test
    void aLeakedSecretIsGoneAlsoWhenJenkinsIsCalledSomethingElseByNow() throws ConnectFailure {
        Secret leaked = custody().secrets().webhook();
        List<Hook> hooks = List.copyOf(forge.hooks);
        rotationAt(new Site(URI.create("https://jenkins.example.com/ci/"))).revoke(id, forge);

        assertThat(forge.hooks).isEqualTo(hooks);
        assertThat(signing()).isNotEqualTo(leaked);
        assertThat(custody().liveSecrets()).containsExactly(signing());
    }

    /** The old one may still lead here, and people may have put a relay between. */
    @ParameterizedTest
    @ValueSource(
            strings = {"sameId https://relay.example/in", "77 http://old.example.com/jenkins/bellhop/hook/samePath"})
    void aHookAtAnotherAddressChangesItsSecretToo(String moved) throws ConnectFailure {
        Hook hook = movedTo(moved);
        Secret leaked = custody().secrets().webhook();
        rotation.rotate(id, forge);
        assertThat(forge.resigned).containsExactly(hook.id());
        assertThat(custody().secrets().webhook()).isSameAs(signing()).isNotSameAs(leaked);

        rotation.revoke(id, forge);
        assertThat(forge.resigned).containsExactly(hook.id(), hook.id());
        assertThat(custody().liveSecrets()).containsExactly(signing());
        assertThat(forge.hooks).containsExactly(FOREIGN_HOOK, hook);
    }

    private Hook movedTo(String idAndUrl) {
        String[] words = idAndUrl.split(" ");
        Hook before = forge.hooks.remove(1);
        String hookId = words[0].equals("sameId") ? before.id() : words[0];
        String url = words[1].replace("samePath", custody().secrets().hookPath());
        forge.hooks.add(new Hook(hookId, url, true, Set.of("push")));
        return forge.hooks.get(1);
    }

    @Test
    void aLeakedSecretIsGoneAlsoWhenThereIsNoHookAndRepairDoesNotBringItBack() throws ConnectFailure {
        forge.hooks.removeIf(hook -> !hook.equals(FOREIGN_HOOK));
        Secret leaked = custody().secrets().webhook();
        rotation.revoke(id, forge);
        assertThat(custody().liveSecrets()).hasSize(1).doesNotContain(leaked);
        assertThat(custody().turnover().isNone()).isTrue();

        Finding missing = new Finding(Finding.Kind.HOOK_MISSING, "", "");
        new Repair(SITE, store, rotation)
                .repair(id, new Health(START, List.of(missing), Optional.empty(), Optional.empty()), forge);
        assertThat(signing()).isNotEqualTo(leaked);
        assertThat(custody().liveSecrets()).containsExactly(signing());
    }

    @Test
    void aSecretThatWasAboutToComeIntoUseIsRevokedToo() throws ConnectFailure {
        faults.failAt(6, How.ANSWER_LOST);
        catchThrowableOfType(ConnectFailure.class, () -> rotation.rotate(id, forge));
        Secret handedOut = custody().turnover().nextSecret().orElseThrow();
        assertThat(signing()).isSameAs(handedOut);
        faults.stop();
        rotation.revoke(id, forge);

        assertThat(signing()).isNotEqualTo(handedOut);
        assertThat(custody().liveSecrets()).containsExactly(signing());
    }

    @Test
    void aKeyThatIsStillThereIsRotatedByItself() throws ConnectFailure {
        OpenSshPublicKey former = inUse();
        rotation.rotateUnlessRemoved(id, forge);

        assertThat(ours()).containsExactly(former, inUse());
        assertThat(faults.calls()).startsWith("read repository", "list keys", "change", "add key");
    }

    @Test
    void aKeyThatSomebodyRemovedIsBroughtBackByPersonsOnly() throws ConnectFailure {
        forge.keys.removeIf(key -> !key.equals(FOREIGN_KEY));
        OpenSshPublicKey former = inUse();
        ConnectFailure failure =
                catchThrowableOfType(ConnectFailure.class, () -> rotation.rotateUnlessRemoved(id, forge));

        assertThat(failure)
                .hasMessageContaining(former.fingerprint().toString())
                .hasMessageContaining("choose Repair");
        assertThat(failure.mayPass()).isFalse();
        assertThat(faults.calls()).containsExactly("read repository", "list keys");
        assertThat(ours()).isEmpty();
        assertThat(custody().turnover().isNone()).isTrue();

        rotation.rotate(id, forge);
        assertThat(ours()).containsExactly(inUse());
    }

    @Test
    void aRevokedKeyIsNotMissed() throws ConnectFailure {
        openedBy = false;
        catchThrowableOfType(ConnectFailure.class, () -> rotation.revoke(id, forge));
        openedBy = true;
        rotation.rotateUnlessRemoved(id, forge);

        assertThat(custody().usableKey()).isPresent();
    }

    @Test
    void aRotationThatWasInterruptedIsUndoneWhereSomebodyRemovedTheKeys() throws ConnectFailure {
        OpenSshPublicKey before = inUse();
        faults.failAt(3, How.BROKEN);
        catchThrowableOfType(IllegalStateException.class, () -> rotation.rotate(id, forge));
        assertThat(ours()).hasSize(2);
        forge.keys.removeIf(key -> key.isKeyOf(before.line()));
        faults.stop();
        rotation.finish(id, forge);

        assertThat(ours()).isEmpty();
        assertThat(inUse()).isEqualTo(before);
        assertThat(custody().turnover().isNone()).isTrue();
    }

    @Test
    void aRevokedKeyGoesBeforeAnythingElse() throws ConnectFailure {
        OpenSshPublicKey leaked = inUse();
        Secret leakedSecret = custody().secrets().webhook();
        rotation.revoke(id, forge);

        assertThat(faults.calls().subList(0, 4))
                .containsExactly("change", "read repository", "list keys", "remove key");
        assertThat(ours()).containsExactly(inUse()).doesNotContain(leaked);
        assertThat(custody().liveSecrets()).containsExactly(signing()).doesNotContain(leakedSecret);
        assertThat(custody().usableKey()).contains(custody().secrets().privateKey());
        assertThat(custody().turnover().isNone()).isTrue();
    }

    @Test
    void revokingTakesEverythingThatWasEverGivenOut() throws ConnectFailure {
        rotation.rotate(id, forge);
        rotation.rotate(id, forge);
        assertThat(ours()).hasSize(3);
        rotation.revoke(id, forge);

        assertThat(ours()).containsExactly(inUse());
        assertThat(custody().liveSecrets()).containsExactly(signing());
    }

    @Test
    void buildsWaitFromTheMomentOfTheRevocationUntilAnotherKeyWorks() throws ConnectFailure {
        openedBy = false;
        catchThrowableOfType(ConnectFailure.class, () -> rotation.revoke(id, forge));
        assertThat(custody().usableKey()).isEmpty();
        assertThat(ours()).isEmpty();

        catchThrowableOfType(ConnectFailure.class, () -> rotation.finish(id, forge));
        assertThat(custody().usableKey()).isEmpty();

        openedBy = true;
        rotation.finish(id, forge);
        assertThat(custody().usableKey()).isPresent();
        assertThat(ours()).containsExactly(inUse());
    }

    @Test
    void rotatingWhatIsRevokedEndsTheRevocation() throws ConnectFailure {
        openedBy = false;
        catchThrowableOfType(ConnectFailure.class, () -> rotation.revoke(id, forge));
        openedBy = true;
        rotation.rotate(id, forge);

        assertThat(custody().usableKey()).isPresent();
        assertThat(ours()).containsExactly(inUse());
    }

    @ParameterizedTest
    @EnumSource(names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void aRotationThatFailsAnywhereIsFinishedOrUndoneByTheNextRound(How how) throws ConnectFailure {
        for (int call = 0; call < 8; call++) {
            interruptedAt(call, how, () -> rotation.rotate(id, forge));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void aRevocationThatFailsAnywhereIsFinishedByTheNextRound(How how) throws ConnectFailure {
        for (int call = 1; call < 11; call++) {
            OpenSshPublicKey leaked = inUse();
            interruptedAt(call, how, () -> rotation.revoke(id, forge));
            assertThat(ours()).doesNotContain(leaked);
        }
    }

    private void interruptedAt(int call, How how, Change change) throws ConnectFailure {
        faults.stop();
        faults.failAt(call, how);
        attempted(change);
        assertThat(faults.calls()).as("fails at " + call).hasSizeGreaterThan(call);
        assertThatEverythingInUseWorks();
        faults.stop();
        settle();
    }

    /** Many changes under many faults, one upon the other: what is in use always works, and calm leaves nothing behind. */
    @Test
    void whateverHappensWhatIsInUseWorksAndNothingStaysBehind() throws ConnectFailure {
        Random random = Seed.fresh("RotationTest").random();
        for (int round = 0; round < 300; round++) {
            for (int step = 0; step < 6; step++) {
                faults.stop();
                int call = random.nextInt(12);
                How how = How.values()[random.nextInt(How.values().length)];
                faults.failAt(call, how);
                int choice = random.nextInt(5);
                boolean begins = call > 0 || how != How.REFUSED;
                if (choice == 0 && begins) {
                    custody().turnover().nextSecret().ifPresent(withdrawn::add);
                }
                attempted(
                        choice == 0
                                ? () -> rotation.revoke(id, forge)
                                : choice < 3 ? () -> rotation.rotate(id, forge) : () -> rotation.finish(id, forge));
                clock.pass(Duration.ofMinutes(random.nextInt(30)));
                assertThatEverythingInUseWorks();
            }
            faults.stop();
            settle();
        }
    }

    private void assertThatEverythingInUseWorks() {
        if (custody().usableKey().isPresent()) {
            assertThat(ours()).contains(inUse());
        }
        if (!withdrawn.contains(signing())) {
            assertThat(custody().liveSecrets()).contains(signing());
        }
        assertThat(custody().liveSecrets()).noneMatch(withdrawn::contains);
        assertThat(custody().allKeys()).containsAll(ours());
        assertThat(forge.keys).contains(FOREIGN_KEY);
    }

    private void settle() throws ConnectFailure {
        rotation.finish(id, forge);
        clock.pass(Rotation.LONGEST_RETIREMENT);
        rotation.finish(id, forge);
        assertThat(custody().turnover().isNone()).isTrue();
        assertThat(custody().usableKey()).isPresent();
        assertThat(ours()).containsExactly(inUse());
        assertThat(custody().liveSecrets()).containsExactly(signing());
    }

    private static void attempted(Change change) {
        try {
            change.run();
        } catch (ConnectFailure | IllegalStateException interrupted) {
            return;
        }
    }

    /** Whoever asks is on the connection with a credential that may nothing any more; the round has everybody's. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatTheAskersCredentialMayNotIsNotBegunEither(int refused) throws ConnectFailure {
        List<DeployKey> keys = List.copyOf(forge.keys);
        OpenSshPublicKey before = inUse();
        Secret secret = signing();
        forge.failingWith(Kind.NOT_PERMITTED);
        faults.failAt(refused, How.REFUSED);
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, () -> rotation.mustBeAllowed(id, forge));

        assertThat(failure).hasMessageContaining("out of order");
        assertThat(custody().turnover().isNone()).isTrue();
        assertThat(custody().usableKey()).isPresent();
        faults.stop();
        rotation.finish(id, forge);
        assertThat(faults.calls()).isEmpty();
        assertThat(forge.keys).isEqualTo(keys);
        assertThat(inUse()).isEqualTo(before);
        assertThat(signing()).isSameAs(secret);
    }

    @Test
    void whoMayLookAtKeysAndHooksMayAskForAChange() throws ConnectFailure {
        rotation.mustBeAllowed(id, forge);

        assertThat(faults.calls()).containsExactly("read repository", "list keys", "list hooks");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NOT_AUTHENTICATED", "NOT_PERMITTED", "NOT_FOUND"})
    void aNewKeyThatTheForgeDidNotTakeIsNotUploadedLaterWithAnotherCredential(Kind kind) throws ConnectFailure {
        OpenSshPublicKey before = inUse();
        forge.failingWith(kind);
        faults.failAt(2, How.REFUSED);
        catchThrowableOfType(ConnectFailure.class, () -> rotation.rotate(id, forge));
        assertThat(custody().turnover().isNone()).isTrue();
        assertThat(faults.calls()).containsExactly("read repository", "change", "add key", "change");
        faults.stop();
        rotation.finish(id, forge);

        assertThat(ours()).containsExactly(before);
        assertThat(inUse()).isEqualTo(before);
    }

    /** It may be there: the answer to its upload was lost, and then the credential. */
    @Test
    void aNewKeyThatMayBeAtTheForgeIsNotForgottenBecauseTheNextAttemptIsRefused() throws ConnectFailure {
        faults.failFrom(2, How.ANSWER_LOST);
        catchThrowableOfType(ConnectFailure.class, () -> rotation.rotate(id, forge));
        assertThat(ours()).hasSize(2);
        faults.stop();
        forge.failingWith(Kind.NOT_PERMITTED);
        faults.failAt(1, How.REFUSED);
        catchThrowableOfType(ConnectFailure.class, () -> rotation.rotate(id, forge));
        faults.stop();
        settle();
    }

    /** One that may fail. */
    private interface Change {
        void run() throws ConnectFailure;
    }

    @Test
    void noSecretIsPrinted() throws ConnectFailure {
        openedBy = false;
        catchThrowableOfType(ConnectFailure.class, () -> rotation.revoke(id, forge));
        SshKeyPair next = SshKeyPair.ed25519("");
        Turnover turnover = custody().turnover().withNextKey(Optional.of(next));

        assertThat(turnover + " " + custody()).doesNotContain(next.privateText(), "PRIVATE KEY");
    }
}

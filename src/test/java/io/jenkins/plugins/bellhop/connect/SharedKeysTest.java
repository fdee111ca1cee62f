package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.connect.Attachment.State;
import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.SshFailure;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shared keys on a forge in memory: the whole of their life, and every way in which it may be interrupted. */
class SharedKeysTest {

    private static final String APP = "acme/app";
    private static final String LIB = "acme/lib";
    private static final String PROJECT = "acme";
    private static final Optional<String> NO_PROJECT = Optional.empty();
    private static final DeployKey FOREIGN_KEY = new DeployKey("1", "a deployment", "ssh-rsa AAAA", true, true);

    private final Faults faults = new Faults();
    private final FakeKeyForge forge = new FakeKeyForge(faults);
    private final FakeSharedStore store = new FakeSharedStore();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final Site site = new Site(URI.create("https://ci.example.com/"));
    private final KeyProof proof = (sshUrl, key) -> {
        faults.breakIf(faults.next("prove"));
        return forge.opens(sshUrl, key.publicLine()) ? Optional.empty() : Optional.of("Repository not found.");
    };
    private final SharedKeys keys = new SharedKeys(site, store, proof, clock);
    private final ReentrantLock lock = new ReentrantLock();
    private final SharedRotation rotation = new SharedRotation(site, store, proof, clock);

    @BeforeEach
    void othersHaveKeys() {
        for (String holder : List.of(APP, LIB, PROJECT)) {
            forge.keys(holder).add(FOREIGN_KEY);
        }
    }

    private String create(Optional<String> project) throws ConnectFailure {
        return keys.create("bitbucket.org", "libraries", project, forge).id();
    }

    private String attachedToBoth() throws ConnectFailure {
        String id = create(NO_PROJECT);
        keys.attach(id, RepositoryName.parse(APP), forge);
        keys.attach(id, RepositoryName.parse(LIB), forge);
        faults.stop();
        return id;
    }

    private static RepositoryId id(String name) {
        return FakeKeyForge.facts(name).id();
    }

    private void revoke(String id) throws ConnectFailure {
        rotation.withdraw(id);
        rotation.rotate(id, forge);
    }

    private SharedKey stored() {
        assertThat(store.keys).hasSize(1);
        return store.keys.values().iterator().next();
    }

    private static ConnectFailure failure(ThrowingCallable call) {
        ConnectFailure failure = catchThrowableOfType(ConnectFailure.class, call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    /** Each holder has the key in use and nothing else of ours. */
    private void assertOnlyKeyIsAt(String... holders) {
        for (String holder : List.of(APP, LIB, PROJECT)) {
            boolean holds = List.of(holders).contains(holder);
            assertThat(forge.keys(holder)).as(holder).hasSize(holds ? 2 : 1).contains(FOREIGN_KEY);
            assertThat(forge.keys(holder))
                    .as(holder)
                    .filteredOn(key -> key.isKeyOf(stored().key().publicLine()))
                    .hasSize(holds ? 1 : 0);
        }
    }

    @Test
    void oneKeyOpensTheRepositoriesThatItIsAttachedTo() throws ConnectFailure {
        attachedToBoth();

        assertOnlyKeyIsAt(APP, LIB);
        assertThat(stored().opens(id(APP))).isTrue();
        assertThat(stored().open())
                .extracting(Attachment::sshUrl)
                .containsExactly(FakeKeyForge.sshUrl(APP), FakeKeyForge.sshUrl(LIB));
        assertThat(stored().toString()).isEqualTo("shared key libraries on bitbucket.org");
    }

    @Test
    void attachingTwiceChangesNothing() throws ConnectFailure {
        String id = attachedToBoth();
        keys.attach(id, RepositoryName.parse(APP), forge);

        assertOnlyKeyIsAt(APP, LIB);
        assertThat(faults.calls()).containsExactly("read repository");
    }

    @Test
    void connectingARepositoryAnewLeavesTheSharedKeyAlone() throws ConnectFailure {
        attachedToBoth();

        assertThat(forge.keys(APP))
                .filteredOn(key -> !key.equals(FOREIGN_KEY))
                .singleElement()
                .matches(key -> !site.isKeyOfOurs(key.title()), "is no connection's key");
    }

    @Test
    void aDetachedRepositoryLosesTheKeyAndTheOtherKeepsIt() throws ConnectFailure {
        String id = attachedToBoth();
        keys.detach(id, id(APP), forge);

        assertOnlyKeyIsAt(LIB);
        assertThat(stored().attachments()).extracting(Attachment::repository).containsExactly(id(LIB));
        keys.detach(id, id(APP), forge);
    }

    @Test
    void whatCannotBeDetachedIsUsedNoMoreAndDetachedLater() throws ConnectFailure {
        String id = attachedToBoth();
        faults.failFrom(0, How.REFUSED);
        failure(() -> keys.detach(id, id(APP), forge));
        assertThat(stored().opens(id(APP))).isFalse();

        faults.stop();
        keys.settle(id, forge);
        assertOnlyKeyIsAt(LIB);
    }

    @Test
    void aRepositoryThatIsGoneCanBeForgotten() throws ConnectFailure {
        String id = attachedToBoth();
        keys.forget(id, id(APP));

        assertThat(stored().attachmentOf(id(APP))).isEmpty();
        assertThat(faults.calls()).isEmpty();
    }

    @Test
    void aRepositoryGetsOneSharedKey() throws ConnectFailure {
        attachedToBoth();
        SharedKey other = keys.create("bitbucket.org", "tools", NO_PROJECT, forge);

        assertThat(failure(() -> keys.attach(other.id(), RepositoryName.parse(APP), forge)))
                .hasMessageContaining("acme/app has the shared key libraries on bitbucket.org already");
    }

    @Test
    void oneKeyHasSoManyRepositoriesAtMost() throws ConnectFailure {
        String id = create(NO_PROJECT);
        for (int each = 0; each < SharedKeys.MOST_REPOSITORIES; each++) {
            keys.attach(id, RepositoryName.parse("acme/app" + each), forge);
        }

        assertThat(failure(() -> keys.attach(id, RepositoryName.parse(LIB), forge)))
                .hasMessageContaining("at most 100 repositories");
        assertThat(forge.keys(LIB)).containsExactly(FOREIGN_KEY);
    }

    @Test
    void aNameIsReadableAndShort() throws ConnectFailure {
        keys.create("bitbucket.org", "n".repeat(60), NO_PROJECT, forge);
        for (String name : List.of("", "n".repeat(61), "two\nlines", "<b>")) {
            assertThat(failure(() -> keys.create("bitbucket.org", name, NO_PROJECT, forge)))
                    .hasMessageContaining("Expected a name");
        }
    }

    @Test
    void aKeyThatGitCannotUseIsTakenBack() throws ConnectFailure {
        String id = create(NO_PROJECT);
        SharedKeys sceptical = new SharedKeys(site, store, (sshUrl, key) -> Optional.of("Permission denied."), clock);
        ConnectFailure failure = failure(() -> sceptical.attach(id, RepositoryName.parse(APP), forge));

        assertThat(failure).hasMessage("Permission denied.");
        assertThat(stored().attachments()).isEmpty();
        assertOnlyKeyIsAt();
    }

    @Test
    void aServerThatRefusesEd25519GetsRsa() throws ConnectFailure {
        forge.refusesEd25519 = true;
        String id = attachedToBoth();

        assertThat(stored().key().publicLine()).startsWith("ssh-rsa ");
        assertOnlyKeyIsAt(APP, LIB);
        rotation.rotate(id, forge);
        assertThat(stored().key().publicLine()).startsWith("ssh-rsa ");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "ANSWER_LOST"})
    void aFailureWhileItIsAttachedLeavesNothing(How how) throws ConnectFailure {
        String id = create(NO_PROJECT);
        for (int call = 0; call < 2; call++) {
            faults.stop();
            faults.failAt(call, how);
            failure(() -> keys.attach(id, RepositoryName.parse(APP), forge));

            assertThat(stored().attachments()).isEmpty();
            assertOnlyKeyIsAt();
        }
    }

    @Test
    void anAttachmentThatACrashCutShortIsUndoneAtTheNextStart() throws ConnectFailure {
        String id = create(NO_PROJECT);
        faults.stop();
        faults.failAt(2, How.BROKEN);
        catchThrowableOfType(IllegalStateException.class, () -> keys.attach(id, RepositoryName.parse(APP), forge));
        assertOnlyKeyIsAt(APP);
        assertThat(stored().opens(id(APP))).isFalse();

        faults.stop();
        keys.settle(id, forge);
        assertOnlyKeyIsAt();
        assertThat(stored().attachments()).isEmpty();
    }

    @Test
    void aRotationChangesAllRepositoriesAndLeavesTheFormerKeyForADay() throws ConnectFailure {
        String id = attachedToBoth();
        SharedKey before = stored();
        rotation.rotate(id, forge);

        assertThat(stored().key().publicKey()).isNotEqualTo(before.key().publicKey());
        assertThat(stored().since()).isEqualTo(clock.instant());
        for (String name : List.of(APP, LIB)) {
            assertThat(forge.opens(FakeKeyForge.sshUrl(name), before.key().publicLine()))
                    .isTrue();
            assertThat(forge.opens(FakeKeyForge.sshUrl(name), stored().key().publicLine()))
                    .isTrue();
        }
        clock.pass(SharedRotation.RETIREMENT.minusMillis(1));
        rotation.settle(id, forge);
        assertThat(forge.keys(APP)).hasSize(3);
        clock.pass(Duration.ofMillis(1));
        rotation.settle(id, forge);
        assertOnlyKeyIsAt(APP, LIB);
        assertThat(stored().retired()).isEmpty();
    }

    @Test
    void repositoriesThatStandInTheWayAreAllNamedAndEverythingIsAsBefore() throws ConnectFailure {
        String id = attachedToBoth();
        keys.attach(id, RepositoryName.parse("acme/tools"), forge);
        SharedKey before = stored();
        forge.refusing.addAll(List.of(LIB, "acme/tools"));
        ConnectFailure failure = failure(() -> rotation.rotate(id, forge));

        assertThat(failure)
                .hasMessageContaining("Not rotated")
                .hasMessageContaining("acme/lib (")
                .hasMessageContaining("acme/tools (");
        assertThat(failure.getMessage()).doesNotContain("acme/app").doesNotContain("Still there");
        assertThat(stored()).isEqualTo(before);
        assertOnlyKeyIsAt(APP, LIB);
    }

    @Test
    void whatIsLeftOfAFailedRotationIsNamedAndGoesAtTheNextStart() throws ConnectFailure {
        String id = attachedToBoth();
        forge.refusing.add(LIB);
        faults.failFrom(3, How.REFUSED);
        ConnectFailure failure = failure(() -> rotation.rotate(id, forge));
        assertThat(failure).hasMessageContaining("Still there: the new key at acme/app");
        assertThat(stored().next()).isPresent();

        faults.stop();
        failure(() -> rotation.settle(id, forge));
        assertThat(stored().next()).isEmpty();
        assertOnlyKeyIsAt(APP, LIB);
    }

    @ParameterizedTest
    @EnumSource(names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void aRotationThatIsInterruptedAnywhereIsFinishedOrUndoneAtTheNextStart(How how) throws ConnectFailure {
        String id = attachedToBoth();
        for (int call = 0; call < 6; call++) {
            faults.stop();
            faults.failAt(call, how);
            try {
                rotation.rotate(id, forge);
            } catch (ConnectFailure | IllegalStateException interrupted) {
                for (String name : List.of(APP, LIB)) {
                    assertThat(forge.opens(
                                    FakeKeyForge.sshUrl(name), stored().key().publicLine()))
                            .as("the key in use opens " + name)
                            .isTrue();
                }
            }
            faults.stop();
            rotation.settle(id, forge);
            clock.pass(SharedRotation.RETIREMENT);
            rotation.settle(id, forge);

            assertThat(stored().next()).isEmpty();
            assertOnlyKeyIsAt(APP, LIB);
        }
    }

    @Test
    void aRevokedKeyGoesEverywhereBeforeAnotherComes() throws ConnectFailure {
        String id = attachedToBoth();
        rotation.rotate(id, forge);
        SharedKey leaked = stored();
        faults.stop();
        revoke(id);

        List<String> calls = faults.calls();
        assertThat(calls.lastIndexOf("remove key")).isLessThan(calls.indexOf("add key"));
        assertOnlyKeyIsAt(APP, LIB);
        assertThat(stored().key().publicKey()).isNotEqualTo(leaked.key().publicKey());
        assertThat(stored().retired()).isEmpty();
        assertThat(stored().opens(id(APP))).isTrue();
    }

    @Test
    void whereARevokedKeyCannotBeRemovedIsNamedAndNoBuildGetsIt() throws ConnectFailure {
        String id = attachedToBoth();
        SharedKey leaked = stored();
        forge.gone.add(LIB);
        ConnectFailure failure = failure(() -> revoke(id));

        assertThat(failure)
                .hasMessageContaining("is revoked and goes to no build")
                .hasMessageContaining("Still there: the revoked key at acme/lib (");
        assertThat(stored().opens(id(APP))).isFalse();
        assertThat(forge.keys(APP)).containsExactly(FOREIGN_KEY);

        keys.forget(id, id(LIB));
        rotation.settle(id, forge);
        assertThat(stored().opens(id(APP))).isTrue();
        assertThat(stored().key().publicKey()).isNotEqualTo(leaked.key().publicKey());
    }

    @Test
    void aRevokedKeyIsNeitherTriedNorAttachedUntilAnotherWorks() throws Exception {
        String id = attachedToBoth();
        forge.refusing.add(APP);
        assertThat(failure(() -> revoke(id)))
                .hasMessageContaining("is revoked, and no other works yet; builds wait. In the way: acme/app (");
        keys.check(id, forge, lock);
        assertThat(stored().open()).hasSize(2);
        assertThat(failure(() -> keys.attach(id, RepositoryName.parse("acme/tools"), forge)))
                .hasMessageContaining("is revoked");
        assertThat(forge.keys(APP)).containsExactly(FOREIGN_KEY);
        assertThat(forge.keys(LIB))
                .hasSize(2)
                .noneMatch(key -> key.isKeyOf(stored().key().publicLine()));

        forge.refusing.clear();
        faults.stop();
        rotation.rotate(id, forge);
        assertThat(faults.calls())
                .as("only what failed is done again")
                .containsOnlyOnce("add key")
                .doesNotContain("list keys");
        assertThat(stored().opens(id(APP))).isTrue();
        assertOnlyKeyIsAt(APP, LIB);
    }

    @ParameterizedTest
    @EnumSource(names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void aRevocationThatIsInterruptedAnywhereIsFinishedAtTheNextStart(How how) throws ConnectFailure {
        String id = attachedToBoth();
        for (int call = 0; call < 14; call++) {
            String leaked = stored().key().publicLine();
            faults.stop();
            faults.failAt(call, how);
            try {
                revoke(id);
            } catch (ConnectFailure | IllegalStateException interrupted) {
                assertThat(stored().opens(id(APP))).as("call " + call).isFalse();
            }
            faults.stop();
            rotation.settle(id, forge);

            assertThat(stored().opens(id(LIB))).as("call " + call).isTrue();
            assertThat(stored().key().publicLine()).isNotEqualTo(leaked);
            assertThat(stored().next()).isEmpty();
            assertOnlyKeyIsAt(APP, LIB);
        }
    }

    @Test
    void aKeyIsWithdrawnThoughNoForgeCanBeAsked() throws ConnectFailure {
        String id = attachedToBoth();
        rotation.withdraw(id);

        assertThat(faults.calls()).isEmpty();
        assertThat(stored().opens(id(APP))).isFalse();
    }

    @Test
    void aRepositoryThatGitCouldNotReadAnywayHoldsUpNoOther() throws Exception {
        String id = attachedToBoth();
        String leaked = stored().key().publicLine();
        forge.gone.add(LIB);
        keys.check(id, forge, lock);
        assertThat(stored().opens(id(LIB))).isFalse();
        revoke(id);

        assertThat(stored().opens(id(APP))).isTrue();
        assertThat(forge.keys(APP)).noneMatch(key -> key.isKeyOf(leaked));
        assertThat(failure(() -> rotation.settle(id, forge)))
                .hasMessageContaining("Still there: a former key at acme/lib (");

        forge.gone.clear();
        rotation.settle(id, forge);
        assertThat(forge.keys(LIB)).noneMatch(key -> key.isKeyOf(leaked));
        keys.attach(id, RepositoryName.parse(LIB), forge);
        assertOnlyKeyIsAt(APP, LIB);
    }

    @Test
    void aForgeThatLimitsItsRateIsAskedNoMore() throws ConnectFailure {
        String id = attachedToBoth();
        Instant later = clock.instant().plus(Duration.ofHours(1));
        forge.limitedUntil = Optional.of(later);
        faults.stop();
        ConnectFailure failure = failure(() -> revoke(id));

        assertThat(faults.calls()).hasSize(1);
        assertThat(failure.retryAt()).contains(later);
        assertThat(stored().revoked()).isTrue();
    }

    @Test
    void whatIsToLeaveIsWrittenDownBeforeTheForgeIsAsked() throws ConnectFailure {
        String id = attachedToBoth();
        keys.leave(id, id(APP));
        assertThat(stored().opens(id(APP))).isFalse();
        assertThat(stored().opens(id(LIB))).isTrue();
        keys.leaveAll(id);
        assertThat(stored().opens(id(LIB))).isFalse();
        assertThat(keys.removeIfNowhere(id)).isFalse();

        keys.forget(id, id(APP));
        keys.forget(id, id(LIB));
        assertThat(keys.removeIfNowhere(id)).isTrue();
        assertThat(store.keys).isEmpty();
        assertThat(faults.calls()).isEmpty();
    }

    @Test
    void nothingIsAttachedWhileARotationIsUnfinished() throws ConnectFailure {
        String id = attachedToBoth();
        faults.failAt(1, How.BROKEN);
        catchThrowableOfType(IllegalStateException.class, () -> rotation.rotate(id, forge));
        faults.stop();

        assertThat(failure(() -> keys.attach(id, RepositoryName.parse("acme/tools"), forge)))
                .hasMessageContaining("is being rotated");
    }

    @Test
    void aProjectsKeyLiesAtTheProjectAndIsOfferedWhereItOpens() throws ConnectFailure {
        String id = create(Optional.of(PROJECT));
        assertOnlyKeyIsAt(PROJECT);
        keys.attach(id, RepositoryName.parse(APP), forge);
        assertThat(failure(() -> keys.attach(id, RepositoryName.parse("other/app"), forge)))
                .hasMessage("Repository not found.");

        assertOnlyKeyIsAt(PROJECT);
        assertThat(stored().open()).extracting(Attachment::repository).containsExactly(id(APP));
        rotation.rotate(id, forge);
        clock.pass(SharedRotation.RETIREMENT);
        rotation.settle(id, forge);
        assertOnlyKeyIsAt(PROJECT);
        keys.detach(id, id(APP), forge);
        assertOnlyKeyIsAt(PROJECT);
        keys.remove(id, forge);
        assertThat(store.keys).isEmpty();
        assertThat(forge.keys(PROJECT)).containsExactly(FOREIGN_KEY);
    }

    @Test
    void aProjectThatDoesNotTakeTheKeyLeavesNothing() {
        forge.refusing.add(PROJECT);
        failure(() -> create(Optional.of(PROJECT)));

        assertThat(store.keys).isEmpty();
        assertThat(forge.keys(PROJECT)).containsExactly(FOREIGN_KEY);
    }

    @Test
    void aProjectsKeyThatACrashCutShortGoesAtTheNextStart() throws ConnectFailure {
        faults.failAt(0, How.BROKEN);
        catchThrowableOfType(IllegalStateException.class, () -> create(Optional.of(PROJECT)));
        assertOnlyKeyIsAt(PROJECT);

        faults.stop();
        keys.settle(stored().id(), forge);
        assertThat(store.keys).isEmpty();
        assertThat(forge.keys(PROJECT)).containsExactly(FOREIGN_KEY);
    }

    @Test
    void aRepositoryThatTheKeyOpensNoMoreIsFoundAndFoundAgain() throws Exception {
        String id = attachedToBoth();
        List<DeployKey> there = List.copyOf(forge.keys(APP));
        forge.keys(APP).clear();
        keys.check(id, forge, lock);
        assertThat(stored().attachmentOf(id(APP)).map(Attachment::state)).contains(State.CLOSED);
        assertThat(stored().attachmentOf(id(APP)).flatMap(Attachment::failure)).contains("Repository not found.");
        assertThat(stored().opens(id(LIB))).isTrue();

        forge.keys(APP).addAll(there);
        keys.check(id, forge, lock);
        assertThat(stored().opens(id(APP))).isTrue();
        assertThat(stored().attachmentOf(id(APP)).flatMap(Attachment::failure)).isEmpty();
    }

    @Test
    void aHostThatCannotBeReachedClosesNoRepository() throws Exception {
        String id = attachedToBoth();
        SharedKeys unreachable = new SharedKeys(
                site,
                store,
                KeyProof.by(
                        (url, key) -> Optional.of(SshFailure.explain(
                                "ssh: connect to host: Connection refused",
                                key.publicKey().fingerprint(),
                                RemoteUrl.parse(url))),
                        HostKeys::pinned),
                clock);

        unreachable.check(id, forge, lock);

        assertThat(stored().opens(id(APP))).isTrue();
        assertThat(stored().opens(id(LIB))).isTrue();
    }

    @Test
    void aRepositoryThatIsGoneHidesNoOther() throws Exception {
        String id = attachedToBoth();
        forge.gone.add(APP);
        forge.keys(LIB).clear();
        keys.check(id, forge, lock);

        assertThat(stored().open()).isEmpty();
    }

    @Test
    void whileTheForgeCannotBeAskedNothingIsLearnt() throws Exception {
        String id = attachedToBoth();
        faults.failFrom(0, How.REFUSED);
        keys.check(id, forge, lock);

        assertThat(stored().open()).hasSize(2);
    }

    @Test
    void aTrialHoldsNobodyUpAndWhatWasChangedMeanwhileStaysChanged() throws Exception {
        String id = attachedToBoth();
        List<Boolean> held = new ArrayList<>();
        KeyProof slow = (sshUrl, key) -> {
            held.add(lock.isLocked());
            if (sshUrl.equals(FakeKeyForge.sshUrl(APP))) {
                detachMeanwhile(id, APP);
            }
            return Optional.of("Permission denied.");
        };
        new SharedKeys(site, store, slow, clock).check(id, forge, lock);

        assertThat(held).containsOnly(false);
        assertThat(lock.isLocked()).isFalse();
        assertThat(stored().attachmentOf(id(APP))).isEmpty();
        assertThat(stored().opens(id(LIB))).isFalse();
    }

    private void detachMeanwhile(String id, String name) {
        try {
            keys.detach(id, id(name), forge);
        } catch (ConnectFailure failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void whatWasTriedWithAFormerKeySaysNothingOfTheNewOne() throws Exception {
        String id = attachedToBoth();
        KeyProof slow = (sshUrl, key) -> {
            store.keys.compute(id, (same, before) -> before.changed(SshKeyPair.ed25519(""), clock.instant()));
            return Optional.of("Permission denied.");
        };
        new SharedKeys(site, store, slow, clock).check(id, forge, lock);

        assertThat(stored().open()).hasSize(2);
    }

    @Test
    void oneThatCannotBeDetachedHoldsNoOtherBack() throws ConnectFailure {
        String id = attachedToBoth();
        forge.gone.addAll(List.of(APP, LIB));
        failure(() -> keys.detach(id, id(APP), forge));
        failure(() -> keys.detach(id, id(LIB), forge));
        forge.gone.remove(LIB);
        assertThat(failure(() -> keys.settle(id, forge))).hasMessageContaining("finds no acme/app");

        assertThat(stored().attachments()).extracting(Attachment::repository).containsExactly(id(APP));
        assertThat(forge.keys(LIB)).containsExactly(FOREIGN_KEY);
    }

    @Test
    void aFormerKeyIsNotForgottenWhereTheKeyCouldNotBeDetached() throws ConnectFailure {
        String id = attachedToBoth();
        forge.gone.add(APP);
        failure(() -> keys.detach(id, id(APP), forge));
        rotation.rotate(id, forge);
        clock.pass(SharedRotation.RETIREMENT);
        assertThat(failure(() -> rotation.settle(id, forge))).hasMessageContaining("a former key at acme/app");
        forge.gone.clear();
        keys.settle(id, forge);
        rotation.settle(id, forge);

        assertOnlyKeyIsAt(LIB);
    }

    @Test
    void aRenamedRepositoryIsFollowed() throws Exception {
        String id = attachedToBoth();
        forge.renamed.put(APP, "acme/application");
        forge.keys("acme/application").addAll(forge.keys(APP));
        keys.check(id, forge, lock);

        assertThat(stored().attachmentOf(id(APP)))
                .hasValueSatisfying(attachment ->
                        assertThat(attachment.sshUrl()).isEqualTo(FakeKeyForge.sshUrl("acme/application")));
    }

    @Test
    void removingTakesItFromEverywhere() throws ConnectFailure {
        String id = attachedToBoth();
        rotation.rotate(id, forge);
        keys.remove(id, forge);

        assertThat(store.keys).isEmpty();
        assertThat(forge.keys(APP)).containsExactly(FOREIGN_KEY);
        assertThat(forge.keys(LIB)).containsExactly(FOREIGN_KEY);
    }

    @Test
    void whereItCannotBeRemovedIsNamedAndNotForgotten() throws ConnectFailure {
        String id = attachedToBoth();
        faults.failAt(1, How.REFUSED);
        ConnectFailure failure = failure(() -> keys.remove(id, forge));

        assertThat(failure).hasMessageContaining("Still there: the shared key libraries on bitbucket.org at acme/");
        assertThat(stored().open()).isEmpty();
        faults.stop();
        keys.remove(id, forge);
        assertThat(store.keys).isEmpty();
    }

    /** Shared keys in memory. */
    private static final class FakeSharedStore implements SharedKeyStore {

        private final Map<String, SharedKey> keys = new LinkedHashMap<>();

        @Override
        public List<SharedKey> all() {
            return List.copyOf(keys.values());
        }

        @Override
        public void save(SharedKey key) throws IOException {
            keys.put(key.id(), key);
        }

        @Override
        public void remove(String id) {
            keys.remove(id);
        }
    }
}

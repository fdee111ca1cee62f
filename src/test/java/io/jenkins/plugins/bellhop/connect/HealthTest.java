package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.connect.Faults.How;
import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.LastDelivery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Site SITE = new Site(URI.create("https://ci.example.com/"));
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Set<String> EVENTS = Set.of("push", "pull_request");

    private final Faults faults = new Faults();
    private final FakeForge forge = new FakeForge(faults);
    private final FakeStore store = new FakeStore(faults);
    private final MovableClock clock = new MovableClock(START);
    private Optional<String> proofFailure = Optional.empty();
    private final KeyProof proof = (sshUrl, key) -> forge.keys.stream().anyMatch(each -> each.isKeyOf(key.publicLine()))
            ? proofFailure
            : Optional.of("Permission denied.");
    private final HealthCheck check = new HealthCheck(SITE, proof, clock);
    private final Repair repair = new Repair(SITE, store, new Rotation(SITE, store, proof, (id, time) -> false, clock));

    private String id;

    @BeforeEach
    void connect() throws ConnectFailure {
        id = new Connector(SITE, store, proof)
                .connect(FakeForge.APP.name(), forge)
                .id();
        changeHook(hook -> new Hook(hook.id(), hook.url(), true, EVENTS, Optional.of(true)));
        faults.stop();
    }

    private void changeHook(UnaryOperator<Hook> change) {
        forge.hooks.replaceAll(change);
    }

    private void changeKey(UnaryOperator<DeployKey> change) {
        forge.keys.replaceAll(change);
    }

    private Custody custody() {
        return store.custody(id).orElseThrow();
    }

    private Health health() throws ForgeFailure {
        return check.check(custody(), Optional.of(START), forge);
    }

    private Finding only(Kind kind) throws ForgeFailure {
        Health health = health();
        assertThat(health.findings()).extracting(Finding::kind).containsExactly(kind);
        assertThat(health.isWell()).isEqualTo(health.findings().get(0).isAdvice());
        assertThat(health.findings().get(0).cure()).endsWith(".");
        return health.findings().get(0);
    }

    private void repaired() throws ConnectFailure, ForgeFailure {
        assertThat(health().isRepairable()).isTrue();
        repair.repair(id, health(), forge);
        assertThat(health().findings()).isEmpty();
    }

    @Test
    void whatWorksIsWell() throws ForgeFailure {
        Instant used = START.minusSeconds(60);
        changeKey(key -> new DeployKey(key.id(), key.title(), key.publicLine(), true, true, true, Optional.of(used)));

        assertThat(health()).isEqualTo(new Health(START, List.of(), Optional.of(used), Optional.of("acme-bot")));
        assertThat(health().isWell()).isTrue();
        assertThat(health().isRepairable()).isFalse();
    }

    @Test
    void lookingChangesNothing() throws ForgeFailure {
        forge.keys.clear();
        forge.hooks.clear();
        health();

        assertThat(faults.calls()).containsExactly("read repository", "list keys", "list hooks", "read owner");
    }

    @Test
    void aKeyThatIsGoneIsReplaced() throws Exception {
        forge.keys.clear();
        assertThat(only(Kind.KEY_MISSING).sentence())
                .contains(custody().connection().fingerprint().toString());

        repaired();
        assertThat(forge.keys).hasSize(1);
    }

    @Test
    void aKeyThatMayWriteIsReplaced() throws Exception {
        changeKey(key -> new DeployKey(key.id(), key.title(), key.publicLine(), false, true));
        only(Kind.KEY_MAY_WRITE);

        repaired();
    }

    @Test
    void aKeyThatTheOrganisationForbidsIsForAPersonToMend() throws ForgeFailure {
        changeKey(key -> new DeployKey(key.id(), key.title(), key.publicLine(), true, false));

        assertThat(only(Kind.KEY_DISABLED).isRepairable()).isFalse();
    }

    @Test
    void aKeyThatWaitsForApprovalIsTold() throws ForgeFailure {
        changeKey(key -> new DeployKey(key.id(), key.title(), key.publicLine(), true, true, false, Optional.empty()));

        only(Kind.KEY_NOT_VERIFIED);
    }

    @Test
    void aKeyThatOpensNothingIsToldWithGitsReason() throws ForgeFailure {
        proofFailure = Optional.of("Host key verification failed.");

        assertThat(only(Kind.KEY_OPENS_NOTHING).sentence()).contains("Host key verification failed.");
    }

    @Test
    void aRevokedKeyIsToldAndRepaired() throws Exception {
        store.turnovers.put(id, Turnover.NONE.everythingRevoked(START));
        only(Kind.KEY_REVOKED);

        repaired();
    }

    @Test
    void aHookAtAnAddressThatIsNotJenkinsAnyMoreIsReplacedAndNotDoubled() throws Exception {
        String url = forge.hooks.get(0).url();
        changeHook(hook -> new Hook(hook.id(), url.replace("https://ci.", "http://old."), true, EVENTS));
        only(Kind.HOOK_MISSING);
        repair.repair(id, health(), forge);

        assertThat(forge.hooks).extracting(Hook::url).containsExactly(url);
        assertThat(custody().connection().hookId()).contains(forge.hooks.get(0).id());
    }

    @Test
    void aKeyIsOldAfterAYearAndNotBefore() throws ForgeFailure {
        clock.pass(HealthCheck.OLD_KEY);
        assertThat(health().findings()).isEmpty();

        clock.pass(Duration.ofMillis(1));
        assertThat(only(Kind.KEY_OLD).sentence()).contains("365 days");
        assertThat(health().isWell()).isTrue();
        assertThat(health().isRepairable()).isFalse();
        assertThat(check.check(custody(), Optional.empty(), forge).findings()).isEmpty();
    }

    @Test
    void aHookThatIsGoneIsMadeAgainAtItsAddressWithItsSecret() throws Exception {
        String url = forge.hooks.remove(0).url();
        only(Kind.HOOK_MISSING);
        repair.repair(id, health(), forge);

        assertThat(forge.hooks).singleElement().satisfies(hook -> {
            assertThat(hook.url()).isEqualTo(url);
            assertThat(custody().connection().hookId()).contains(hook.id());
        });
        assertThat(forge.hookSecrets.get(forge.hookSecrets.size() - 1))
                .isSameAs(custody().secrets().webhook());
    }

    @Test
    void repairingTwiceMakesNoSecondHook() throws Exception {
        forge.hooks.clear();
        Health found = health();
        repair.repair(id, found, forge);
        repair.repair(id, found, forge);

        assertThat(forge.hooks).hasSize(1);
    }

    @Test
    void aHookWithoutASecretGetsItAgain() throws Exception {
        changeHook(hook -> new Hook(hook.id(), hook.url(), true, EVENTS, Optional.of(false)));
        only(Kind.HOOK_UNSIGNED);
        faults.stop();
        repair.repair(id, health(), forge);

        assertThat(faults.calls()).contains("change secret").doesNotContain("add key", "add hook");
    }

    @Test
    void whatAnAdministratorSwitchedOffOrTookAwayIsRespected() throws Exception {
        changeHook(hook -> new Hook(hook.id(), hook.url(), false, EVENTS, Optional.of(true)));
        assertThat(only(Kind.HOOK_OFF).isRepairable()).isFalse();

        changeHook(hook -> new Hook(hook.id(), hook.url(), true, Set.of("push"), Optional.of(true)));
        assertThat(only(Kind.HOOK_LACKS_EVENTS).sentence()).contains("pull_request");
        faults.stop();
        repair.repair(id, health(), forge);
        assertThat(faults.calls()).doesNotContain("change secret", "add hook", "add key");
    }

    @Test
    void aFailedDeliveryIsTold() throws ForgeFailure {
        forge.lastDelivery = Optional.of(new LastDelivery(START, true, "OK"));
        assertThat(health().findings()).isEmpty();

        forge.lastDelivery = Optional.of(new LastDelivery(START, false, "status 404"));
        assertThat(only(Kind.DELIVERY_FAILED).sentence()).contains("2026-11-21T12:00:00Z", "status 404");
    }

    @Test
    void aRefusedCredentialAndARepositoryThatIsGoneAreTold() throws ForgeFailure {
        faults.failFrom(0, How.REFUSED);
        forge.failingWith(ForgeFailure.Kind.NOT_AUTHENTICATED);
        only(Kind.CREDENTIAL_REFUSED);

        forge.failingWith(ForgeFailure.Kind.NOT_FOUND);
        only(Kind.REPOSITORY_NOT_FOUND);
    }

    @Test
    void aCredentialThatMayNotSayWhoseItIsIsNoFault() throws ForgeFailure {
        faults.failAt(4, How.REFUSED);
        forge.failingWith(ForgeFailure.Kind.NOT_PERMITTED);
        Health health = health();

        assertThat(faults.calls().get(4)).isEqualTo("read owner");
        assertThat(health.isWell()).isTrue();
        assertThat(health.credentialOwner()).isEmpty();
    }

    @Test
    void aForgeThatIsDownSaysNothingAboutTheConnection() {
        faults.failFrom(1, How.REFUSED);
        forge.failingWith(ForgeFailure.Kind.UNREACHABLE);

        assertThatThrownBy(this::health).isInstanceOf(ForgeFailure.class);
    }

    @Test
    void theAgeAtWhichAKeyIsOldIsTheOneThatSomebodySet() throws ForgeFailure {
        HealthCheck strict = new HealthCheck(SITE, proof, Duration.ofDays(30), clock);
        clock.pass(Duration.ofDays(30));
        assertThat(strict.check(custody(), Optional.of(START), forge).findings())
                .isEmpty();
        clock.pass(Duration.ofMillis(1));

        assertThat(strict.check(custody(), Optional.of(START), forge).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.KEY_OLD);
    }
}

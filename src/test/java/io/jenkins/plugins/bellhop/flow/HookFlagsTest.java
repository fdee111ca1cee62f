package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.forge.FailedDelivery;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.HookEvents;
import io.jenkins.plugins.bellhop.support.Quiet;
import io.jenkins.plugins.bellhop.support.Signed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators took from the hook at the forge. */
class HookFlagsTest {

    private static final CommitId ONE = new CommitId("1".repeat(40));
    private static final CommitId TWO = new CommitId("2".repeat(40));
    private static final Watch ONLY = Watch.DEFAULT.withOnlyPullRequests(true);

    private final Fakes fakes = new Fakes();
    private final Handler handler = fakes.handler();
    private final Source source = fakes.sources().find("hook").orElseThrow();
    private int time = 1;

    @BeforeEach
    void firstLook() throws ForgeFailure {
        fakes.api.branches.put(GitRef.branch("main"), ONE);
        fakes.api.tags.put(GitRef.tag("v1"), ONE);
        fakes.api.open = List.of(pull(7, ONE));
        catchUp();
        fakes.log.clear();
        fakes.api.asked.clear();
    }

    @Test
    void catchesUpWithPushesAndPullRequestsThatTheHookSends() throws ForgeFailure {
        Fakes.Job job = fakes.job("app");
        everythingMoves();

        assertThat(catchUp()).isEqualTo(Result.BUILT);
        assertThat(job.builds).extracting(build -> build.subject().described()).contains("branch main", "branch fix");
    }

    @Test
    void catchesUpWithNoPushesWhenTheHookSendsNone() throws ForgeFailure {
        Fakes.Job job = fakes.job("app");
        job.watch = Watch.DEFAULT.withOnlyPullRequests(true);
        hookSends("pull_request", "repository");
        everythingMoves();

        catchUp();
        assertThat(job.builds).extracting(build -> build.subject().described()).containsExactly("branch fix");
        assertThat(fakes.log.get(0).sentence()).startsWith("The webhook sends no pushes");

        hookSends("push", "pull_request", "repository");
        fakes.log.clear();
        catchUp();
        assertThat(job.builds).hasSize(1);
        assertThat(lines()).containsExactly("The webhook sends everything again.");
    }

    @Test
    void whatTheHookDeliversItSendsWhateverWasFoundBefore() throws ForgeFailure {
        Fakes.Job job = fakes.job("app");
        hookSends("pull_request", "repository");
        catchUp();

        handle(Payloads.push("main"));
        assertThat(job.builds).hasSize(1);
    }

    @Test
    void catchesUpWithNoPullRequestsWhenTheHookSendsNone() throws ForgeFailure {
        Fakes.Job job = fakes.job("app");
        hookSends("push", "repository");
        fakes.api.open = List.of(pull(7, TWO));

        assertThat(catchUp()).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.builds).isEmpty();
    }

    @Test
    void saysOnceThatTheHookIsOffOrDeletedAndBuildsNothingByItself() throws ForgeFailure {
        Fakes.Job job = fakes.job("app");
        fakes.api.hooks = List.of(new Hook("6", "", false, Set.of("push", "pull_request")));
        everythingMoves();
        catchUp();
        catchUp();
        assertThat(lines()).singleElement().asString().startsWith("The webhook is switched off");

        fakes.api.hooks = List.of(new Hook("another", "", true, Set.of("push")));
        catchUp();
        catchUp();
        assertThat(lines()).hasSize(2).last().asString().startsWith("The webhook was deleted");
        assertThat(job.builds).isEmpty();
    }

    @Test
    void whoMayNotReadHooksGoesOnWithWhatWasKnown() throws ForgeFailure {
        hookSends("push");
        catchUp();
        fakes.api.hooksAreSecret = true;
        catchUp();

        assertThat(situation().hookSendsPushes()).isTrue();
        assertThat(situation().hookSendsPullRequests()).isFalse();
    }

    @Test
    void rulesMayAsk() throws ForgeFailure {
        assertThat(situation().hookSendsPushes()).isTrue();
        assertThat(situation().hookSendsPullRequests()).isTrue();

        hookSends("pull_request");
        catchUp();
        assertThat(situation().hookSendsPushes()).isFalse();
    }

    @Test
    void theForgeIsNotAskedForPullRequestsThatAListShowed() {
        fakes.job("app").watch = ONLY;
        handle(Payloads.push("fix"));

        assertThat(fakes.api.asked).isEmpty();
    }

    @Test
    void theForgeIsAskedAtEachPushWhenTheHookSendsNoPullRequests() throws ForgeFailure {
        fakes.job("app").watch = ONLY;
        hookSends("push");
        catchUp();
        fakes.api.asked.clear();
        fakes.api.open = List.of();

        handle(Payloads.push("fix"));
        handle(Payloads.push("fix"));

        assertThat(fakes.api.asked)
                .containsExactly("pull requests of acme/app from fix", "pull requests of acme/app from fix");
    }

    @Test
    void afterARestartABranchIsAskedForOnceAndAFailureIsTriedAgain() {
        Fakes.Job job = fakes.job("app");
        job.watch = ONLY;
        Handler restarted = fakes.handler();
        fakes.api.down = true;
        assertThat(restarted.handle(Payloads.push("fix").verified(), "~")).isEqualTo(Result.FAILED);

        fakes.api.down = false;
        fakes.api.asked.clear();
        assertThat(restarted.handle(Payloads.push("fix").verified(), "~")).isEqualTo(Result.BUILT);
        restarted.handle(Payloads.push("fix").verified(), "~");
        assertThat(fakes.api.asked).containsExactly("pull requests of acme/app from fix");
    }

    @Test
    void whatWasFoundOutlivesARestart() {
        Fakes.MemoryPages pages = new Fakes.MemoryPages();
        HookState found = new HookState(HookState.Presence.ACTIVE, new HookEvents(false, true, false));
        assertThat(new KnownHooks(pages).found("c", found)).isTrue();
        assertThat(new KnownHooks(pages).found("c", found)).isFalse();
        assertThat(new KnownHooks(pages).of("c")).isEqualTo(found);

        KnownHooks hooks = new KnownHooks(pages);
        hooks.forget("c");
        assertThat(hooks.of("c")).isEqualTo(HookState.WHOLE);
        assertThat(pages.pages).isEmpty();
    }

    @Test
    void whatCantBeReadCountsAsWhole() {
        Fakes.MemoryPages pages = new Fakes.MemoryPages();
        pages.pages.put("c", List.of("what is this"));
        pages.pages.put("d", List.of("UNHEARD true true true"));

        try (Quiet quiet = Quiet.logger(KnownHooks.class)) {
            assertThat(new KnownHooks(pages).of("c")).isEqualTo(HookState.WHOLE);
            assertThat(new KnownHooks(pages).of("d")).isEqualTo(HookState.WHOLE);
        }
    }

    @Test
    void aNewNameIsTold() {
        fakes.job("app");
        handle(Payloads.renamed());

        assertThat(lines()).contains("Known under its new name acme/new (was acme/app).");
    }

    private void everythingMoves() {
        fakes.api.branches.put(GitRef.branch("main"), TWO);
        fakes.api.tags.put(GitRef.tag("v1"), TWO);
        fakes.api.open = List.of(pull(7, TWO));
    }

    @Test
    void saysOnceWhichDeliveriesTheForgeCouldNotMake() throws ForgeFailure {
        FailedDelivery lost = new FailedDelivery("guid-1", "pull_request", fakes.clock.instant(), "status 502");
        fakes.api.failed = List.of(lost);
        catchUp();
        assertThat(lines()).isEmpty();

        fakes.clock.pass(Duration.ofHours(1));
        fakes.api.failed = List.of(new FailedDelivery("guid-2", "push", fakes.clock.instant(), "no answer"), lost);
        fakes.clock.pass(Duration.ofMinutes(1));
        catchUp();
        assertThat(fakes.log).singleElement().satisfies(entry -> {
            assertThat(entry.deliveryId()).contains("guid-2");
            assertThat(entry.sentence())
                    .startsWith("The forge could not deliver this at")
                    .contains("no answer");
        });
        catchUp();
        assertThat(fakes.log).hasSize(1);
    }

    private void hookSends(String... events) {
        fakes.api.hooks = List.of(new Hook("6", "", true, Set.of(events)));
    }

    private Result catchUp() throws ForgeFailure {
        Source now = fakes.sources().find("hook").orElseThrow();
        return handler.catchUp(now, handler.lookout().look(now), "0" + time++);
    }

    private void handle(Signed signed) {
        handler.handle(signed.verified(), "~" + time++);
    }

    private Situation situation() {
        return new Knowledge(
                        null,
                        new Memory(fakes.seen, fakes.hooks, fakes.approvals),
                        new RateLimits(fakes.clock),
                        fakes.clock)
                .situation(source, fakes.job("asking"));
    }

    private List<String> lines() {
        return fakes.log.stream().map(Entry::sentence).toList();
    }

    private static PullRequest pull(long number, CommitId head) {
        return new PullRequest(number, "fix", head, "main", false, false);
    }
}

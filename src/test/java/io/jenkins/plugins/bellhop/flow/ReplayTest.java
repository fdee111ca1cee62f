package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.delivery.DeliveryId;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.flow.Fakes.Job;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.flow.WatchingJob.BuildFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private final Fakes fakes = new Fakes();
    private final Handler handler = fakes.handler();

    @Test
    void aDryRunSaysWhatWouldBeDecidedNowAndDoesNothing() {
        fakes.job("builds");
        fakes.job("filters").watch = Watch.DEFAULT.withBranches(new RefFilter("!main"));

        List<Entry> entries = handler.dryRun(Payloads.push("main").verified());

        assertThat(entries)
                .extracting(entry -> entry.job().orElseThrow() + " " + entry.outcome())
                .containsExactly("builds BUILT", "filters SKIPPED");
        assertThat(fakes.jobs).allSatisfy(job -> assertThat(job.builds).isEmpty());
        assertThat(fakes.log).isEmpty();
        assertThat(fakes.seen.all(Fakes.CONNECTION.id())).isEmpty();
    }

    @Test
    void aDryRunLearnsNothing() {
        fakes.job("app");
        handler.dryRun(Payloads.push("main", "Later [ci skip]").verified());

        assertThat(handler.handle(Payloads.push("main").verified(), "1")).isEqualTo(Result.BUILT);
        handler.dryRun(Payloads.renamed().verified());
        assertThat(fakes.renamedTo).isEmpty();
    }

    @Test
    void aReplayIsDecidedByWhatIsConfiguredNow() {
        Job job = fakes.job("app");
        job.watch = Watch.DEFAULT.withBranches(new RefFilter("!main"));
        handler.handle(Payloads.push("main").verified(), "1");
        job.watch = Watch.DEFAULT;

        assertThat(handler.replay(Payloads.push("main").verified(), "2")).isEqualTo(Result.BUILT);
        assertThat(job.triggers)
                .extracting(trigger -> trigger.delivery().text())
                .containsExactly("delivery-1-replay-2");
        assertThat(handler.replay(Payloads.push("main").verified(), "3")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(fakes.log.get(2).sentence()).startsWith("Not built again");
    }

    @Test
    void whatIsNotTheHeadAnyMoreIsNotBuiltAndChangesNothingThatIsKnown() {
        Job job = fakes.job("app");
        fakes.seen.saw(Fakes.CONNECTION.id(), "refs/heads/main", new CommitId("2".repeat(40)), "5");

        assertThat(handler.replay(Payloads.push("main").verified(), "9")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.builds).isEmpty();
        assertThat(fakes.log.get(0).sentence())
                .isEqualTo("Not built: since this event, a later one was handled, with head 2222222.");
        assertThat(fakes.seen.all(Fakes.CONNECTION.id()))
                .containsEntry("refs/heads/main", new CommitId("2".repeat(40)));
    }

    @Test
    void whatWasDeletedAndIsMissingInALaterListIsNotBuilt() {
        Job job = fakes.job("app");
        String id = Fakes.CONNECTION.id();
        handler.handle(Payloads.push("main").verified(), "1");
        fakes.seen.gone(id, "refs/heads/main", "2");
        fakes.seen.listed(id, Map.of(), "3");
        job.builds.clear();

        assertThat(handler.replay(Payloads.push("main").verified(), "4")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.builds).isEmpty();
        assertThat(fakes.log.get(1).sentence())
                .isEqualTo("Not built: since this event, what it is about was deleted or closed.");
        assertThat(handler.handle(Payloads.push("main").verified(), "2")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(handler.handle(Payloads.push("main").verified(), "5")).isEqualTo(Result.BUILT);
    }

    @Test
    void whatCameAfterTheListAndFailedCanBeReplayed() {
        Job job = fakes.job("app");
        fakes.seen.listed(Fakes.CONNECTION.id(), Map.of(), "1");
        job.failure = Optional.of(new BuildFailure("Not built yet: the queue is full."));
        assertThat(handler.handle(Payloads.push("main").verified(), "2")).isEqualTo(Result.FAILED);
        job.failure = Optional.empty();

        assertThat(handler.replay(Payloads.push("main").verified(), "3")).isEqualTo(Result.BUILT);
    }

    @Test
    void theLongestIdStaysAnId() {
        fakes.job("app");
        String longest = "a".repeat(DeliveryId.LONGEST);
        handler.replay(Payloads.push("main").withId(longest).verified(), "2");

        assertThat(fakes.log.get(0).deliveryId().orElseThrow())
                .hasSize(DeliveryId.LONGEST)
                .endsWith("-replay-2");
    }

    @Test
    void anUnreadableOrForgottenDeliveryHarmsNothing() {
        assertThat(handler.dryRun(Payloads.unreadable().verified())).hasSize(1);
        assertThat(handler.dryRun(Payloads.push("main").withHook("gone").verified()))
                .isEmpty();
        assertThat(fakes.log).isEmpty();
    }
}

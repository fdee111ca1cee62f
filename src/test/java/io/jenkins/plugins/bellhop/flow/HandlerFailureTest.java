package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.flow.Fakes.Job;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.flow.WatchingJob.BuildFailure;
import io.jenkins.plugins.bellhop.support.Quiet;
import io.jenkins.plugins.bellhop.support.Signed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be tried again later. */
class HandlerFailureTest {

    private static final Watch ONLY = Watch.DEFAULT.withOnlyPullRequests(true);

    private final Fakes fakes = new Fakes();
    private final Handler handler = fakes.handler();

    @Test
    void whatCannotBeFoundOutFailsAndIsShown() {
        fakes.api.down = true;
        fakes.job("only").watch = ONLY;
        Job other = fakes.job("other");

        assertThat(handle(Payloads.push("fix"))).isEqualTo(Result.FAILED);
        assertThat(other.builds).hasSize(1);
        assertThat(lines())
                .containsExactly(
                        "only FAILED Not decided yet: could not ask the forge whether branch fix has an open pull"
                                + " request. Could not reach github.com.",
                        "other BUILT Built: push of 0123456 to branch fix.");
    }

    @Test
    void anUnknownDefaultBranchThatCannotBeAskedForFails() {
        fakes.api.down = true;
        fakes.job("only").watch = ONLY;

        assertThat(handle(Payloads.pushWithoutDefaultBranch("main"))).isEqualTo(Result.FAILED);
        assertThat(lines())
                .containsExactly("only FAILED Not decided yet: could not ask the forge its default branch."
                        + " Could not reach github.com.");
    }

    @Test
    void aBuildThatCannotBeQueuedFailsAndTheOtherJobsAreStillBuilt() {
        fakes.job("first").failure = Optional.of(new BuildFailure("Could not queue the build: Jenkins is going down."));
        Job second = fakes.job("second");

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.FAILED);
        assertThat(second.builds).hasSize(1);
        assertThat(lines().get(0)).isEqualTo("first FAILED Could not queue the build: Jenkins is going down.");
    }

    @Test
    void afterAFailureOnlyWhatFailedIsBuilt() {
        Job first = fakes.job("first");
        Job second = fakes.job("second");
        first.failure = Optional.of(new BuildFailure("Could not queue the build."));
        handle(Payloads.push("main"));
        first.failure = Optional.empty();

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.BUILT);
        assertThat(first.builds).hasSize(1);
        assertThat(second.builds).hasSize(1);
    }

    @Test
    void aFaultOfOursInOneJobFailsAndTheOtherJobsAreStillBuilt() {
        fakes.job("first").fault = Optional.of(new IllegalStateException("nobody thought of this"));
        Job second = fakes.job("second");

        try (Quiet quiet = Quiet.logger(JobDecisions.class)) {
            assertThat(handle(Payloads.push("main"))).isEqualTo(Result.FAILED);
            assertThat(quiet.messages()).containsExactly("Could not decide for first; it is tried again");
        }
        assertThat(second.builds).hasSize(1);
        assertThat(lines().get(0))
                .isEqualTo("first FAILED Not decided: a fault in Bellhop, see the log of Jenkins"
                        + " (java.lang.IllegalStateException).");
    }

    private int arrivals;

    private Result handle(Signed delivery) {
        return handler.handle(delivery.verified(), String.format("%06d", ++arrivals));
    }

    /** Job, outcome and sentence of each entry. */
    private List<String> lines() {
        return fakes.log.stream()
                .map(entry -> entry.job().orElse("-") + " " + entry.outcome() + " " + entry.sentence())
                .toList();
    }
}

package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.Fakes.Job;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.support.Signed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandlerTest {

    private static final Watch ONLY = Watch.DEFAULT.withOnlyPullRequests(true);
    private static final Watch NONE = Watch.DEFAULT.withBranches(new RefFilter("!**"));

    private static final String ZERO = "a".repeat(40);
    private static final String ONE = "1".repeat(40);
    private static final String TWO = "2".repeat(40);
    private static final String THREE = "3".repeat(40);
    private static final String FOUR = "4".repeat(40);

    private final Fakes fakes = new Fakes();
    private final Handler handler = fakes.handler();

    @Test
    void buildsWhatWasDecidedAndSaysWhy() {
        Job job = fakes.job("app");

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.BUILT);
        assertThat(job.builds)
                .singleElement()
                .satisfies(build -> assertThat(build.subject())
                        .isEqualTo(new Subject.Ref(
                                GitRef.branch("main"), new CommitId(Payloads.COMMIT), Optional.empty())));
        assertThat(fakes.log)
                .containsExactly(new Entry(
                        "connection-1",
                        Optional.of("delivery-1"),
                        Optional.of("app"),
                        "push of 0123456 to branch main",
                        Outcome.BUILT,
                        "Built: push of 0123456 to branch main, the default branch."));
        assertThat(job.builds.get(0).reason()).isEqualTo(fakes.log.get(0).sentence());
    }

    @Test
    void aBuildKnowsWhatItGoesBackTo() {
        Job job = fakes.job("app");
        handle(Payloads.push("main").withId("id-7"));

        assertThat(job.triggers).singleElement().satisfies(trigger -> {
            assertThat(trigger.delivery().text()).isEqualTo("id-7");
            assertThat(trigger.source().connection()).isEqualTo(Fakes.CONNECTION);
            assertThat(trigger.event().described()).isEqualTo("push of 0123456 to branch main");
        });
    }

    @Test
    void skipsWhatWasDecidedAndSaysWhy() {
        fakes.job("app").watch = NONE;

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(fakes.log)
                .containsExactly(new Entry(
                        "connection-1",
                        Optional.of("delivery-1"),
                        Optional.of("app"),
                        "push of 0123456 to branch main",
                        Outcome.SKIPPED,
                        "Not built: the branch filter \"!**\" leaves out branch main."));
    }

    @Test
    void skipsADisabledJob() {
        fakes.job("app").disabled = true;

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines()).containsExactly("app SKIPPED Not built: the job is disabled.");
    }

    @Test
    void waitsForAJobThatIsOutOfReachAndDecidesForTheOthers() {
        fakes.job("app").outOfReach = Optional.of("Not decided yet: not loaded.");
        fakes.job("other");

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.FAILED);
        assertThat(lines())
                .containsExactly(
                        "app FAILED Not decided yet: not loaded.",
                        "other BUILT Built: push of 0123456 to branch main, the default branch.");
    }

    @Test
    void aDeliveryHandledAgainBuildsNothingAgain() {
        Job job = fakes.job("app");
        handle(Payloads.push("main"));

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.builds).hasSize(1);
    }

    @Test
    void decidesForEachJobByItself() {
        fakes.job("first").watch = NONE;
        fakes.job("second");
        fakes.job("third").disabled = true;

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.BUILT);
        assertThat(lines())
                .containsExactly(
                        "first SKIPPED Not built: the branch filter \"!**\" leaves out branch main.",
                        "second BUILT Built: push of 0123456 to branch main, the default branch.",
                        "third SKIPPED Not built: the job is disabled.");
    }

    @Test
    void projectsAreToldBesideTheJobsAndCountAsWatching() {
        fakes.told.add(new Told("projects/app", Outcome.TOLD, "Told."));
        fakes.told.add(new Told("projects/off", Outcome.SKIPPED, "Not told."));

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines()).containsExactly("projects/app TOLD Told.", "projects/off SKIPPED Not told.");
        assertThat(fakes.triggers)
                .singleElement()
                .satisfies(
                        trigger -> assertThat(trigger.event().described()).isEqualTo("push of 0123456 to branch main"));
    }

    @Test
    void deliveryThatAProjectCouldNotBeToldIsHandledAgain() {
        fakes.job("app");
        fakes.told.add(new Told("projects/app", Outcome.FAILED, "Not told yet."));

        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.FAILED);
    }

    @Test
    void saysThatNoJobWatches() {
        assertThat(handle(Payloads.push("main"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines()).containsExactly("- SKIPPED Not built: no job watches acme/app.");
    }

    @Test
    void aDeliveryOfAnotherRepositoryReachesNoJob() {
        Job job = fakes.job("app");

        assertThat(handle(Payloads.pushOfAnotherRepository())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(job.builds).isEmpty();
        assertThat(lines()).containsExactly("- SKIPPED Not built: this hook belongs to another repository, acme/app.");
    }

    @Test
    void aPingShowsThatTheForgeReachesUs() {
        fakes.job("app");

        assertThat(handle(Payloads.ping())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(fakes.log)
                .containsExactly(new Entry(
                        "connection-1",
                        Optional.of("delivery-1"),
                        Optional.empty(),
                        "ping",
                        Outcome.IGNORED,
                        "The forge reaches this Jenkins."));
    }

    @Test
    void whatConcernsNoBuildIsIgnoredAloud() {
        fakes.job("app");

        assertThat(handle(Payloads.issue())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines()).containsExactly("- IGNORED Event \"issues\" doesn't concern builds.");
    }

    @Test
    void whatCannotBeReadIsIgnoredAloudAndNotTriedAgain() {
        fakes.job("app");

        assertThat(handle(Payloads.unreadable())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines())
                .containsExactly("- IGNORED Not built: unreadable payload at $.ref: expected a text, found \"7\".");
    }

    @Test
    void aDeliveryWhoseConnectionIsGoneIsDropped() {
        fakes.job("app");

        assertThat(handle(Payloads.push("main").withHook("gone"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(fakes.log).isEmpty();
    }

    @Test
    void asksTheForgeOnlyWhatTheRulesNeedToKnow() {
        fakes.job("usual");
        fakes.job("only").watch = ONLY;
        handle(Payloads.push("main"));
        assertThat(fakes.api.asked).isEmpty();

        handle(Payloads.push("fix"));
        assertThat(fakes.api.asked).containsExactly("pull requests of acme/app from fix");
    }

    @Test
    void aBranchWithoutAnOpenPullRequestAtTheForgeIsSkipped() {
        fakes.job("only").watch = ONLY;

        assertThat(handle(Payloads.push("fix"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines())
                .containsExactly("only SKIPPED Not built: \"Only build pull requests\" is on and branch fix has no open"
                        + " pull request of this repository.");
    }

    @Test
    void anOpenPullRequestAtTheForgeCounts() {
        fakes.api.open = List.of(new PullRequest(7, "fix", new CommitId(Payloads.COMMIT), "main", false, false));
        fakes.job("only").watch = ONLY;

        assertThat(handle(Payloads.push("fix"))).isEqualTo(Result.BUILT);
    }

    @Test
    void theDefaultBranchIsAskedForWhenTheDeliveryDoesNotTellIt() {
        fakes.api.defaultBranch = Optional.of("main");
        fakes.job("only").watch = ONLY;

        assertThat(handle(Payloads.pushWithoutDefaultBranch("main"))).isEqualTo(Result.BUILT);
        assertThat(fakes.api.asked).containsExactly("default branch of acme/app");
    }

    /** The next one has its id: while there was none, branches moved and pull requests were closed unheard. */
    @Test
    void nothingThatAConnectionLearntIsBelievedByTheNextOne() {
        fakes.job("only").watch = ONLY;
        fakes.api.open = List.of(new PullRequest(7, "fix", new CommitId(Payloads.COMMIT), "main", false, false));
        assertThat(handle(Payloads.push("fix"))).isEqualTo(Result.BUILT);
        fakes.hooks.looked("connection-1", fakes.clock.instant());
        fakes.api.open = List.of();
        fakes.api.asked.clear();

        fakes.jobs.clear();
        fakes.job("later").watch = ONLY;

        handler.forget("connection-1");

        assertThat(fakes.seen.all("connection-1")).isEmpty();
        assertThat(fakes.hooks.lookedAt("connection-1")).isEmpty();
        assertThat(handle(Payloads.push("fix").withId("id-2"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(fakes.api.asked).containsExactly("pull requests of acme/app from fix");
    }

    @Test
    void aPullRequestKnowsWhatThePushBeforeItSaid() {
        fakes.job("only").watch = ONLY;
        handle(Payloads.push("fix", "Fix it [ci skip]"));

        assertThat(handle(Payloads.pullRequestOpened())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines()).last().isEqualTo("only SKIPPED Not built: the head commit's message says [ci skip].");
    }

    @Test
    void aPullRequestThatComesBeforeItsPushIsSkippedAsOneThatComesAfter() {
        fakes.job("app");
        fakes.api.messages.put(new CommitId(Payloads.COMMIT), "Fix it [ci skip]");

        assertThat(handle(Payloads.pullRequestOpened())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(handle(Payloads.push("fix", "Fix it [ci skip]"))).isEqualTo(Result.NOTHING_BUILT);
    }

    @Test
    void aPullRequestOfAPushThatNobodySawBuilds() {
        fakes.job("only").watch = ONLY;

        assertThat(handle(Payloads.pullRequestOpened())).isEqualTo(Result.BUILT);
    }

    @Test
    void aRenameIsReportedAlsoWhenNoJobWatches() {
        assertThat(handle(Payloads.renamed())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(fakes.renamedTo)
                .singleElement()
                .extracting(RepositoryId::name)
                .isEqualTo(new RepositoryName("acme", "new"));
    }

    @Test
    void otherNewsIsNoRename() {
        handle(Payloads.push("main"));
        handle(Payloads.pullRequestOpened());

        assertThat(fakes.renamedTo).isEmpty();
    }

    @Test
    void aPathFilterLosesNothingOfAPushThatNeverCame() {
        Job job = fakes.job("app");
        job.watch = Watch.DEFAULT.withPaths(new RefFilter("src/**"));
        fakes.api.files = ChangedFiles.all(List.of("src/a.txt", "docs/a.md"));
        handle(Payloads.pushOf("fix", ZERO, ONE, "src/a.txt"));
        assertThat(fakes.api.asked).isEmpty();

        assertThat(handle(Payloads.pushOf("fix", TWO, THREE, "docs/a.md"))).isEqualTo(Result.BUILT);
        assertThat(fakes.api.asked).containsExactly("files between 1111111 and 3333333");
        assertThat(handle(Payloads.pushOf("fix", THREE, FOUR, "docs/b.md"))).isEqualTo(Result.NOTHING_BUILT);
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

package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.HookEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

    private final Fakes fakes = new Fakes();
    private final Source source = fakes.sources().find("hook").orElseThrow();
    private final Knowledge knowledge = new Knowledge(
            new Repositories() {
                @Override
                public ForgeApi api(Connection connection) {
                    return fakes.api;
                }

                @Override
                public void renamed(Connection connection, RepositoryId today) {
                    throw new AssertionError("knowing renames nothing");
                }
            },
            new Memory(fakes.seen, fakes.hooks, fakes.approvals),
            new RateLimits(fakes.clock),
            fakes.clock);

    @Test
    void remembersAsManyMarkedCommitsAsItMayAndForgetsTheOldestForOneMore() throws Undecided {
        for (int i = 0; i < Learnt.MOST_MARKED; i++) {
            push(i, Optional.of("message " + i + " [ci skip]"));
        }
        assertThat(isMarked(0)).isTrue();

        push(Learnt.MOST_MARKED, Optional.of("one more [skip ci]"));
        assertThat(isMarked(1)).isTrue();
        assertThat(isMarked(Learnt.MOST_MARKED)).isTrue();
        assertThat(fakes.api.asked).isEmpty();
        assertThat(isMarked(0)).isFalse();
        assertThat(fakes.api.asked).containsExactly("message of " + commit(0));
    }

    @Test
    void aMessageThatNoPushToldIsAskedForOnce() throws Undecided {
        fakes.api.messages.put(commit(1), "Fix it [ci skip]");
        push(1, Optional.empty());
        push(2, Optional.of("Say hello"));

        assertThat(isMarked(1)).isTrue();
        assertThat(isMarked(1)).isTrue();
        assertThat(isMarked(2)).isFalse();
        assertThat(fakes.api.asked).hasSize(1);
    }

    @Test
    void aMessageThatMayNotBeReadHoldsNothingBackAndOneThatCanNotIsWaitedFor() throws Undecided {
        fakes.api.messagesNotPermitted = true;
        assertThat(isMarked(1)).isFalse();

        fakes.api.down = true;
        assertThatThrownBy(() -> isMarked(1)).isInstanceOf(Undecided.class).hasMessageContaining("message of commit");
        fakes.api.down = false;
        fakes.api.messagesNotPermitted = false;
        fakes.api.messages.put(commit(1), "Fix it [ci skip]");
        assertThat(isMarked(1)).isTrue();
    }

    @Test
    void aJobAnswersForItself() {
        Fakes.Job job = fakes.job("app");
        job.disabled = true;

        assertThat(knowledge.situation(source, job).isJobDisabled()).isTrue();
    }

    @Test
    void readsADefaultBranchAgainWhenItIsFiveMinutesOld() throws Undecided {
        fakes.api.defaultBranch = Optional.of("main");
        Situation situation = knowledge.situation(source, fakes.job("app"));
        assertThat(situation.defaultBranch()).contains("main");

        fakes.api.defaultBranch = Optional.of("trunk");
        fakes.clock.pass(KnownSituation.DEFAULT_BRANCH_HOLDS.minusMillis(1));
        assertThat(situation.defaultBranch()).contains("main");
        assertThat(knowledge.situation(source, fakes.job("other")).defaultBranch())
                .contains("main");
        assertThat(fakes.api.asked).hasSize(1);

        fakes.clock.pass(Duration.ofMillis(1));
        assertThat(situation.defaultBranch()).contains("trunk");
        assertThat(fakes.api.asked).hasSize(2);
    }

    @Test
    void readsADefaultBranchAgainWhenItChanged() throws Undecided {
        fakes.api.defaultBranch = Optional.of("main");
        Situation situation = knowledge.situation(source, fakes.job("app"));
        situation.defaultBranch();
        fakes.api.defaultBranch = Optional.of("trunk");
        knowledge.learn(source.connection(), new Event.DefaultBranchChanged(Fakes.APP, "trunk"));

        assertThat(situation.defaultBranch()).contains("trunk");
    }

    @Test
    void aDefaultBranchThatCouldNotBeReadIsNotRemembered() throws Undecided {
        fakes.api.down = true;
        Situation situation = knowledge.situation(source, fakes.job("app"));
        assertThatThrownBy(situation::defaultBranch).isInstanceOf(Undecided.class);

        fakes.api.down = false;
        fakes.api.defaultBranch = Optional.of("main");
        assertThat(situation.defaultBranch()).contains("main");
    }

    @Test
    void draftsAreOpenButNotReady() throws Undecided {
        Situation situation = knowledge.situation(source, fakes.job("app"));
        GitRef fix = GitRef.branch("fix");
        assertThat(situation.hasReadyPullRequest(GitRef.branch("other"))).isFalse();

        fakes.api.open = List.of(new PullRequest(1, "fix", commit(1), "main", false, true));
        assertThat(situation.hasOpenPullRequest(fix)).isTrue();
        assertThat(situation.hasReadyPullRequest(fix)).isFalse();

        PullRequest ready = new PullRequest(2, "fix", commit(1), "dev", false, false);
        knowledge.learn(source.connection(), new Event.PullRequestChanged(Fakes.APP, ready, Event.Change.OPENED));
        assertThat(situation.hasReadyPullRequest(fix)).isTrue();
    }

    @Test
    void whetherAPullRequestIsOpenNowTheForgeItselfSays() throws Undecided {
        GitRef fix = GitRef.branch("fix");
        PullRequest draft = new PullRequest(1, "fix", commit(1), "main", false, true);
        knowledge.listed(source.connection(), List.of(draft), Set.of());
        Situation situation = knowledge.situation(source, fakes.job("app"));
        assertThat(situation.hasOpenPullRequest(fix)).isTrue();
        assertThat(situation.hasPullRequestNow(fix, false)).isFalse();

        fakes.api.open = List.of(draft);
        assertThat(situation.hasPullRequestNow(fix, false)).isTrue();
        assertThat(situation.hasPullRequestNow(fix, true)).isFalse();
    }

    @Test
    void aHookThatDoesNotTellEveryChangeIsKnownFor() {
        Situation situation = knowledge.situation(source, fakes.job("app"));
        assertThat(situation.hookSendsPullRequestUpdates()).isTrue();

        HookState whole = fakes.hooks.of("connection-1");
        fakes.hooks.found("connection-1", new HookState(whole.presence(), new HookEvents(true, true, false)));
        assertThat(situation.hookSendsPullRequests()).isTrue();
        assertThat(situation.hookSendsPullRequestUpdates()).isFalse();
    }

    @Test
    void aDryRunKeepsNothingOfWhatItWasAnswered() throws Undecided {
        GitRef fix = GitRef.branch("fix");
        Situation dry = knowledge.in(Mode.DRY_RUN).situation(source, fakes.job("app"));
        assertThat(dry.hasOpenPullRequest(fix)).isFalse();

        PullRequest opened = new PullRequest(1, "fix", commit(1), "main", false, false);
        fakes.api.open = List.of(opened);
        Situation situation = knowledge.situation(source, fakes.job("app"));
        assertThat(situation.hasOpenPullRequest(fix)).isTrue();
        assertThat(fakes.api.asked).hasSize(2);

        HookState whole = fakes.hooks.of("connection-1");
        fakes.hooks.found("connection-1", new HookState(whole.presence(), new HookEvents(true, true, false)));
        assertThat(dry.hasOpenPullRequest(fix)).isTrue();
        fakes.hooks.found("connection-1", whole);
        assertThat(situation.hasOpenPullRequest(fix)).isTrue();
        assertThat(fakes.api.asked).hasSize(3);
    }

    private void push(int number, Optional<String> message) {
        knowledge.learn(
                source.connection(),
                new Event.BranchPushed(Fakes.APP, GitRef.branch("main"), commit(number), message, Optional.of("main")));
    }

    private boolean isMarked(int number) throws Undecided {
        return knowledge.situation(source, fakes.job("app")).isMarkedToSkip(commit(number));
    }

    private static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }
}

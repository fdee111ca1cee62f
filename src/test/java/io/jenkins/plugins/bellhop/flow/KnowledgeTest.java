package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import java.time.Clock;
import java.util.Optional;
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
            fakes.seen,
            new RateLimits(Clock.systemUTC()));

    @Test
    void remembersAsManyMarkedCommitsAsItMayAndForgetsTheOldestForOneMore() {
        for (int i = 0; i < Knowledge.MOST_MARKED; i++) {
            push(i, Optional.of("message " + i + " [ci skip]"));
        }
        assertThat(isMarked(0)).isTrue();

        push(Knowledge.MOST_MARKED, Optional.of("one more [skip ci]"));
        assertThat(isMarked(0)).isFalse();
        assertThat(isMarked(1)).isTrue();
        assertThat(isMarked(Knowledge.MOST_MARKED)).isTrue();
    }

    @Test
    void aPushWithoutTheMarkTeachesNothing() {
        push(1, Optional.empty());
        push(2, Optional.of("Say hello"));

        assertThat(isMarked(1)).isFalse();
        assertThat(isMarked(2)).isFalse();
    }

    @Test
    void aJobAnswersForItself() {
        Fakes.Job job = fakes.job("app");
        job.disabled = true;

        assertThat(knowledge.situation(source, job).isJobDisabled()).isTrue();
    }

    private void push(int number, Optional<String> message) {
        knowledge.learn(
                new Event.BranchPushed(Fakes.APP, GitRef.branch("main"), commit(number), message, Optional.of("main")));
    }

    private boolean isMarked(int number) {
        return knowledge.situation(source, fakes.job("app")).isMarkedToSkip(commit(number));
    }

    private static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }
}

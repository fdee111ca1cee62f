package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

    private final Fakes fakes = new Fakes();
    private final Knowledge knowledge = new Knowledge(new Repositories() {
        @Override
        public ForgeApi api(Connection connection) {
            return fakes.api;
        }

        @Override
        public void renamed(Connection connection, RepositoryId today) {
            throw new AssertionError("knowing renames nothing");
        }
    });

    @Test
    void remembersAsManyMessagesAsItMayAndForgetsTheOldestForOneMore() {
        for (int i = 0; i < Knowledge.MOST_MESSAGES; i++) {
            push(i, Optional.of("message " + i));
        }
        assertThat(message(0)).contains("message 0");

        push(Knowledge.MOST_MESSAGES, Optional.of("one more"));
        assertThat(message(0)).isEmpty();
        assertThat(message(1)).contains("message 1");
        assertThat(message(Knowledge.MOST_MESSAGES)).contains("one more");
    }

    @Test
    void aPushWithoutAMessageTeachesNothing() {
        push(1, Optional.empty());

        assertThat(message(1)).isEmpty();
    }

    @Test
    void aJobAnswersForItself() {
        Fakes.Job job = fakes.job("app");
        job.disabled = true;

        assertThat(knowledge.situation(Fakes.CONNECTION, job).isJobDisabled()).isTrue();
    }

    private void push(int number, Optional<String> message) {
        knowledge.learn(
                new Event.BranchPushed(Fakes.APP, GitRef.branch("main"), commit(number), message, Optional.of("main")));
    }

    private Optional<String> message(int number) {
        return knowledge.situation(Fakes.CONNECTION, fakes.job("app")).messageOf(commit(number));
    }

    private static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }
}

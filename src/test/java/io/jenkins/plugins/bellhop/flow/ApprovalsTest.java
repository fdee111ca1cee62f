package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.flow.Approvals.Waiting;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsTest {

    private static final String JOB = "folder/a job";

    @TempDir
    private Path directory;

    private HeadFiles files;
    private Approvals approvals;

    @BeforeEach
    void open() throws IOException {
        files = new HeadFiles(directory);
        approvals = new Approvals(files);
    }

    @Test
    void isBoundToConnectionPullRequestCommitAndJob() throws IOException {
        approvals.approve("one", Set.of(JOB), waiting(7, 1), "alice");

        assertThat(approvals.approver("one", JOB, request(7, 1))).contains("alice");
        assertThat(approvals.approver("two", JOB, request(7, 1))).isEmpty();
        assertThat(approvals.approver("one", "folder/b", request(7, 1))).isEmpty();
        assertThat(approvals.approver("one", JOB, request(8, 1))).isEmpty();
        assertThat(approvals.approver("one", JOB, request(7, 2))).isEmpty();
    }

    @Test
    void outlivesARestart() throws IOException {
        approvals.approve("one", Set.of(JOB), waiting(7, 1), "Ali ce\n-");
        approvals.waits("one", JOB, request(8, 2));

        Approvals again = new Approvals(files);
        assertThat(again.approver("one", JOB, request(7, 1))).contains("Ali ce\n-");
        assertThat(again.approver("one", JOB, request(8, 2))).isEmpty();
        assertThat(again.waiting("one", JOB)).containsExactly(waiting(8, 2));
    }

    @Test
    void followsAJobToItsNewName() throws IOException {
        approvals.approve("one", Set.of(JOB), waiting(7, 1), "alice");
        approvals.waits("one", JOB, request(8, 2));
        approvals.renamed("one", job -> job.replace("folder/", "moved/"));

        Approvals again = new Approvals(files);
        assertThat(again.approver("one", "moved/a job", request(7, 1))).contains("alice");
        assertThat(again.waiting("one", "moved/a job")).containsExactly(waiting(8, 2));
        assertThat(again.approver("one", JOB, request(7, 1))).isEmpty();
    }

    @Test
    void anotherJobOfADeletedOnesNameInheritsNothing() throws IOException {
        approvals.approve("one", Set.of(JOB, "other"), waiting(7, 1), "alice");
        approvals.forgetJob("one", JOB);

        Approvals again = new Approvals(files);
        assertThat(again.approver("one", JOB, request(7, 1))).isEmpty();
        assertThat(again.approver("one", "other", request(7, 1))).contains("alice");
    }

    @Test
    void waitingIsNoApprovalWhateverTheApproversName() throws IOException {
        approvals.waits("one", JOB, request(7, 1));
        assertThat(approvals.approver("one", JOB, request(7, 1))).isEmpty();

        approvals.approve("one", Set.of(JOB), waiting(7, 1), "-");
        assertThat(approvals.approver("one", JOB, request(7, 1))).contains("somebody");
    }

    @Test
    void aNewCommitTakesThePlaceOfTheOneThatWaited() throws IOException {
        approvals.waits("one", JOB, request(7, 1));
        approvals.waits("one", JOB, request(8, 1));
        approvals.waits("one", JOB, request(7, 2));

        assertThat(approvals.waiting("one", JOB)).containsExactly(waiting(8, 1), waiting(7, 2));
        assertThat(approvals.waiting("one", "other")).isEmpty();
    }

    @Test
    void closingForgetsWhatWaitedAndNothingElse() throws IOException {
        approvals.approve("one", Set.of(JOB), waiting(7, 1), "alice");
        approvals.waits("one", JOB, request(7, 2));
        approvals.waits("one", JOB, request(8, 1));
        approvals.closed("one", 7);

        assertThat(approvals.waiting("one", JOB)).containsExactly(waiting(8, 1));
        assertThat(approvals.approver("one", JOB, request(7, 1))).contains("alice");
    }

    @Test
    void keepsAsManyAsItMayAndForgetsTheOldestForOneMore() throws IOException {
        Approvals inMemory = new Approvals(new Fakes.MemoryPages());
        for (int i = 1; i <= Approvals.MOST; i++) {
            inMemory.approve("one", Set.of(JOB), waiting(i, i), "alice");
        }
        assertThat(inMemory.approver("one", JOB, request(1, 1))).isPresent();

        inMemory.approve("one", Set.of(JOB), waiting(Approvals.MOST + 1, 1), "alice");
        assertThat(inMemory.approver("one", JOB, request(1, 1))).isEmpty();
        assertThat(inMemory.approver("one", JOB, request(2, 2))).isPresent();
    }

    @Test
    void whatCanNotBeReadIsNotApproved() throws IOException {
        approvals.approve("one", Set.of(JOB), waiting(7, 1), "alice");
        files.write("one", List.of("no commit 7 alice " + JOB));

        try (Quiet quiet = Quiet.logger(Approvals.class)) {
            assertThat(new Approvals(files).approver("one", JOB, request(7, 1))).isEmpty();
        }
    }

    @Test
    void forgetsAConnection() throws IOException {
        approvals.approve("one", Set.of(JOB), waiting(7, 1), "alice");
        approvals.forget("one");

        assertThat(approvals.approver("one", JOB, request(7, 1))).isEmpty();
        assertThat(new Approvals(files).approver("one", JOB, request(7, 1))).isEmpty();
    }

    private static Waiting waiting(long number, int commit) {
        return new Waiting(number, commit(commit));
    }

    private static PullRequest request(long number, int commit) {
        return new PullRequest(number, "gift", commit(commit), "main", true, false);
    }

    private static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }
}

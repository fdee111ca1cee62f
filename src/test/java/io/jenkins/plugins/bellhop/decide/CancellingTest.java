package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.decide.Watch.Superseding;
import io.jenkins.plugins.bellhop.event.CommitId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is cancelled: line by line. The event came at time 5; the build is of another commit. */
class CancellingTest {

    private static final CommitId OTHER = new CommitId("9".repeat(40));

    @ParameterizedTest(name = "{0} | {1} | {2} | {3} -> {4}: {5}")
    @CsvSource(delimiter = '|', textBlock = """
            # event                  | settings    | situation            | build             | then   | because

            # A deleted branch or tag takes its builds with it, whether they wait or run.
            delete fix               |             | default main         | fix queued        | cancel | Cancelled: branch fix was deleted.
            delete fix               |             | default main         | fix running       | cancel | Cancelled: branch fix was deleted.
            delete fix               |             |                      | fix running       | cancel | Cancelled: branch fix was deleted.
            delete tag v1            |             | forge down           | tag v1 running    | cancel | Cancelled: tag v1 was deleted.
            delete fix               | waits runs  | default main         | fix queued        | cancel | Cancelled: branch fix was deleted.
            delete fix               |             | default main         | main queued       | -      |
            delete fix               |             | default main         | tag v1 queued     | -      |
            delete fix               |             | default main         | fork queued       | -      |
            delete fix               |             | default fix          | fix queued        | keep   | Not cancelled: branch fix is the default branch.
            delete fix               |             | default main, open PR | fix queued       | keep   | Not cancelled: branch fix was deleted, but an open pull request of this repository still asks for it.
            delete fix               |             | forge down           | fix queued        | wait   | could not ask the forge

            # A pull request that is closed, only if no push asks for the build and no other pull request does.
            PR closed                | onlyPR      | default main         | fix queued        | cancel | Cancelled: pull request #7 was closed, "Only build pull requests" is on and no other open pull request comes from branch fix.
            PR closed                | onlyPR      | default main         | fix running       | cancel | Cancelled: pull request #7 was closed, "Only build pull requests" is on and no other open pull request comes from branch fix.
            PR closed                | onlyPR      | default main, other PR | fix queued      | keep   | Not cancelled: pull request #7 was closed, but another open pull request comes from branch fix.
            PR closed                | onlyPR      | default fix          | fix queued        | keep   | Not cancelled: branch fix is the default branch.
            PR closed                |             | default main         | fix queued        | keep   | Not cancelled: pull request #7 was closed, but "Only build pull requests" is off, so the push to branch fix asks for it too.
            PR closed                |             | default main, deleted | fix queued       | cancel | Cancelled: pull request #7 was closed and branch fix was deleted.
            PR closed                |             | forge down           | fix queued        | keep   | "Only build pull requests" is off
            PR closed                | onlyPR      | forge down           | fix queued        | wait   | could not ask the forge
            PR closed                | onlyPR      | default main         | fork queued       | -      |
            fork PR closed           |             | forge down           | fork queued       | cancel | Cancelled: pull request #7, which comes from a fork, was closed.
            fork PR closed           | onlyPR      |                      | fork running      | cancel | Cancelled: pull request #7, which comes from a fork, was closed.
            fork PR closed           | onlyPR      |                      | fix queued        | -      |

            # A newer commit that is built supersedes what waits, and what runs only if so chosen.
            push fix                 |             | built                | fix queued        | cancel | Cancelled: superseded by 0123456, a newer commit of branch fix; "Cancel queued builds of older commits" is on.
            push fix                 |             | built                | fix running       | -      |
            push fix                 | runs        | built                | fix running       | cancel | Cancelled: superseded by 0123456, a newer commit of branch fix; "Abort running builds of older commits" is on.
            push fix                 | waits       | built                | fix queued        | -      |
            push fix                 |             |                      | fix queued        | -      |
            push fix                 |             | built                | main queued       | -      |
            push main                | runs        | built                | main queued       | -      |
            push main                | runs        | built                | main running      | -      |
            push main, default untold |            | built, default main  | main queued       | -      |
            push fix, default untold |             | built, default main  | fix queued        | cancel | superseded by 0123456
            push fix, default untold |             | built, forge down    | fix queued        | wait   | could not ask the forge
            tag v1                   | runs        | built                | tag v1 queued     | -      |
            PR updated               |             | built, default main  | fix queued        | cancel | superseded by 0123456, a newer commit of branch fix
            fork PR updated          |             | built, forge down    | fork queued       | cancel | superseded by 0123456, a newer commit of forked pull request #7
            rename                   | runs        | built                | fix queued        | -      |

            # What was asked for later, or by the same event, is newer.
            delete fix               |             |                      | fix queued at 5   | -      |
            delete fix               |             |                      | fix queued at 6   | -      |
            PR closed                | onlyPR      |                      | fix running at 6  | -      |
            push fix                 |             | built                | fix queued at 6   | -      |
            push fix                 |             | built                | fix queued at 4   | cancel | superseded
            """)
    void cancels(String event, String settings, String situation, String build, String then, String because) {
        String answer = answer(event, settings, situation, build);
        assertThat(answer).startsWith(then);
        assertThat(answer).contains(because == null ? "" : because);
    }

    @Test
    void theSameCommitIsNotSupersededByItself() throws Undecided {
        UnfinishedBuild same = new UnfinishedBuild("refs/heads/fix", Cases.COMMIT, "4", false);
        assertThat(new Cancelling(Cases.event("push fix"), "5", Watch.DEFAULT, Cases.situation("built")).of(same))
                .isEmpty();
    }

    @Test
    void runningBuildsAreLookedForOnlyWhereTheyMayBeConcerned() {
        assertThat(concernsRunning("push fix", Watch.DEFAULT)).isFalse();
        assertThat(concernsRunning("push fix", Watch.DEFAULT.withSuperseding(new Superseding(true, true))))
                .isTrue();
        assertThat(concernsRunning("delete fix", Watch.DEFAULT)).isTrue();
        assertThat(concernsRunning("PR closed", Watch.DEFAULT)).isTrue();
    }

    private static boolean concernsRunning(String event, Watch watch) {
        return new Cancelling(Cases.event(event), "5", watch, Cases.situation(null)).concernsRunning();
    }

    private static String answer(String event, String settings, String situation, String build) {
        try {
            return new Cancelling(Cases.event(event), "5", watch(settings), Cases.situation(situation))
                    .of(build(build))
                    .map(cancellation -> cancellation.match(
                            cancel -> "cancel: " + cancel.reason(), keep -> "keep: " + keep.reason()))
                    .orElse("-");
        } catch (Undecided undecided) {
            return "wait: " + undecided.getMessage();
        }
    }

    private static Watch watch(String settings) {
        String words = settings == null ? "" : settings;
        return Watch.DEFAULT
                .withForks(Forks.ON)
                .withTags(new RefFilter("**"))
                .withOnlyPullRequests(words.contains("onlyPR"))
                .withSuperseding(new Superseding(!words.contains("waits"), words.contains("runs")));
    }

    /** For example {@code fix queued}, {@code tag v1 running}, {@code fork queued at 6}; otherwise it came at 1. */
    private static UnfinishedBuild build(String words) {
        String arrival = words.contains(" at ") ? words.substring(words.indexOf(" at ") + 4) : "1";
        String key = words.startsWith("fork") ? "fork #7" : "refs/heads/" + words.split(" ")[0];
        return new UnfinishedBuild(
                words.startsWith("tag") ? "refs/tags/v1" : key, OTHER, arrival, words.contains("running"));
    }
}

package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.decide.Watch.Superseding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is built: the table that the documentation promises, line by line. */
class DeciderTest {

    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # event                    | settings           | situation         | then  | because

            # With the usual settings every branch builds, no tag, no fork.
            push main                  |                    |                   | build | the default branch
            push fix                   |                    |                   | build | push of 0123456 to branch fix
            push fix, default untold   |                    | default main      | build | push of 0123456 to branch fix
            push main, default untold  |                    | forge down        | build | push of 0123456 to branch main
            push main, default untold  |                    |                   | build | push of 0123456 to branch main
            tag v1                     |                    |                   | skip  | no tag filter is set
            PR opened                  |                    |                   | build | pull request #7 opened
            PR updated                 |                    |                   | build | pull request #7 got new commits
            PR reopened                |                    |                   | build | pull request #7 reopened
            PR ready                   |                    |                   | build | pull request #7 is ready for review
            draft PR opened            |                    |                   | build | pull request #7 opened
            PR retargeted              |                    |                   | skip  | only the target branch
            PR touched                 |                    |                   | build | pull request #7 was updated
            PR touched                 |                    | same head         | skip  | its head is still 0123456
            PR closed                  |                    |                   | skip  | nothing to build
            delete fix                 |                    |                   | skip  | nothing to build
            delete tag v1              | tags=**            |                   | skip  | nothing to build
            rename                     |                    |                   | skip  | nothing to build
            repository deleted         |                    |                   | skip  | nothing to build
            default changed            |                    |                   | skip  | nothing to build
            heads unknown              |                    |                   | skip  | nothing to build

            # A job that is switched off builds nothing at all.
            push main                  |                    | disabled          | skip  | the job is disabled
            PR opened                  | onlyPR             | disabled, open PR | skip  | the job is disabled
            fork PR opened             | forks              | disabled          | skip  | the job is disabled
            tag v1                     | tags=v*            | disabled          | skip  | the job is disabled
            delete fix                 |                    | disabled          | skip  | the job is disabled

            # "Only build pull requests" leaves out branches without one, and neither the default branch nor tags.
            push main                  | onlyPR             |                   | build | the default branch
            push main                  | onlyPR             | forge down        | build | the default branch
            push fix                   | onlyPR             |                   | skip  | "Only build pull requests" is on
            push fix                   | onlyPR             | open PR           | build | has an open pull request
            push other                 | onlyPR             | open PR           | skip  | "Only build pull requests" is on
            push main, default untold  | onlyPR             | default main      | build | the default branch
            push fix, default untold   | onlyPR             | default main      | skip  | "Only build pull requests" is on
            push main, default untold  | onlyPR             |                   | skip  | "Only build pull requests" is on
            tag v1                     | onlyPR tags=v*     |                   | build | the tag filter "v*" selects
            PR opened                  | onlyPR             |                   | build | pull request #7 opened
            draft PR opened            | onlyPR             |                   | build | pull request #7 opened
            PR retargeted              | onlyPR             |                   | skip  | only the target branch
            main PR opened             | onlyPR             |                   | build | pull request #7 opened

            # For forks the fork policy alone decides.
            fork PR opened             |                    |                   | skip  | "Build pull requests from forks" is off
            fork PR updated            |                    | open PR           | skip  | "Build pull requests from forks" is off
            fork PR retargeted         |                    |                   | skip  | "Build pull requests from forks" is off
            main fork PR opened        |                    | default main      | skip  | "Build pull requests from forks" is off
            fork PR opened             | forks              |                   | build | "Build pull requests from forks" is on
            fork PR updated            | forks              |                   | build | "Build pull requests from forks" is on
            fork PR reopened           | forks              |                   | build | "Build pull requests from forks" is on
            fork PR ready              | forks              |                   | build | "Build pull requests from forks" is on
            draft fork PR opened       | forks              |                   | build | "Build pull requests from forks" is on
            fork PR opened             | forks onlyPR       | forge down        | build | "Build pull requests from forks" is on
            fork PR opened             | forks branches=no  |                   | build | "Build pull requests from forks" is on
            fork PR opened             | forks              | says [ci skip]    | build | "Build pull requests from forks" is on
            fork PR opened             | forks              | built             | skip  | of this very commit
            fork PR opened             | forks              | forks apart       | skip  | keeps a fork's commits in the fork alone
            fork PR touched            | forks              | same head         | skip  | its head is still 0123456
            fork PR retargeted         | forks              |                   | skip  | only the target branch
            fork PR closed             | forks              |                   | skip  | nothing to build
            main fork PR opened        | forks              |                   | build | "Build pull requests from forks" is on

            # The branch filter leaves out, the tag filter lets in.
            push fix                   | branches=main      |                   | skip  | the branch filter "main" leaves out branch fix
            push main                  | branches=!main     |                   | skip  | the branch filter "!main" leaves out branch main
            push fix                   | branches=f*        |                   | build | push of
            PR opened                  | branches=main      |                   | skip  | the branch filter "main" leaves out branch fix
            push fix                   | branches=f* onlyPR | open PR           | build | has an open pull request
            tag v1                     | branches=main tags=v* |                | build | the tag filter "v*" selects
            tag v1                     | tags=x*            |                   | skip  | the tag filter "x*" leaves it out
            tag v1                     | branches=v1        |                   | skip  | no tag filter is set
            push v1                    | tags=v*            |                   | build | push of

            # A marker in the head commit's message stops branches, tags and own pull requests.
            push main [ci skip]        |                    |                   | skip  | the head commit's message says [ci skip]
            push fix Fix it [Skip CI]  | onlyPR             | open PR           | skip  | the head commit's message says [ci skip]
            push fix [skip]            |                    |                   | build | push of
            tag v1 [CI SKIP]           | tags=**            |                   | skip  | the head commit's message says [ci skip]
            PR opened                  |                    | says [ci skip]    | skip  | the head commit's message says [ci skip]
            push fix [ci skip]         | branches=main      |                   | skip  | the branch filter

            # What is built already isn't built again.
            push main                  |                    | built             | skip  | newest build of branch main is of this very commit
            push fix                   |                    | built             | skip  | newest build of branch fix is of this very commit
            PR opened                  | onlyPR             | built             | skip  | newest build of branch fix is of this very commit
            tag v1                     | tags=v*            | built             | skip  | newest build of tag v1 is of this very commit
            PR retargeted              |                    | built             | skip  | only the target branch

            # With merge results, a push is left to the pull request that it changes; the default branch never is.
            PR opened                  | merge              |                   | build | Its merge into main is built
            PR opened                  | merge              | no merges         | build | this forge keeps no merge results
            fork PR opened             | merge forks        |                   | build | Its merge into main is built
            PR opened                  | merge              | built             | skip  | of this very commit
            PR closed                  | merge              |                   | skip  | nothing to build
            push fix                   | merge              | open PR           | skip  | whose own event builds this commit
            push fix                   | merge onlyPR       | open PR           | skip  | whose own event builds this commit
            push fix                   | merge              |                   | build | push of 0123456 to branch fix.
            push fix                   | merge              | open PR, no merges | build | push of 0123456 to branch fix.
            push fix                   | merge              | open PR, pushes only | build | push of 0123456 to branch fix.
            push fix                   | merge              | forge down        | wait  | could not ask the forge
            push main                  | merge              | open PR           | build | the default branch.
            push fix, default untold   | merge              | default fix, open PR | build | the default branch.
            tag v1                     | merge tags=v*      | open PR           | build | the tag filter "v*" selects

            # What can't be found out is neither built nor skipped.
            push fix                   | onlyPR             | forge down        | wait  | could not ask the forge
            push fix, default untold   | onlyPR             | forge down        | wait  | could not ask the forge
            push main                  |                    | forge down        | build | the default branch
            PR opened                  | onlyPR             | forge down        | build | pull request #7 opened
            """)
    void decides(String event, String settings, String situation, String then, String because) {
        assertThat(decided(event, settings, situation)).startsWith(then + ": ").contains(because);
    }

    @Test
    void whatIsBuiltIsTheEventsOwnCommit() throws Undecided {
        assertThat(subject("push fix", Watch.DEFAULT).key()).isEqualTo("refs/heads/fix");
        assertThat(subject("PR opened", Watch.DEFAULT).key()).isEqualTo("refs/heads/fix");
        assertThat(subject("tag v1", Watch.DEFAULT.withTags(new RefFilter("**")))
                        .key())
                .isEqualTo("refs/tags/v1");
        assertThat(subject("fork PR opened", Watch.DEFAULT.withForks(Forks.ON)).key())
                .isEqualTo("fork #7");
        assertThat(subject("fork PR opened", Watch.DEFAULT.withForks(Forks.ON)).described())
                .isEqualTo("forked pull request #7");
    }

    @Test
    void anOwnPullRequestIsRememberedByWhatItAskedToBuild() throws Undecided {
        assertThat(subject("PR opened", Watch.DEFAULT).pullRequest()).isPresent();
        assertThat(subject("push fix", Watch.DEFAULT).pullRequest()).isEmpty();
    }

    @Test
    void theUsualSettingsAreNoTagsNoForksEveryBranch() {
        assertThat(Watch.DEFAULT.forks()).isEqualTo(Forks.OFF);
        assertThat(Watch.DEFAULT.branches()).isEqualTo(new RefFilter(""));
        assertThat(Watch.DEFAULT.tags()).isEqualTo(new RefFilter(""));
        assertThat(Watch.DEFAULT.superseding()).isEqualTo(new Superseding(true, false));
        assertThat(Watch.DEFAULT.onlyPullRequests()).isFalse();
        assertThat(Watch.DEFAULT.mergeResults()).isFalse();
    }

    @Test
    void undecidedIsNoDecision() {
        assertThatThrownBy(() -> Decider.decide(
                        Cases.event("push fix"),
                        Watch.DEFAULT.withOnlyPullRequests(true),
                        Cases.situation("forge down")))
                .isInstanceOf(Undecided.class)
                .hasMessage(Cases.NOT_DECIDED);
    }

    private static Subject subject(String event, Watch watch) throws Undecided {
        return Decider.decide(Cases.event(event), watch, Cases.situation(null)).match(Decision.Build::subject, skip -> {
            throw new AssertionError(skip.reason());
        });
    }

    private static String decided(String event, String settings, String situation) {
        try {
            return Decider.decide(Cases.event(event), watch(settings), Cases.situation(situation))
                    .match(build -> "build: " + build.reason(), skip -> "skip: " + skip.reason());
        } catch (Undecided undecided) {
            return "wait: " + undecided.getMessage();
        }
    }

    private static Watch watch(String settings) {
        Watch watch = Watch.DEFAULT;
        for (String setting : settings == null ? new String[0] : settings.split(" ")) {
            String value = setting.substring(setting.indexOf('=') + 1);
            watch = switch (setting.replaceAll("=.*", "")) {
                case "merge" -> watch.withMergeResults(true);
                case "onlyPR" -> watch.withOnlyPullRequests(true);
                case "forks" -> watch.withForks(Forks.ON);
                case "branches" -> watch.withBranches(new RefFilter(value));
                case "tags" -> watch.withTags(new RefFilter(value));
                default -> throw new AssertionError(setting);
            };
        }
        return watch;
    }
}

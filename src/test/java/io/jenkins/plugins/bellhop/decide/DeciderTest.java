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
            fork PR ready              | forks              |                   | skip  | builds what is opened, updated or reopened
            draft fork PR opened       | forks              |                   | build | "Build pull requests from forks" is on
            fork PR opened             | forks onlyPR       | forge down        | build | "Build pull requests from forks" is on
            fork PR opened             | forks branches=no  |                   | build | "Build pull requests from forks" is on
            fork PR opened             | forks              | says [ci skip]    | build | "Build pull requests from forks" is on
            fork PR opened             | forks              | built             | skip  | of this very commit
            fork PR opened             | forks              | forks apart       | skip  | keeps a fork's commits in the fork alone
            fork PR touched            | forks              | same head         | skip  | its head is still 0123456
            fork PR retargeted         | forks retargeted   |                   | skip  | builds what is opened, updated or reopened
            fork PR touched            | forks              |                   | build | "Build pull requests from forks" is on
            draft fork PR opened       | forks drafts       |                   | build | "Build pull requests from forks" is on
            fork PR opened             | forks paths=src/** |                   | build | "Build pull requests from forks" is on
            fork PR opened             | forks              |                   | build | Its steps get no key; the checkout alone gets one that may read.
            fork PR opened             | forks keys         |                   | build | "Hand keys to forks" is on.
            fork PR opened             | forks onlyPR       | no push events    | build | "Build pull requests from forks" is on
            fork PR closed             | forks              |                   | skip  | nothing to build
            main fork PR opened        | forks              |                   | build | "Build pull requests from forks" is on

            # Of members alone, as the forge says; where it doesn't, it is asked.
            member fork PR opened      | forks=MEMBERS      | forge down        | build | of whom its author is one
            stranger fork PR opened    | forks=MEMBERS      | may write         | skip  | its author is none, as the forge says
            fork PR opened             | forks=MEMBERS      | may write         | build | of whom its author is one
            fork PR opened             | forks=MEMBERS      |                   | skip  | is for members, but its author may not write
            fork PR opened             | forks=MEMBERS      | forge down        | wait  | could not ask the forge
            foreign member fork PR updated | forks=MEMBERS  |                   | skip  | the fork isn't its author's own
            foreign fork PR updated    | forks=MEMBERS      | forge down        | skip  | the fork isn't its author's own
            unowned member fork PR opened | forks=MEMBERS   |                   | skip  | doesn't tell that the fork is its author's own
            foreign fork PR opened     | forks              |                   | build | "Build pull requests from forks" is on
            member fork PR ready       | forks=MEMBERS      |                   | skip  | builds what is opened, updated or reopened
            member fork PR updated     | forks=MEMBERS      | built             | skip  | of this very commit
            member fork PR opened      | forks=MEMBERS      | forks apart       | skip  | keeps a fork's commits in the fork alone
            member fork PR opened      | forks=APPROVED     |                   | skip  | waits for approval

            # After approval of that very commit.
            fork PR opened             | forks=APPROVED     |                   | skip  | commit 0123456 of pull request #7 comes from a fork and waits for approval
            fork PR opened             | forks=APPROVED     | approved          | build | waits for approval, which "alice" gave this commit
            fork PR approved           | forks=APPROVED     | approved          | build | pull request #7 was approved here
            fork PR approved           | forks=APPROVED     | approved, no PR events | build | pull request #7 was approved here
            fork PR approved           | forks=APPROVED     | approved, built   | skip  | of this very commit
            fork PR approved           |                    | approved          | skip  | "Build pull requests from forks" is off
            fork PR approved           | forks=MEMBERS      | approved          | skip  | is for members
            fork PR opened             | forks=MEMBERS      | approved          | skip  | is for members

            # Drafts count until they are to be skipped.
            draft PR opened            | drafts             |                   | skip  | pull request #7 is a draft and "Skip drafts" is on
            draft PR updated           | drafts onlyPR      |                   | skip  | "Skip drafts" is on
            draft PR drafted           | drafts             |                   | skip  | pull request #7 became a draft
            draft PR drafted           |                    |                   | skip  | pull request #7 became a draft
            draft fork PR drafted      | forks              |                   | skip  | pull request #7 became a draft
            PR ready                   | drafts onlyPR      |                   | build | is ready for review
            PR opened                  | drafts             |                   | build | pull request #7 opened
            push fix                   | onlyPR             | draft PR          | build | has an open pull request
            push fix                   | onlyPR drafts      | draft PR          | skip  | no open pull request of this repository but drafts
            push fix                   | onlyPR drafts      | open PR           | build | has an open pull request
            push fix                   | drafts             | draft PR          | build | push of
            push main                  | onlyPR drafts      |                   | build | the default branch

            # Another target builds by choice, once for each.
            PR retargeted              |                    |                   | skip  | "Build when the target changes" is off
            PR retargeted              | retargeted         |                   | build | has a new target branch
            PR retargeted              | retargeted         | built             | build | has a new target branch
            PR retargeted              | retargeted         | built, built for target | skip | for the target of pull request #7 already
            PR retargeted              | retargeted onlyPR  |                   | build | has a new target branch
            draft PR retargeted        | retargeted drafts  |                   | skip  | "Skip drafts" is on

            # What was taken out of the webhook doesn't build.
            push main                  |                    | no push events    | skip  | the webhook at the forge sends no push events
            tag v1                     | tags=v*            | no push events    | skip  | the webhook at the forge sends no push events
            PR opened                  |                    | no push events    | skip  | counts as a push, of which the webhook at the forge sends none
            PR opened                  | onlyPR             | no push events    | build | pull request #7 opened
            PR opened                  |                    | no PR events      | skip  | the webhook at the forge sends no pull-request events
            fork PR opened             | forks              | no PR events      | skip  | the webhook at the forge sends no pull-request events
            push fix                   | onlyPR             | no PR events, open PR | build | has an open pull request
            delete fix                 |                    | no push events    | skip  | nothing to build

            # The path filter holds back branches that change nothing of what it names.
            push fix, files src/a.txt  | paths=src/**       | forge down        | build | push of 0123456 to branch fix.
            push fix, files docs/a.txt | paths=src/**       | forge down        | skip  | changes no file that the path filter "src/**" selects
            push fix, files docs/a.txt src/a.txt | paths=src/** |               | build | push of 0123456 to branch fix.
            push main, files docs/a.md | paths=src/**       |                   | skip  | the path filter "src/**"
            push fix, files docs/a.md  | paths=!docs/**     |                   | skip  | the path filter "!docs/**"
            push fix, files docs/a b   | paths=!docs/**     |                   | build | push of
            push fix, before told      | paths=src/**       | files src/a.txt   | build | push of 0123456 to branch fix.
            push fix, before told      | paths=src/**       | files docs/a.md   | skip  | the path filter "src/**"
            push fix, before told      | paths=src/**       | files many        | build | was not asked: the forge doesn't list all
            push fix, before told      | paths=src/**       | forge down        | wait  | could not ask the forge
            push fix                   | paths=src/**       | forge down        | build | was not asked: nothing tells what a new branch changes
            push fix, files docs/a.md, before told | paths=src/** | handled elsewhere | build | push of 0123456 to branch fix.
            push fix, files docs/a.md, before told | paths=src/** | handled elsewhere, forge down | wait | could not ask the forge
            push fix, files docs/a.md, before told | paths=src/** | handled before, forge down | skip | the path filter "src/**"
            push fix, files docs/a.md, before told | paths=src/** | handled it, forge down | skip | the path filter "src/**"
            push fix, files docs/a.md  | paths=src/**       | handled elsewhere | build | push of 0123456 to branch fix.
            push fix, before told      | paths=src/**       | handled elsewhere, files docs/a.md | build | push of 0123456 to branch fix.
            push fix                   | paths=!src/**      | handled elsewhere | skip  | the path filter "!src/**"
            push fix, files docs/a.md  | paths=src/** onlyPR | open PR          | skip  | the path filter "src/**"
            push fix, before told      | paths=src/** onlyPR |                  | skip  | "Only build pull requests" is on
            push fix, before told      | paths=src/**       | built, forge down | skip  | of this very commit
            PR opened                  | paths=src/**       | files src/a.txt   | build | pull request #7 opened
            PR opened                  | paths=src/**       | files docs/a.md   | skip  | the path filter "src/**"
            PR opened                  | paths=src/**       | files many        | build | was not asked
            PR opened                  | paths=src/**       | forge down        | wait  | could not ask the forge
            tag v1                     | tags=v* paths=src/** | forge down      | build | the tag filter "v*" selects

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
            PR opened                  |                    | says [ci skip], built | skip | of this very commit
            push fix [ci skip]         | branches=main      |                   | skip  | the branch filter

            # What is built already isn't built again.
            push main                  |                    | built             | skip  | newest build of branch main is of this very commit
            push fix                   |                    | built             | skip  | newest build of branch fix is of this very commit
            PR opened                  | onlyPR             | built             | skip  | newest build of branch fix is of this very commit
            tag v1                     | tags=v*            | built             | skip  | newest build of tag v1 is of this very commit
            PR retargeted              |                    | built             | skip  | only the target branch
            PR ready                   |                    | built             | skip  | of this very commit

            # With merge results, a push is left to the pull request that it changes; the default branch never is.
            PR opened                  | merge              |                   | build | Its merge into main is built
            PR opened                  | merge              | no merges         | build | this forge keeps no merge results
            fork PR opened             | merge forks        |                   | build | Its merge into main is built
            PR opened                  | merge              | built             | build | Its merge into main is built
            PR opened                  | merge              | built for target  | skip  | of this very commit
            PR opened                  | merge              | built, no merges  | skip  | of this very commit
            PR closed                  | merge              |                   | skip  | nothing to build
            push fix                   | merge              | open PR           | skip  | whose own event builds this commit
            push fix                   | merge onlyPR       | open PR           | skip  | whose own event builds this commit
            push fix                   | merge              |                   | build | push of 0123456 to branch fix.
            push fix                   | merge drafts       | draft PR          | build | push of 0123456 to branch fix.
            push fix                   | merge drafts       | open PR           | skip  | whose own event builds this commit
            push fix                   | merge              | open PR, no merges | build | push of 0123456 to branch fix.
            push fix                   | merge              | open PR, no PR events | build | push of 0123456 to branch fix.
            push fix                   | merge              | open PR, closed since | build | push of 0123456 to branch fix.
            push fix                   | merge onlyPR       | open PR, closed since | build | has an open pull request
            push fix                   | merge              | open PR, no PR updates | build | push of 0123456 to branch fix.
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
        assertThat(Watch.DEFAULT)
                .isEqualTo(new Watch(
                        false,
                        false,
                        false,
                        false,
                        Forks.OFF,
                        false,
                        new RefFilter(""),
                        new RefFilter(""),
                        new RefFilter(""),
                        new Superseding(true, false)));
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
                case "forks" -> watch.withForks(setting.contains("=") ? Forks.valueOf(value) : Forks.ON);
                case "keys" -> watch.withKeysForForks(true);
                case "drafts" -> watch.withSkipDrafts(true);
                case "retargeted" -> watch.withBuildRetargeted(true);
                case "paths" -> watch.withPaths(new RefFilter(value));
                case "branches" -> watch.withBranches(new RefFilter(value));
                case "tags" -> watch.withTags(new RefFilter(value));
                default -> throw new AssertionError(setting);
            };
        }
        return watch;
    }
}

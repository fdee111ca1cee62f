package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import org.junit.jupiter.api.Test;

/** Each rule by itself: its sentence, and when it has nothing to say. */
class RulesTest {

    private static final Watch ONLY = Watch.DEFAULT.withOnlyPullRequests(true);
    private static final Watch FORKS = Watch.DEFAULT.withForks(Forks.ON);
    private static final String NOTHING = "-";

    @Test
    void disabled() throws Undecided {
        Rule rule = new DisabledRule();

        assertThat(answer(rule, "push main", Watch.DEFAULT, "disabled"))
                .isEqualTo("skip: Not built: the job is disabled.");
        assertThat(answer(rule, "push main")).isEqualTo(NOTHING);
    }

    @Test
    void nothingToBuild() throws Undecided {
        Rule rule = new NothingToBuildRule();

        assertThat(answer(rule, "delete fix"))
                .isEqualTo("skip: Not built: there is nothing to build after this event (branch fix deleted).");
        assertThat(answer(rule, "fork PR closed"))
                .isEqualTo("skip: Not built: there is nothing to build after this event (pull request #7 closed).");
        assertThat(answer(rule, "push fix")).isEqualTo(NOTHING);
        assertThat(answer(rule, "fork PR opened")).isEqualTo(NOTHING);
    }

    @Test
    void forks() throws Undecided {
        Rule rule = new ForkRule();

        assertThat(answer(rule, "fork PR opened"))
                .isEqualTo(
                        "skip: Not built: pull request #7 comes from a fork and \"Build pull requests from forks\" is"
                                + " off.");
        assertThat(answer(rule, "fork PR opened", Watch.DEFAULT.withForks(Forks.APPROVED), null))
                .isEqualTo(
                        "skip: Not built: commit 0123456 of pull request #7 comes from a fork and waits for approval,"
                                + " as \"Build pull requests from forks\" says. Approve it on the job's page \"Repository"
                                + " connection\".");
        assertThat(answer(rule, "fork PR opened", FORKS, null))
                .isEqualTo("build: Built: pull request #7 opened; it comes from a fork and \"Build pull requests from"
                        + " forks\" is on. Its steps get no key; the checkout alone gets one that may read.");
        assertThat(answer(rule, "fork PR updated", FORKS, "built"))
                .isEqualTo("skip: Not built again: this job's newest build of forked pull request #7 is of this very"
                        + " commit, 0123456.");
        assertThat(answer(rule, "fork PR retargeted", FORKS, null))
                .isEqualTo(
                        "skip: Not built: pull request #7 has a new target branch, but it comes from a fork, of which"
                                + " \"Build pull requests from forks\" builds what is opened, updated or reopened.");
        assertThat(answer(rule, "PR opened", FORKS, null)).isEqualTo(NOTHING);
        assertThat(answer(rule, "push fix", FORKS, null)).isEqualTo(NOTHING);
    }

    @Test
    void whatWaitsForApprovalIsNamed() throws Undecided {
        Watch watch = Watch.DEFAULT.withForks(Forks.APPROVED);
        Question question = new Question(Cases.event("fork PR opened"), watch, Cases.situation(null));
        Decision.Skip skip = (Decision.Skip) new ForkRule().answer(question).orElseThrow();

        assertThat(skip.waiting()).contains(question.fork().orElseThrow().request());
    }

    @Test
    void branchFilter() throws Undecided {
        Rule rule = new BranchFilterRule();
        Watch watch = Watch.DEFAULT.withBranches(new RefFilter("main release-*"));

        assertThat(answer(rule, "push fix", watch, null))
                .isEqualTo("skip: Not built: the branch filter \"main release-*\" leaves out branch fix.");
        assertThat(answer(rule, "PR opened", watch, null))
                .isEqualTo("skip: Not built: the branch filter \"main release-*\" leaves out branch fix.");
        assertThat(answer(rule, "push main", watch, null)).isEqualTo(NOTHING);
        assertThat(answer(rule, "tag v1", watch, null)).isEqualTo(NOTHING);
        assertThat(answer(rule, "fork PR opened", watch, null)).isEqualTo(NOTHING);
    }

    @Test
    void tagFilter() throws Undecided {
        Rule rule = new TagFilterRule();
        Watch watch = Watch.DEFAULT.withTags(new RefFilter("v*"));

        assertThat(answer(rule, "tag v1")).isEqualTo("skip: Not built: tag v1: no tag filter is set.");
        assertThat(answer(rule, "tag x1", watch, null))
                .isEqualTo("skip: Not built: tag x1: the tag filter \"v*\" leaves it out.");
        assertThat(answer(rule, "tag v1", watch, null)).isEqualTo(NOTHING);
        assertThat(answer(rule, "push fix")).isEqualTo(NOTHING);
    }

    @Test
    void skipMarker() throws Undecided {
        Rule rule = new SkipMarkerRule();
        String skip = "skip: Not built: the head commit's message says [ci skip].";

        for (String message : new String[] {"[ci skip]", "[skip ci]", "[CI Skip]", "[a] b\n\nc [SKIP CI] d"}) {
            assertThat(answer(rule, "push main " + message)).as(message).isEqualTo(skip);
        }
        for (String message : new String[] {"[ci  skip]", "[ciskip]", "[skip]", "[ci skip", "[no ci]", ""}) {
            assertThat(answer(rule, "push main " + message)).as(message).isEqualTo(NOTHING);
        }
        assertThat(answer(rule, "tag v1 [ci skip]")).isEqualTo(skip);
        assertThat(answer(rule, "PR opened", ONLY, "says [ci skip]")).isEqualTo(skip);
        assertThat(answer(rule, "PR opened", ONLY, null)).isEqualTo(NOTHING);
        assertThat(answer(rule, "push main", ONLY, "says [ci skip]")).isEqualTo(NOTHING);
        assertThat(answer(rule, "fork PR opened", FORKS, "says [ci skip]")).isEqualTo(NOTHING);
    }

    @Test
    void unchanged() throws Undecided {
        Rule rule = new UnchangedRule();

        assertThat(answer(rule, "PR retargeted")).isEqualTo(NOTHING);
        assertThat(answer(rule, "PR touched", Watch.DEFAULT, "same head"))
                .isEqualTo("skip: Not built: pull request #7 was updated, but its head is still 0123456.");
        assertThat(answer(rule, "PR touched")).isEqualTo(NOTHING);
        assertThat(answer(rule, "PR updated", Watch.DEFAULT, "same head")).isEqualTo(NOTHING);
        assertThat(answer(rule, "PR opened")).isEqualTo(NOTHING);
        assertThat(answer(rule, "push fix")).isEqualTo(NOTHING);
    }

    @Test
    void removedEvents() throws Undecided {
        Rule rule = new RemovedEventsRule();

        assertThat(answer(rule, "push fix", ONLY, "no push events"))
                .isEqualTo("skip: Not built: push of 0123456 to branch fix, but the webhook at the forge sends no push"
                        + " events.");
        assertThat(answer(rule, "PR opened", ONLY, "no PR events"))
                .isEqualTo("skip: Not built: pull request #7 opened, but the webhook at the forge sends no pull-request"
                        + " events.");
        assertThat(answer(rule, "PR opened", ONLY, "no push events")).isEqualTo(NOTHING);
        assertThat(answer(rule, "push fix", ONLY, "no PR events")).isEqualTo(NOTHING);
        assertThat(answer(rule, "fork PR approved", ONLY, "no PR events")).isEqualTo(NOTHING);
        assertThat(answer(rule, "rename", ONLY, "no push events, no PR events")).isEqualTo(NOTHING);
    }

    @Test
    void retargeted() throws Undecided {
        Rule rule = new RetargetedRule();
        Watch watch = Watch.DEFAULT.withBuildRetargeted(true);

        assertThat(answer(rule, "PR retargeted"))
                .isEqualTo("skip: Not built: only the target branch of pull request #7 changed, and \"Build when the"
                        + " target changes\" is off.");
        assertThat(answer(rule, "PR retargeted", watch, "built")).isEqualTo(NOTHING);
        assertThat(answer(rule, "PR retargeted", watch, "built for target"))
                .isEqualTo("skip: Not built again: this job has built this very commit, 0123456, for the target of pull"
                        + " request #7 already.");
        assertThat(answer(rule, "PR opened")).isEqualTo(NOTHING);
    }

    @Test
    void draft() throws Undecided {
        Rule rule = new DraftRule();
        Watch watch = Watch.DEFAULT.withSkipDrafts(true);

        assertThat(answer(rule, "draft PR opened", watch, null))
                .isEqualTo("skip: Not built: pull request #7 is a draft and \"Skip drafts\" is on.");
        assertThat(answer(rule, "draft PR opened")).isEqualTo(NOTHING);
        assertThat(answer(rule, "PR opened", watch, null)).isEqualTo(NOTHING);
        assertThat(answer(rule, "push fix", watch, null)).isEqualTo(NOTHING);
    }

    @Test
    void pathFilter() throws Undecided {
        Rule rule = new PathFilterRule(new PushRule());
        Watch watch = Watch.DEFAULT.withPaths(new RefFilter("src/**"));
        String build = "build: Built: push of 0123456 to branch fix.";

        assertThat(answer(rule, "push fix, files docs/a.md", watch, null))
                .isEqualTo("skip: Not built: push of 0123456 to branch fix changes no file that the path filter"
                        + " \"src/**\" selects.");
        assertThat(answer(rule, "push fix, files src/a.txt", watch, null)).isEqualTo(build);
        assertThat(answer(rule, "push fix", watch, null))
                .isEqualTo(
                        build + " The path filter \"src/**\" was not asked: nothing tells what a new branch changes.");
        assertThat(answer(rule, "push fix, before told", watch, "files many"))
                .isEqualTo(
                        build + " The path filter \"src/**\" was not asked: the forge doesn't list all changed files,"
                                + " or there are more than 1000.");
        assertThat(answer(rule, "push fix, before told", Watch.DEFAULT, "forge down"))
                .isEqualTo(build);
        assertThat(answer(new PathFilterRule(new OnlyPullRequestsRule()), "push fix, before told", watch, "forge down"))
                .isEqualTo(NOTHING);
    }

    @Test
    void duplicate() throws Undecided {
        Rule rule = new DuplicateRule();

        assertThat(answer(rule, "push fix", ONLY, "built"))
                .isEqualTo("skip: Not built again: this job's newest build of branch fix is of this very commit,"
                        + " 0123456.");
        assertThat(answer(rule, "push fix")).isEqualTo(NOTHING);
    }

    @Test
    void tag() throws Undecided {
        Rule rule = new TagRule();
        Watch watch = ONLY.withTags(new RefFilter("v*"));

        assertThat(answer(rule, "tag v1", watch, null))
                .isEqualTo("build: Built: the tag filter \"v*\" selects tag v1.");
        assertThat(answer(rule, "push fix", watch, null)).isEqualTo(NOTHING);
    }

    @Test
    void defaultBranch() throws Undecided {
        Rule rule = new DefaultBranchRule();
        String build = "build: Built: push of 0123456 to branch main, the default branch.";

        assertThat(answer(rule, "push main", ONLY, null)).isEqualTo(build);
        assertThat(answer(rule, "push main, default untold", ONLY, "default main"))
                .isEqualTo(build);
        assertThat(answer(rule, "push main, default untold", ONLY, null)).isEqualTo(NOTHING);
        assertThat(answer(rule, "push fix", ONLY, "default main")).isEqualTo(NOTHING);
        assertThat(answer(rule, "main PR opened", ONLY, "default main")).isEqualTo(NOTHING);
        assertThat(answer(rule, "push fix", ONLY, "forge down")).isEqualTo(NOTHING);
        assertThatThrownBy(() -> answer(rule, "push fix, default untold", ONLY, "forge down"))
                .isInstanceOf(Undecided.class);
    }

    @Test
    void pullRequest() throws Undecided {
        Rule rule = new PullRequestRule();

        assertThat(answer(rule, "PR updated"))
                .isEqualTo("build: Built: pull request #7 got new commits, of branch fix.");
        assertThat(answer(rule, "push fix")).isEqualTo(NOTHING);
        assertThat(answer(rule, "fork PR updated")).isEqualTo(NOTHING);
    }

    @Test
    void onlyPullRequests() throws Undecided {
        Rule rule = new OnlyPullRequestsRule();

        assertThat(answer(rule, "push fix", ONLY, null))
                .isEqualTo(
                        "skip: Not built: \"Only build pull requests\" is on and branch fix has no open pull request of"
                                + " this repository.");
        assertThat(answer(rule, "push fix", ONLY, "open PR"))
                .isEqualTo("build: Built: push of 0123456 to branch fix, which has an open pull request.");
        assertThat(answer(rule, "push fix", Watch.DEFAULT, "forge down")).isEqualTo(NOTHING);
        assertThatThrownBy(() -> answer(rule, "push fix", ONLY, "forge down")).isInstanceOf(Undecided.class);
    }

    @Test
    void push() throws Undecided {
        Rule rule = new PushRule();

        assertThat(answer(rule, "push fix")).isEqualTo("build: Built: push of 0123456 to branch fix.");
        assertThat(answer(rule, "delete fix")).isEqualTo(NOTHING);
        assertThat(answer(rule, "fork PR opened")).isEqualTo(NOTHING);
    }

    private static String answer(Rule rule, String event) throws Undecided {
        return answer(rule, event, Watch.DEFAULT, null);
    }

    private static String answer(Rule rule, String event, Watch watch, String situation) throws Undecided {
        return rule.answer(new Question(Cases.event(event), watch, Cases.situation(situation)))
                .map(decision -> decision.match(build -> "build: " + build.reason(), skip -> "skip: " + skip.reason()))
                .orElse(NOTHING);
    }
}

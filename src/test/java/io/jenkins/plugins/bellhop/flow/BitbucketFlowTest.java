package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Decision;
import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.flow.Fakes.Job;
import io.jenkins.plugins.bellhop.flow.Handler.Result;
import io.jenkins.plugins.bellhop.flow.WatchingJob.BuildFailure;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudForge;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.support.Signed;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the Bitbuckets don't tell, or tell otherwise, and what is made of it. */
class BitbucketFlowTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Forge CLOUD = CloudForge.cloud(HTTP, Clock.systemUTC());
    private static final Forge DC =
            DataCenterForge.at(URI.create("https://bitbucket.example.com"), HTTP, Clock.systemUTC());
    private static final RepositoryName NAME = new RepositoryName("acme", "app");
    private static final CommitId ONE = new CommitId("1".repeat(40));
    private static final CommitId TWO = new CommitId("2".repeat(40));
    private static final CommitId THREE = new CommitId("3".repeat(40));

    private final Fakes cloud = new Fakes(CLOUD, new RepositoryId("bitbucket.org", "{app}", NAME));
    private final Fakes dc = new Fakes(DC, new RepositoryId("bitbucket.example.com", "1001", NAME));
    private int arrivals;

    // What changed isn't told

    @Test
    void theFirstComparisonIsWhatLaterOnesAreComparedWith() {
        Job job = cloud.job("app");
        cloud.api.branches.put(GitRef.branch("main"), ONE);
        cloud.api.tags.put(GitRef.tag("v1"), ONE);

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines(cloud)).containsExactly("- IGNORED Compared all heads with those last seen: 0 changed.");
        assertThat(cloud.seen.isWhole("connection-1")).isTrue();
        assertThat(job.builds).isEmpty();
    }

    @Test
    void tagsThatWereThereBeforeTheConnectionNeverBuildByThemselves() {
        Job job = cloud.job("app");
        job.watch = Watch.DEFAULT.withTags(new RefFilter("**"));
        cloud.api.tags.put(GitRef.tag("v1"), ONE);
        handle(cloud, unnamed());
        restart(cloud);
        cloud.api.tags.put(GitRef.tag("v2"), TWO);

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(TWO);
    }

    @Test
    void aPushThatWasMissedIsComparedWithWhatWasSeenLast() {
        Job job = cloud.job("app");
        job.watch = Watch.DEFAULT.withPaths(new RefFilter("src/**"));
        cloud.api.files = ChangedFiles.all(List.of("docs/a.md"));
        cloud.api.branches.put(GitRef.branch("main"), ONE);
        handle(cloud, unnamed());
        cloud.api.branches.put(GitRef.branch("main"), TWO);

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(cloud.api.asked).contains("files between 1111111 and 2222222");
        assertThat(job.builds).isEmpty();
    }

    @Test
    void newsIsBuiltOnceHoweverOftenItIsAskedFor() {
        Job job = cloud.job("app");
        cloud.api.branches.put(GitRef.branch("main"), ONE);
        handle(cloud, unnamed());
        cloud.api.branches.put(GitRef.branch("main"), TWO);
        cloud.api.branches.put(GitRef.branch("new"), THREE);

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.BUILT);
        assertThat(handle(cloud, unnamed())).isEqualTo(Result.NOTHING_BUILT);
        restart(cloud);
        assertThat(handle(cloud, unnamed())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(commits(job)).containsExactly(TWO, THREE);
    }

    @Test
    void aBranchThatWasPushedBeforeIsComparedAlsoTheFirstTime() {
        Job job = cloud.job("app");
        handle(cloud, push("main", ONE));
        cloud.api.branches.put(GitRef.branch("main"), TWO);
        cloud.api.branches.put(GitRef.branch("old"), THREE);
        handle(cloud, unnamed());

        assertThat(commits(job)).containsExactly(ONE, TWO);
    }

    @Test
    void pullRequestsAreComparedAndTheirShortHashesExpanded() {
        Job job = cloud.job("app");
        handle(cloud, unnamed());
        cloud.api.open = List.of(new PullRequest(7, "fix", abbreviated(TWO), "main", false, false));
        cloud.api.commits.put(abbreviated(TWO), TWO);

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(TWO);
        assertThat(handle(cloud, unnamed())).isEqualTo(Result.NOTHING_BUILT);
    }

    @Test
    void whatCanNotBeComparedIsTriedAgain() {
        Job job = cloud.job("app");
        handle(cloud, unnamed());
        cloud.api.branches.put(GitRef.branch("main"), ONE);
        cloud.api.down = true;

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.FAILED);
        assertThat(lines(cloud)).last().isEqualTo("- FAILED Not decided yet: Could not reach github.com.");
        cloud.api.down = false;
        assertThat(handle(cloud, unnamed())).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE);
    }

    @Test
    void newsThatCouldNotBeBuiltStaysNews() {
        Job job = cloud.job("app");
        handle(cloud, unnamed());
        cloud.api.branches.put(GitRef.branch("main"), ONE);
        job.failure = Optional.of(new BuildFailure("Could not queue the build."));

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.FAILED);
        job.failure = Optional.empty();
        assertThat(handle(cloud, unnamed())).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE);
    }

    @Test
    void newsOfAComparisonIsOfNowAndNeverOvertaken() {
        Job job = cloud.job("app");
        handle(cloud, unnamed());
        handle(cloud, push("main", ONE), "9");
        cloud.api.branches.put(GitRef.branch("main"), TWO);

        assertThat(handle(cloud, unnamed(), "5")).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE, TWO);
    }

    @Test
    void aMirrorThatExceededItsLimitIsComparedToo() {
        Job job = dc.job("app");
        handle(dc, signed("mirror:repo_synchronized", DC_REPOSITORY + ", 'refLimitExceeded': true}"));
        dc.api.branches.put(GitRef.branch("main"), ONE);
        handle(dc, signed("repo:refs_changed", DC_REPOSITORY + ", 'changes': []}"));

        assertThat(commits(job)).containsExactly(ONE);
    }

    // Overtaken while it waited

    @Test
    void anOlderPushThatIsTriedAgainIsNotBuiltAfterALaterOne() {
        Job job = cloud.job("app");
        job.failure = Optional.of(new BuildFailure("Could not queue the build."));
        assertThat(handle(cloud, push("main", ONE), "1")).isEqualTo(Result.FAILED);
        job.failure = Optional.empty();
        assertThat(handle(cloud, push("main", TWO), "2")).isEqualTo(Result.BUILT);

        assertThat(handle(cloud, push("main", ONE), "1")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(commits(job)).containsExactly(TWO);
        assertThat(lines(cloud))
                .last()
                .isEqualTo("- SKIPPED Not built: while this event waited, a later one was handled, with head 2222222.");
    }

    @Test
    void anOlderPushOfAnotherBranchIsStillBuilt() {
        Job job = cloud.job("app");
        job.failure = Optional.of(new BuildFailure("Could not queue the build."));
        handle(cloud, push("fix", ONE), "1");
        job.failure = Optional.empty();
        handle(cloud, push("main", TWO), "2");

        assertThat(handle(cloud, push("fix", ONE), "1")).isEqualTo(Result.BUILT);
    }

    @Test
    void aLaterPushBackToAnEarlierCommitIsNotOvertaken() {
        Job job = cloud.job("app");
        handle(cloud, push("main", ONE), "1");
        handle(cloud, push("main", TWO), "2");
        // Of which the newest alone counts.
        job.builds.clear();

        assertThat(handle(cloud, push("main", ONE), "3")).isEqualTo(Result.BUILT);
    }

    @Test
    void anOlderEventOfAPullRequestIsOvertakenTooAlsoOverARestart() {
        Job job = dc.job("app");
        job.failure = Optional.of(new BuildFailure("Could not queue the build."));
        handle(dc, dcPull("pr:opened", ONE), "1");
        job.failure = Optional.empty();
        handle(dc, dcPull("pr:from_ref_updated", TWO), "2");
        restart(dc);

        assertThat(handle(dc, dcPull("pr:opened", ONE), "1")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(commits(job)).containsExactly(TWO);
    }

    // Hashes that aren't the commit's own

    @Test
    void anAbbreviatedHashIsExpandedBeforeItIsBuilt() {
        Job job = cloud.job("app");
        cloud.api.commits.put(abbreviated(ONE), ONE);

        assertThat(handle(cloud, pull("pullrequest:created", ONE, "'{app}'"))).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE);
    }

    @Test
    void anAbbreviatedHashOfWhatIsGoneIsNotBuilt() {
        Job job = cloud.job("app");

        assertThat(handle(cloud, pull("pullrequest:created", ONE, "'{app}'"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines(cloud)).containsExactly("- SKIPPED Not built: No commit 111111111111.");
        assertThat(job.builds).isEmpty();
    }

    @Test
    void anAbbreviatedHashIsAskedForAgainWhenTheForgeIsDown() {
        cloud.job("app");
        cloud.api.down = true;

        assertThat(handle(cloud, pull("pullrequest:updated", ONE, "'{app}'"))).isEqualTo(Result.FAILED);
        assertThat(lines(cloud)).containsExactly("- FAILED Not decided yet: Could not reach github.com.");
    }

    @Test
    void nothingIsAskedForWhatIsNotBuiltAnyway() {
        cloud.job("app").watch = Watch.DEFAULT.withForks(Forks.ON);
        cloud.api.down = true;

        assertThat(handle(cloud, pull("pullrequest:fulfilled", ONE, "'{app}'"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(handle(cloud, pull("pullrequest:created", ONE, "'{fork}'"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines(cloud)).last().asString().contains("keeps a fork's commits in the fork alone");
        assertThat(cloud.api.asked).isEmpty();
    }

    @Test
    void dataCentersTagObjectIsExchangedForItsCommit() {
        Job job = dc.job("app");
        job.watch = Watch.DEFAULT.withTags(new RefFilter("**"));
        dc.api.commits.put(THREE, ONE);

        assertThat(handle(dc, dcPush("refs/tags/v1", "ADD", THREE))).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE);
        assertThat(dc.seen.of("connection-1", "refs/tags/v1"))
                .map(SeenHeads.Head::commit)
                .contains(ONE);
    }

    @Test
    void dataCenterIsNotAskedForDeletedTags() {
        dc.job("app");
        dc.api.down = true;
        handle(dc, dcPush("refs/tags/v1", "DELETE", ONE));

        assertThat(dc.api.asked).isEmpty();
    }

    @Test
    void aPushThatTellsNoMessageIsAskedForItOnce() {
        Job one = dc.job("one");
        Job two = dc.job("two");
        dc.api.messages.put(ONE, "Release [skip ci]");

        assertThat(handle(dc, dcPush("refs/heads/main", "UPDATE", ONE))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(dc.api.asked).containsExactly("message of " + ONE);
        assertThat(handle(dc, dcPush("refs/heads/main", "UPDATE", TWO))).isEqualTo(Result.BUILT);
        assertThat(one.builds).hasSize(1);
        assertThat(two.builds).hasSize(1);
    }

    @Test
    void anotherRepositoryUnderTheOldNameIsNotComparedWith() {
        Job job = cloud.job("app");
        cloud.seen.listed("connection-1", Map.of("refs/heads/main", ONE), "0");
        cloud.api.branches.put(GitRef.branch("main"), TWO);
        cloud.api.isThere = false;

        handle(cloud, unnamed());

        assertThat(job.builds).isEmpty();
        assertThat(cloud.seen.of("connection-1", "refs/heads/main"))
                .map(SeenHeads.Head::commit)
                .contains(ONE);
    }

    @Test
    void aMovedTagAndADeletedBranchOvertakeWhatWaits() {
        Job job = cloud.job("app");
        job.watch = Watch.DEFAULT.withTags(new RefFilter("*"));
        handle(cloud, tagPush("v1", TWO), "2");
        handle(cloud, branchDeleted("topic", ONE), "3");
        restart(cloud);

        assertThat(handle(cloud, tagPush("v1", ONE), "1")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(handle(cloud, push("topic", ONE), "1")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines(cloud)).last().asString().contains("what it is about was deleted or closed");
        assertThat(commits(job)).containsExactly(TWO);
    }

    @Test
    void aReplayedComparisonLeavesToTheNextWhatItDoesNotCancel() {
        Job job = cloud.job("app");
        job.keepsUnfinished = true;
        cloud.seen.listed("connection-1", Map.of("refs/heads/main", ONE), "0");
        handle(cloud, push("topic", TWO));

        cloud.api.branches.put(GitRef.branch("main"), ONE);
        cloud.handler().replay(unnamed().verified(), "1");
        assertThat(job.cancelled).isEmpty();
        assertThat(cloud.seen.all("connection-1")).containsKey("refs/heads/topic");

        handle(cloud, unnamed());
        assertThat(job.cancelled).containsExactly("Cancelled: branch topic was deleted.");
    }

    // Updates that don't say of what

    @Test
    void anUpdateOfAPullRequestIsDecidedByItsHead() {
        Job job = cloud.job("app");
        cloud.api.commits.put(abbreviated(ONE), ONE);
        cloud.api.commits.put(abbreviated(TWO), TWO);
        handle(cloud, pull("pullrequest:created", ONE, "'{app}'"));
        job.builds.clear();
        restart(cloud);

        assertThat(handle(cloud, pull("pullrequest:updated", ONE, "'{app}'"))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines(cloud))
                .last()
                .isEqualTo("app SKIPPED Not built: pull request #7 was updated, but its head is still 1111111.");
        assertThat(handle(cloud, pull("pullrequest:updated", TWO, "'{app}'"))).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(TWO);
    }

    @Test
    void anUpdateOfAPullRequestCanBeReplayed() {
        Job job = cloud.job("app");
        cloud.api.commits.put(abbreviated(ONE), ONE);
        Signed update = pull("pullrequest:updated", ONE, "'{app}'");
        handle(cloud, update);
        job.builds.clear();

        assertThat(cloud.handler().replay(update.verified(), "9")).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE);
    }

    @Test
    void aDraftThatIsReadyIsBuiltThoughItsHeadIsTheSame() {
        Job job = cloud.job("app");
        job.watch = Watch.DEFAULT.withSkipDrafts(true);
        cloud.api.commits.put(abbreviated(ONE), ONE);

        assertThat(handle(cloud, draft("pullrequest:created", ONE))).isEqualTo(Result.NOTHING_BUILT);
        restart(cloud);
        assertThat(handle(cloud, pull("pullrequest:updated", ONE, "'{app}'"))).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE);
        job.builds.clear();
        assertThat(handle(cloud, draft("pullrequest:updated", ONE))).isEqualTo(Result.NOTHING_BUILT);
        assertThat(lines(cloud)).last().asString().contains("its head is still 1111111");
        job.watch = Watch.DEFAULT;
        assertThat(handle(cloud, draft("pullrequest:updated", ONE))).isEqualTo(Result.NOTHING_BUILT);
    }

    @Test
    void aDraftThatGotReadyUnheardIsFoundByComparing() {
        Job job = cloud.job("app");
        job.watch = Watch.DEFAULT.withSkipDrafts(true);
        cloud.api.open = List.of(new PullRequest(7, "fix", ONE, "main", false, true));
        handle(cloud, unnamed());
        cloud.api.open = List.of(new PullRequest(7, "fix", ONE, "main", false, false));

        assertThat(handle(cloud, unnamed())).isEqualTo(Result.BUILT);
        assertThat(lines(cloud)).last().asString().contains("pull request #7 is ready for review");
        assertThat(handle(cloud, unnamed())).isEqualTo(Result.NOTHING_BUILT);
        assertThat(commits(job)).containsExactly(ONE);
    }

    @Test
    void aLaterReadyOneOvertakesAnOlderHeadOfTheDraft() {
        Job job = cloud.job("app");
        cloud.api.commits.put(abbreviated(ONE), ONE);
        cloud.api.commits.put(abbreviated(TWO), TWO);
        handle(cloud, pull("pullrequest:updated", TWO, "'{app}'"), "2");

        assertThat(handle(cloud, draft("pullrequest:created", ONE), "1")).isEqualTo(Result.NOTHING_BUILT);
        assertThat(commits(job)).containsExactly(TWO);
    }

    @Test
    void anUpdateWhoseHeadNobodySawIsBuilt() {
        Job job = cloud.job("app");
        cloud.api.commits.put(abbreviated(ONE), ONE);

        assertThat(handle(cloud, pull("pullrequest:updated", ONE, "'{app}'"))).isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE);
    }

    // Several refs in one push, and names

    @Test
    void everyRefOfAPushIsDecidedForItself() {
        Job job = dc.job("app");
        String changes = change("refs/heads/main", "UPDATE", ONE) + ", " + change("refs/tags/v1", "ADD", TWO) + ", "
                + change("refs/heads/old", "DELETE", TWO) + ", " + change("refs/heads/new", "ADD", THREE);
        dc.api.commits.put(TWO, TWO);

        assertThat(handle(dc, signed("repo:refs_changed", DC_REPOSITORY + ", 'changes': [" + changes + "]}")))
                .isEqualTo(Result.BUILT);
        assertThat(commits(job)).containsExactly(ONE, THREE);
        assertThat(dc.log).hasSize(4);
    }

    @Test
    void aTransferOfTheRepositoryIsReported() {
        handle(cloud, signed("repo:transfer", CLOUD_REPOSITORY.replace("acme/app", "globex/app") + "}"));

        assertThat(cloud.renamedTo)
                .singleElement()
                .extracting(RepositoryId::name)
                .isEqualTo(new RepositoryName("globex", "app"));
    }

    private static final String CLOUD_REPOSITORY = "{'repository': {'uuid': '{app}', 'full_name': 'acme/app'}";
    private static final String DC_REPOSITORY =
            "{'repository': {'id': 1001, 'slug': 'app', 'project': {'key': 'acme'}}";

    private static Signed unnamed() {
        return signed("repo:push", CLOUD_REPOSITORY + ", 'push': {'changes': []}}");
    }

    private static Signed push(String branch, CommitId commit) {
        return signed(
                "repo:push",
                CLOUD_REPOSITORY + ", 'push': {'changes': [{'new': {'type': 'branch', 'name': '" + branch
                        + "', 'target': {'hash': '" + commit + "'}}}]}}");
    }

    private static Signed tagPush(String tag, CommitId commit) {
        return signed(
                "repo:push",
                CLOUD_REPOSITORY + ", 'push': {'changes': [{'new': {'type': 'tag', 'name': '" + tag
                        + "', 'target': {'hash': '" + commit + "', 'message': 'Add it'}}}]}}");
    }

    private static Signed branchDeleted(String branch, CommitId last) {
        return signed(
                "repo:push",
                CLOUD_REPOSITORY + ", 'push': {'changes': [{'old': {'type': 'branch', 'name': '" + branch
                        + "', 'target': {'hash': '" + last + "'}}}]}}");
    }

    private static Signed pull(String event, CommitId head, String source) {
        return signed(
                event,
                CLOUD_REPOSITORY
                        + ", 'pullrequest': {'id': 7, 'source': {'branch': {'name': 'fix'}, 'commit': {'hash': '"
                        + abbreviated(head) + "'}, 'repository': {'uuid': " + source
                        + "}}, 'destination': {'branch': {'name': 'main'}, 'repository': {'uuid': '{app}'}}}}");
    }

    private static Signed draft(String event, CommitId head) {
        String ready = new String(pull(event, head, "'{app}'").body(), StandardCharsets.UTF_8);
        return Signed.push(ready.replace("\"id\": 7", "\"id\": 7, \"draft\": true"))
                .withEvent(event);
    }

    private static Signed dcPush(String ref, String kind, CommitId commit) {
        return signed("repo:refs_changed", DC_REPOSITORY + ", 'changes': [" + change(ref, kind, commit) + "]}");
    }

    private static String change(String ref, String kind, CommitId commit) {
        return "{'ref': {'id': '" + ref + "'}, 'type': '" + kind + "', 'fromHash': '" + commit + "', 'toHash': '"
                + commit + "'}";
    }

    private static Signed dcPull(String event, CommitId head) {
        String repository = DC_REPOSITORY.substring(1);
        return signed(
                event,
                "{'pullRequest': {'id': 7, 'fromRef': {'id': 'refs/heads/fix', 'latestCommit': '" + head + "', "
                        + repository + "}, 'toRef': {'id': 'refs/heads/main', " + repository + "}}}");
    }

    private static Signed signed(String event, String payload) {
        return Signed.push(payload.replace('\'', '"')).withEvent(event);
    }

    private static CommitId abbreviated(CommitId commit) {
        return new CommitId(commit.hex().substring(0, 12));
    }

    /** As after Jenkins was started again after a rest: what was seen is on disk. */
    private static void restart(Fakes fakes) {
        fakes.seen.save();
        fakes.seen = new SeenHeads(fakes.pages);
    }

    private Result handle(Fakes fakes, Signed delivery) {
        return handle(fakes, delivery, String.format("0%05d", ++arrivals));
    }

    private static Result handle(Fakes fakes, Signed delivery, String arrival) {
        return fakes.handler().handle(delivery.verified(), arrival);
    }

    private static List<CommitId> commits(Job job) {
        return job.builds.stream()
                .map(Decision.Build::subject)
                .map(Subject::commit)
                .toList();
    }

    /** Job, outcome and sentence of each entry. */
    private static List<String> lines(Fakes fakes) {
        return fakes.log.stream()
                .map(entry -> entry.job().orElse("-") + " " + entry.outcome() + " " + entry.sentence())
                .toList();
    }
}

package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.plugins.git.traits.DiscoverOtherRefsTrait;
import jenkins.plugins.git.traits.TagDiscoveryTrait;
import jenkins.scm.api.SCMEventListener;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.trait.SCMSourceTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A multibranch project with a plain Git source, connected to a repository of the sandbox. */
@WithJenkins
class MultibranchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private String atFirst;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
        String jenkinsfile = "node('%s') { checkout scm\n sh './build.sh' }".formatted(bench.agent.getNodeName());
        atFirst = bench.app.commit("main", Map.of("Jenkinsfile", jenkinsfile), "A Jenkinsfile");
        bench.app.createBranch("topic", atFirst);
        bench.forge.awaitDeliveries();
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void pushBuildsItsBranchOnceAndLooksAtNoOther() throws Exception {
        WorkflowMultiBranchProject project = indexed("app");
        long indexedAt = project.getIndexing().getTimestamp().getTimeInMillis();
        String eventsBefore = events(project);

        String commit = bench.commit("main", "News");

        Run<?, ?> build = awaitBuilds(project, "main", 2);
        bench.jenkins.assertLogContains("Commit " + commit, build);
        bench.jenkins.assertLogContains("push of " + commit.substring(0, 7), build);
        assertThat(project.getItem("topic").getLastBuild().getNumber()).isEqualTo(1);
        assertThat(project.getIndexing().getTimestamp().getTimeInMillis()).isEqualTo(indexedAt);
        assertThat(events(project).substring(eventsBefore.length()))
                .contains("Checking branch main")
                .doesNotContain("topic");
        assertThat(decisions(project))
                .contains(new Sentence(Outcome.TOLD, "Told multibranch project app: branch main changed."));
        bench.awaitState(commit, "success");
        assertThat(bench.app.statuses(commit))
                .allMatch(status -> status.context().equals("jenkins/app"));
    }

    @Test
    void newBranchGetsAJobAndADeletedOneIsSwitchedOff() throws Exception {
        WorkflowMultiBranchProject project = indexed("app");

        bench.commit("feature", "Something new");
        awaitBuilds(project, "feature", 1);
        assertThat(project.getItem("main").getLastBuild().getNumber()).isEqualTo(1);

        bench.app.deleteBranch("feature");
        await().atMost(PATIENCE).until(() -> !project.getItem("feature").isBuildable());
        assertThat(project.getItem("main").isBuildable()).isTrue();
        assertThat(decisions(project))
                .contains(new Sentence(Outcome.TOLD, "Told multibranch project app: branch feature was deleted."));
    }

    @Test
    void tagMakesAProjectThatDiscoversTagsLookAtAll() throws Exception {
        WorkflowMultiBranchProject project = indexed("app", new BranchDiscoveryTrait(), new TagDiscoveryTrait());

        bench.app.tag("v1", atFirst);

        await().atMost(PATIENCE).until(() -> project.getItem("v1") != null);
        awaitSentence(project, "Told multibranch project app: tag v1 changed.");
        assertThat(Heard.ours()).isEmpty();
    }

    @Test
    void projectsOfOneRepositoryAreToldByOneEvent() throws Exception {
        WorkflowMultiBranchProject one = indexed("one");
        WorkflowMultiBranchProject two = indexed("two");

        bench.commit("main", "For both");

        awaitBuilds(one, "main", 2);
        awaitBuilds(two, "main", 2);
        assertThat(Heard.ours()).hasSize(1);
    }

    @Test
    void pushThatNobodyWatchesFiresNoEvent() throws Exception {
        WorkflowMultiBranchProject project = indexed("app");
        StoredConnection stored = stored(project);
        project.getProperties().remove(ProjectConnection.class);
        await().atMost(PATIENCE)
                .until(() -> Wiring.get().connections().ofItem("app").isEmpty());

        bench.commit("main", "Nobody's business");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Wiring.get().decisions().of(stored.id(), "app", 10).stream()
                                .map(Dated::entry)
                                .map(Entry::sentence))
                        .anyMatch(sentence -> sentence.contains("no job watches")));
        assertThat(Heard.ours()).isEmpty();
        assertThat(project.getItem("main").getLastBuild().getNumber()).isEqualTo(1);
    }

    @Test
    void whatIsNotToldIsExplained() throws Exception {
        WorkflowMultiBranchProject project = indexed("app");

        bench.app.tag("v1", atFirst);
        awaitSentence(project, "Multibranch project app not told: the behaviours of its Git source leave out tag v1.");
        project.makeDisabled(true);
        bench.commit("main", "In vain");
        awaitSentence(project, "Multibranch project app not told: it is disabled.");
        project.makeDisabled(false);
        project.getSourcesList().clear();
        bench.commit("main", "In vain again");
        awaitSentence(project, "Multibranch project app not told: none of its Git sources leads to acme/app.");
        assertThat(Heard.ours()).isEmpty();
    }

    @Test
    void jenkinsfileThatConnectsItsBranchFailsWithTheReason() throws Exception {
        WorkflowMultiBranchProject project = indexed("app");

        bench.app.commit(
                "own",
                Map.of("Jenkinsfile", "properties([bellhop(repositoryUrl: '" + bench.sshUrl() + "')])"),
                "Connects itself");

        await().atMost(PATIENCE).until(() -> project.getItem("own") != null);
        await().atMost(PATIENCE).until(() -> project.getItem("own").getLastBuild() != null);
        bench.assertFailed(
                project.getItem("own").getLastBuild(),
                "A branch of a multibranch project can't be connected by itself: its project decides what is built.");
        assertThat(Wiring.get().connections().ofItem("app/own")).isEmpty();
    }

    @Test
    void pullRequestsRefGetsNoKey() throws Exception {
        bench.proposeFromFork(Map.of("gift.txt", "1"));
        WorkflowMultiBranchProject project =
                indexed("app", new BranchDiscoveryTrait(), new DiscoverOtherRefsTrait("refs/pull/*/head", "pull-@{1}"));

        assertThat(keysIn(project, "main")).hasSize(1);
        assertThat(keysIn(project, "pull-1")).isEmpty();
    }

    @Test
    void propertySurvivesItsFormAndARenamedProjectStaysConnected() throws Exception {
        WorkflowMultiBranchProject project = indexed("app");
        ProjectConnection before = project.getProperties().get(ProjectConnection.class);

        bench.jenkins.submit(
                bench.jenkins.createWebClient().getPage(project, "configure").getFormByName("config"));
        bench.jenkins.waitUntilNoActivity();
        bench.jenkins.assertEqualDataBoundBeans(before, project.getProperties().get(ProjectConnection.class));

        project.renameTo("renamed");
        bench.commit("main", "Under the new name");
        awaitSentence(project, "Told multibranch project renamed: branch main changed.");
    }

    private WorkflowMultiBranchProject indexed(String name, SCMSourceTrait... traits) throws Exception {
        return bench.multibranch(name, traits);
    }

    private static StoredConnection stored(WorkflowMultiBranchProject project) {
        return ConnectedJenkins.stored(project);
    }

    private Run<?, ?> awaitBuilds(WorkflowMultiBranchProject project, String branch, int builds) throws Exception {
        await().atMost(PATIENCE).until(() -> {
            WorkflowJob job = project.getItem(branch);
            return job != null && job.getBuildByNumber(builds) != null;
        });
        bench.jenkins.waitUntilNoActivity();
        assertThat(project.getItem(branch).getLastBuild().getNumber()).isEqualTo(builds);
        return bench.jenkins.assertBuildStatusSuccess(project.getItem(branch).getLastBuild());
    }

    private static String events(WorkflowMultiBranchProject project) throws Exception {
        StringWriter text = new StringWriter();
        project.getComputation().getEventsText().writeLogTo(0, text);
        return text.toString();
    }

    private static List<Sentence> decisions(WorkflowMultiBranchProject project) {
        return Wiring.get().decisions().of(stored(project).id(), project.getFullName(), 100).stream()
                .map(Dated::entry)
                .map(entry -> new Sentence(entry.outcome(), entry.sentence()))
                .toList();
    }

    private void awaitSentence(WorkflowMultiBranchProject project, String sentence) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(decisions(project))
                        .extracting(Sentence::text)
                        .contains(sentence));
    }

    private static List<String> keysIn(WorkflowMultiBranchProject project, String branch) {
        return CredentialsProvider.findCredentialById(
                        "bellhop-" + stored(project).id(),
                        SSHUserPrivateKey.class,
                        project.getItem(branch).getLastBuild(),
                        List.of())
                .getPrivateKeys();
    }

    private record Sentence(Outcome outcome, String text) {}

    /** Hears what every multibranch project hears. */
    @TestExtension
    public static final class Heard extends SCMEventListener {

        private final List<SCMHeadEvent<?>> events = new CopyOnWriteArrayList<>();

        @Override
        public void onSCMHeadEvent(SCMHeadEvent<?> event) {
            events.add(event);
        }

        static List<SCMHeadEvent<?>> ours() {
            return ExtensionList.lookupSingleton(Heard.class).events.stream()
                    .filter(event -> event.getClass().getName().startsWith("io.jenkins.plugins.bellhop"))
                    .<SCMHeadEvent<?>>map(event -> event)
                    .toList();
        }
    }
}

package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.RunningBuilds;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.branch.Branch;
import jenkins.branch.BranchProjectFactory;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a connection's key and its care mean for the builds of a multibranch project's branches. */
@WithJenkins
class BranchBuildsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private WorkflowMultiBranchProject project;
    private WorkflowJob main;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory);
        commit("echo 'built'");
        bench.forge.awaitDeliveries();
        project = bench.multibranch("app");
        main = project.getItem("main");
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void headFromAForkGetsNoKeyWhateverItsJobSays() throws Exception {
        assertThat(keysIn(main.getLastBuild())).hasSize(1);

        comeFromFork(main);

        assertThat(keysIn(main.getLastBuild())).isEmpty();
        Path config = main.getConfigFile().getFile().toPath();
        String property = "<" + RepositoryConnection.class.getName() + "><repositoryUrl>" + bench.sshUrl()
                + "</repositoryUrl><keysForForks>true</keysForForks></" + RepositoryConnection.class.getName() + ">";
        Files.writeString(config, Files.readString(config).replaceFirst("<properties>", "<properties>" + property));
        main.doReload();
        assertThat(RepositoryConnection.of(main).isKeysForForks()).isTrue();
        assertThat(RepositoryConnection.handsKeysToForks(main)).isFalse();
        comeFromFork(main);
        assertThat(keysIn(main.getLastBuild())).isEmpty();
    }

    @Test
    void stepsOfABranchHaveTheProjectsKeyAndThoseOfAForkHaveNone() throws Exception {
        String script = "node('%s') { withRepositoryKeys { sh 'git ls-remote %s' } }"
                .formatted(bench.agent.getNodeName(), bench.sshUrl());
        commit(script);
        Run<?, ?> own = awaitBuild(2);
        bench.jenkins.assertBuildStatusSuccess(bench.jenkins.waitForCompletion(own));
        bench.jenkins.assertLogContains("Bellhop offers deploy key of acme/app", own);

        comeFromFork(main);
        Run<?, ?> strangers = main.scheduleBuild2(0).get();
        assertThat(strangers.getResult()).isEqualTo(Result.FAILURE);
        bench.jenkins.assertLogNotContains("Bellhop offers deploy key", strangers);
    }

    @Test
    void formerKeyIsInUseAsLongAsABranchsBuildThatBeganBefore() throws Exception {
        Path gate = directory.resolve("gate");
        commit("node('%s') { waitUntil { fileExists '%s' } }".formatted(bench.agent.getNodeName(), gate));
        await().atMost(PATIENCE).until(() -> main.isBuilding());
        RunningBuilds builds =
                new RunningBuilds(Wiring.get().connections(), Wiring.get().jobs());
        String id = ConnectedJenkins.stored(project).id();
        assertThat(builds.runsSince(id, Instant.now())).isTrue();
        assertThat(builds.runsSince(id, Instant.EPOCH)).isFalse();

        Files.createFile(gate);
        bench.jenkins.waitUntilNoActivity();
        assertThat(builds.runsSince(id, Instant.now())).isFalse();
    }

    @Test
    void branchsBuildWaitsWhileTheKeyIsRevoked() throws Exception {
        StoredConnection stored = ConnectedJenkins.stored(project);
        bench.forge.forbidDeployKeys("acme");
        catchThrowableOfType(
                ConnectFailure.class, () -> Wiring.get().rotations().revokeNow(stored.id()));

        main.scheduleBuild2(0);

        await().atMost(PATIENCE).untilAsserted(() -> {
            Queue.Item waiting = main.getQueueItem();
            assertThat(waiting).isNotNull();
            assertThat(waiting.getWhy()).contains("Waits for a new deploy key of acme/app");
        });
        bench.forge.allowDeployKeys("acme");
        Wiring.get().rotations().rotateNow(stored.id());
        bench.jenkins.jenkins.getQueue().scheduleMaintenance();
        bench.jenkins.assertBuildStatusSuccess(bench.jenkins.waitForCompletion((WorkflowRun) awaitBuild(2)));
    }

    @Test
    void pushWhoseFetchFailedIsToldAgainAndBuilt() throws Exception {
        BellhopConfiguration configuration = Wiring.configuration();
        String hosts = configuration.getKnownHosts();
        configuration.setKnownHosts("");
        commit("echo 'told again'");
        Path events = project.getComputation().getEventsFile().toPath();
        await().atMost(PATIENCE)
                .until(() -> Files.exists(events) && Files.readString(events).contains("Could not"));
        bench.jenkins.waitUntilNoActivity();
        assertThat(main.getLastBuild().getNumber()).isEqualTo(1);

        configuration.setKnownHosts(hosts);

        await().atMost(PATIENCE.multipliedBy(2)).until(() -> main.getLastBuild().getNumber() == 2);
        bench.jenkins.waitUntilNoActivity();
        bench.jenkins.assertLogContains("told again", main.getLastBuild());
        await().atMost(PATIENCE).until(() -> owedLooks().isEmpty());
    }

    private List<Path> owedLooks() throws Exception {
        try (Stream<Path> files =
                Files.list(bench.jenkins.jenkins.getRootDir().toPath().resolve("bellhop/owed-looks"))) {
            return files.toList();
        }
    }

    @Test
    void connectionIsLookedAtWhenABranchsBuildFails() throws Exception {
        StoredConnection stored = ConnectedJenkins.stored(project);
        assertThat(Wiring.get().healthRounds().latest(stored.id())).isEmpty();

        commit("error 'in vain'");

        await().atMost(PATIENCE)
                .until(() -> Wiring.get().healthRounds().latest(stored.id()).isPresent());
    }

    @Test
    void whatIsToldWhileTheProjectIsNotLoadedWaits() throws Exception {
        StoredConnection stored = ConnectedJenkins.stored(project);
        Path config = project.getConfigFile().getFile().toPath();
        String text = Files.readString(config);
        Files.writeString(config, "<broken>");
        bench.jenkins.jenkins.reload();
        assertThat(bench.jenkins.jenkins.getItem("app")).isNull();

        commit("echo 'news'");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sentences(stored)).anyMatch(each -> each.contains("has not loaded")));
        Files.writeString(config, text);
        bench.jenkins.jenkins.reload();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(sentences(stored)).contains("Told multibranch project app: branch main changed."));
    }

    @Test
    void projectsPageShowsItsStateAndWhoMayConfigureItChangesIt() throws Exception {
        StoredConnection before = ConnectedJenkins.stored(project);
        JenkinsRule.WebClient client = bench.jenkins.createWebClient();
        HtmlPage page = client.getPage(project, "bellhop");
        assertThat(page.asNormalizedText())
                .contains("acme/app")
                .contains(before.connection().fingerprint().toString());

        assertThat(page.asNormalizedText()).contains("Preferred", "Worked when its key was made", "Test on agent");
        assertThat(bench.jenkins.submit(form(page, "rotate")).asNormalizedText())
                .contains("The key is rotated: builds get SHA256:", "Former deploy key");
        StoredConnection rotated = ConnectedJenkins.stored(project);
        assertThat(rotated.connection().fingerprint())
                .isNotEqualTo(before.connection().fingerprint());
        assertThat(bench.jenkins
                        .submit(form(client.getPage(project, "bellhop"), "check"))
                        .asNormalizedText())
                .contains("Everything is in order at the forge.");
        assertThat(ConnectedJenkins.post(client, project.getUrl() + "bellhop/connect")
                        .asNormalizedText())
                .contains("Connected to acme/app");
        assertThat(ConnectedJenkins.post(client, project.getUrl() + "bellhop/testOnAgent?node=")
                        .asNormalizedText())
                .contains("Tested on Jenkins itself");
        assertThat(Wiring.get().healthRounds().latest(before.id())).isPresent();

        bench.jenkins.jenkins.setSecurityRealm(bench.jenkins.createDummySecurityRealm());
        bench.jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        HtmlPage read = bench.jenkins.createWebClient().login("reader").getPage(project, "bellhop");
        assertThat(read.asNormalizedText())
                .contains("acme/app")
                .doesNotContain("bellhop-" + before.id(), "Test on agent");
        assertThat(read.getForms().stream().map(HtmlForm::getActionAttribute)).doesNotContain("rotate", "disconnect");
        ConnectedJenkins.post(bench.jenkins.createWebClient().login("admin"), project.getUrl() + "bellhop/disconnect");
        assertThat(Wiring.get().connections().ofItem("app")).isEmpty();
        assertThat(project.getProperties().get(ProjectConnection.class)).isNull();
        assertThat(bench.app.deployKeys()).isEmpty();
    }

    private static HtmlForm form(HtmlPage page, String action) {
        return page.getForms().stream()
                .filter(form -> form.getActionAttribute().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> sentences(StoredConnection stored) {
        return Wiring.get().decisions().of(stored.id(), "app", 100).stream()
                .map(dated -> dated.entry().sentence())
                .toList();
    }

    private void commit(String jenkinsfile) {
        bench.app.commit("main", Map.of("Jenkinsfile", jenkinsfile), "A Jenkinsfile");
    }

    private Run<?, ?> awaitBuild(int number) {
        await().atMost(PATIENCE).until(() -> main.getBuildByNumber(number) != null);
        return main.getBuildByNumber(number);
    }

    private List<String> keysIn(Run<?, ?> run) {
        return CredentialsProvider.findCredentialById(
                        "bellhop-" + ConnectedJenkins.stored(project).id(), SSHUserPrivateKey.class, run, List.of())
                .getPrivateKeys();
    }

    private void comeFromFork(WorkflowJob job) {
        BranchProjectFactory<WorkflowJob, WorkflowRun> factory = project.getProjectFactory();
        Branch branch = factory.getBranch(job);
        factory.setBranch(
                job, new Branch(branch.getSourceId(), new Gift(branch.getName()), branch.getScm(), List.of()));
    }

    /** As sources of forges have them. */
    private static final class Gift extends SCMHead {

        private static final long serialVersionUID = 1L;

        Gift(String name) {
            super(name);
        }

        @Override
        @NonNull
        public SCMHeadOrigin getOrigin() {
            return new SCMHeadOrigin.Fork("stranger");
        }
    }
}

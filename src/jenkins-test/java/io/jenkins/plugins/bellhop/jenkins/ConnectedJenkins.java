package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.bellhop.jenkins.checkout.BellhopHostKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.DecidedRevision;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.scm.api.trait.SCMSourceTrait;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jvnet.hudson.test.JenkinsRule;

/** A real Jenkins, a real agent, and the sandbox's forge with one private repository. */
final class ConnectedJenkins implements AutoCloseable {

    static final String TOKEN_ID = "forge-token";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final JenkinsRule jenkins;
    private final Stage stage;
    final SandboxForge forge;
    final SandboxRepository app;
    final DumbSlave agent;

    ConnectedJenkins(JenkinsRule jenkins, Path directory) throws Exception {
        this(jenkins, directory, Stage.GITHUB);
    }

    ConnectedJenkins(JenkinsRule jenkins, Path directory, Stage stage) throws Exception {
        this.jenkins = jenkins;
        this.stage = stage;
        this.forge = SandboxForge.start(directory, stage.kind());
        this.app = stage.repository(forge);
        this.agent = jenkins.createOnlineSlave();
        configure(Wiring.configuration());
        Wiring.hostKeyVerification().setSshHostKeyVerificationStrategy(new BellhopHostKeys());
        addToken(TOKEN_ID, stage.credential(forge));
    }

    private void configure(BellhopConfiguration configuration) {
        switch (stage) {
            case GITHUB ->
                configuration.setGitHubServers(
                        List.of(new GitHubServer(forge.apiUrl().toString())));
            case BITBUCKET_DC ->
                configuration.setBitbucketServers(
                        List.of(new BitbucketServer(forge.webUrl().toString())));
            case BITBUCKET_CLOUD ->
                System.setProperty(
                        BellhopConfiguration.CLOUD_API, forge.apiUrl().toString());
        }
        configuration.setKnownHosts(forge.knownHosts());
    }

    static void addToken(String id, String token) throws IOException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(token)));
        provider.save();
    }

    String sshUrl() {
        return forge.sshUrl(app);
    }

    RepositoryConnection property() {
        RepositoryConnection property = new RepositoryConnection(sshUrl());
        property.setCredentialsId(TOKEN_ID);
        return property;
    }

    /** A freestyle job that checks out on the agent and runs the repository's build script. */
    FreeStyleProject freestyle(String name, GitSCMExtension... extensions) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.setAssignedNode(agent);
        job.getBuildersList().add(new Shell("./build.sh"));
        job.addProperty(property());
        StoredConnection stored = awaitConnected(job);
        job.setScm(new GitSCM(
                List.of(new UserRemoteConfig(sshUrl(), null, null, "bellhop-" + stored.id())),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of(extensions)));
        return job;
    }

    /** A Pipeline job that does the same. */
    WorkflowJob pipeline(String name, String extensions) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.addProperty(property());
        StoredConnection stored = awaitConnected(job);
        job.setDefinition(
                new CpsFlowDefinition("""
                node('%s') {
                  checkout scmGit(branches: [[name: '**']], extensions: [%s],
                    userRemoteConfigs: [[url: '%s', credentialsId: 'bellhop-%s']])
                  sh './build.sh'
                }
                """.formatted(agent.getNodeName(), extensions, sshUrl(), stored.id()), true));
        return job;
    }

    /** A multibranch project with a plain Git source, and a build of its branch main. */
    WorkflowMultiBranchProject multibranch(String name, SCMSourceTrait... traits) throws Exception {
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, name);
        ProjectConnection property = new ProjectConnection(sshUrl());
        property.setCredentialsId(TOKEN_ID);
        project.addProperty(property);
        GitSCMSource source = new GitSCMSource(sshUrl());
        source.setCredentialsId("bellhop-" + awaitConnected(project).id());
        source.setTraits(traits.length > 0 ? List.of(traits) : List.of(new BranchDiscoveryTrait()));
        project.getSourcesList().add(new BranchSource(source));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatusSuccess(project.getItem("main").getLastBuild());
        return project;
    }

    StoredConnection awaitConnected(Item job) {
        await().atMost(PATIENCE)
                .until(() -> stored(job) != null && stored(job).connection().isReady());
        return stored(job);
    }

    static StoredConnection stored(Item job) {
        return Wiring.get().connections().ofItem(job.getFullName()).stream()
                .findFirst()
                .orElse(null);
    }

    /** Presses a button as a program does; answers the page that comes of it. */
    static HtmlPage post(JenkinsRule.WebClient client, String path) throws Exception {
        return client.getPage(new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST));
    }

    Attempt connect(Job<?, ?> job) {
        return Wiring.get().reconciler().connectNow(job, sshUrl(), TOKEN_ID);
    }

    String commit(String branch, String message) {
        return app.commit(branch, Map.of("notes/" + branch + ".txt", message + "\n"), message);
    }

    /** Waits for the build of this commit, which has to go well and to be reported to the forge. */
    Run<?, ?> awaitGoodBuild(Job<?, ?> job, String commit) throws Exception {
        Run<?, ?> run = awaitBuild(job, commit);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Commit " + commit, run);
        awaitState(commit, stage.success());
        return run;
    }

    Run<?, ?> awaitBuild(Job<?, ?> job, String commit) {
        await().atMost(PATIENCE).until(() -> buildOf(job, commit) != null);
        return buildOf(job, commit);
    }

    private static Run<?, ?> buildOf(Job<?, ?> job, String commit) {
        for (Run<?, ?> run = job.getLastBuild(); run != null; run = run.getPreviousBuild()) {
            if (DecidedRevision.of(run)
                    .filter(revision -> revision.commit.equals(commit))
                    .isPresent()) {
                return run;
            }
        }
        return null;
    }

    /** What lies on disk of builds that are to come. */
    List<String> owedBuilds() throws IOException {
        List<String> builds = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(jenkins.jenkins.getRootDir().toPath().resolve("bellhop/owed"))) {
            for (Path file : files) {
                builds.add(Files.readString(file));
            }
        }
        return builds;
    }

    String lastState(String commit) {
        return app.statuses(commit).stream()
                .map(Status::state)
                .reduce((earlier, later) -> later)
                .orElse("none");
    }

    /** Waits until the newest decision for the job says this. */
    /** Builds wait in the queue; deliveries are decided all the same, as they aren't while Jenkins quiets down. */
    static void holdBuilds(JenkinsRule jenkins) throws IOException {
        setOffline(jenkins, new OfflineCause.ByCLI("builds are to wait"));
    }

    static void letBuildsGo(JenkinsRule jenkins) throws IOException {
        setOffline(jenkins, null);
    }

    private static void setOffline(JenkinsRule jenkins, OfflineCause cause) throws IOException {
        for (Computer computer : jenkins.jenkins.getComputers()) {
            computer.setTemporaryOfflineCause(cause);
        }
    }

    void awaitDecision(Job<?, ?> job, String words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Wiring.get().decisions().of(stored(job).id(), job.getFullName(), 100))
                        .anyMatch(dated -> dated.entry().sentence().contains(words)));
    }

    void awaitState(String commit, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lastState(commit)).isEqualTo(state));
    }

    /** A pull request from a stranger's fork; answers its head. */
    String proposeFromFork(Map<String, String> files) {
        SandboxRepository fork = forge.fork(app, "stranger");
        String head = fork.commit("gift", files, "A gift");
        app.pulls().open(fork, "gift", "main", "A gift", false);
        return head;
    }

    void assertFailed(Run<?, ?> run, String words) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains(words, run);
    }

    @Override
    public void close() throws Exception {
        jenkins.waitUntilNoActivity();
        System.clearProperty(BellhopConfiguration.CLOUD_API);
        forge.close();
    }
}

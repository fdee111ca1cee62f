package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.BulkChange;
import hudson.Util;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which jobs a repository leads to, through all that happens to jobs. */
@WithJenkins
class IndexTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private ConnectedJenkins connected;
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        connected = new ConnectedJenkins(rule, directory);
    }

    @AfterEach
    void stop() throws Exception {
        connected.close();
    }

    @Test
    void followsRenamedAndMovedJobsAndFolders() throws Exception {
        MockFolder folder = jenkins.createFolder("team");
        WorkflowJob job = connectedIn(folder, "app");
        StoredConnection stored = ConnectedJenkins.stored(job);

        job.renameTo("web");
        assertThat(itemsOf(stored)).containsExactly("team/web");
        folder.renameTo("group");
        assertThat(itemsOf(stored)).containsExactly("group/web");
        MockFolder other = jenkins.createFolder("other");
        Items.move(folder, other);
        assertThat(itemsOf(stored)).containsExactly("other/group/web");
        Items.move(job, jenkins.jenkins);
        assertThat(itemsOf(stored)).containsExactly("web");

        assertDecided(stored, "web", "Built");
    }

    @Test
    void aConnectionIsThereWhileItChanges() throws Exception {
        StoredConnection stored = ConnectedJenkins.stored(connectedIn(null, "app"));
        ConnectionFiles files = Wiring.get().connections();
        String hookPath = stored.secrets().hookPath();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> missed = CompletableFuture.supplyAsync(() -> {
            long count = 0;
            while (!over.get()) {
                count += files.byId(stored.id()).isEmpty() ? 1 : 0;
                count += files.byHookPath(hookPath).isEmpty() ? 1 : 0;
            }
            return count;
        });
        for (int change = 0; change < 300; change++) {
            files.permit(stored.connection(), "item" + change % 7, "none");
        }
        over.set(true);
        assertThat(missed.get()).isZero();
    }

    @Test
    void aQueuedBuildFollowsItsJobToANewNameAndARestart() throws Exception {
        FreeStyleProject job = connected.freestyle("app", new ConnectionKeys());
        ConnectedJenkins.holdBuilds(jenkins);
        String commit = connected.commit("main", "Waits");
        connected.awaitDecision(job, "the default branch");
        job.renameTo("web");

        Path owed = jenkins.jenkins.getRootDir().toPath().resolve("bellhop/owed");
        try (Stream<Path> files = Files.list(owed)) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file))
                            .contains("<job>web</job>")
                            .contains(commit));
        }
        ConnectedJenkins.letBuildsGo(jenkins);
    }

    @Test
    void aCopyIsNoWatchUntilItsOwnCredentialOpensTheRepository() throws Exception {
        WorkflowJob job = connectedIn(null, "app");
        StoredConnection stored = ConnectedJenkins.stored(job);
        Credentials credentials =
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
        SystemCredentialsProvider.getInstance().getCredentials().clear();

        WorkflowJob copy = jenkins.jenkins.copy(job, "copy");
        await().atMost(PATIENCE)
                .until(() -> Wiring.get().reconciler().lastAttempt(copy).isPresent());

        assertThat(Wiring.get().reconciler().lastAttempt(copy).orElseThrow().connected())
                .isFalse();
        assertThat(itemsOf(stored)).containsExactly("app");
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        copy.save();
        await().atMost(PATIENCE).until(() -> itemsOf(stored).contains("copy"));
    }

    @Test
    void aDisabledJobIsAskedAgainWhenItIsEnabled() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.addProperty(connected.property());
        StoredConnection stored = connected.awaitConnected(job);

        job.disable();
        assertDecided(stored, "app", "disabled");
        job.enable();
        assertDecided(stored, "app", "Built");
    }

    @Test
    void aPropertyThatAJenkinsfileTakesAwayEndsTheWatch() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        job.setDefinition(new CpsFlowDefinition(
                "properties([bellhop(repositoryUrl: '%s', credentialsId: '%s')])"
                        .formatted(connected.sshUrl(), ConnectedJenkins.TOKEN_ID),
                true));
        jenkins.buildAndAssertSuccess(job);
        StoredConnection stored = connected.awaitConnected(job);
        job.setDefinition(new CpsFlowDefinition("properties([])", true));

        jenkins.buildAndAssertSuccess(job);

        await().atMost(PATIENCE).until(() -> itemsOf(stored).isEmpty());
    }

    @Test
    void aDeletedJobIsNoWatchAnyMore() throws Exception {
        WorkflowJob job = connectedIn(null, "app");
        StoredConnection stored = ConnectedJenkins.stored(job);

        job.delete();

        assertThat(itemsOf(stored)).isEmpty();
    }

    @Test
    void aJobThatIsReadAnewFromDiskAsksForWhatItSaysThere() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        String without = configuration(job);
        WorkflowJob sample = jenkins.createProject(WorkflowJob.class, "sample");
        sample.addProperty(connected.property());
        connected.awaitConnected(sample);
        Files.writeString(job.getConfigFile().getFile().toPath(), configuration(sample));

        job.doReload();

        StoredConnection stored = connected.awaitConnected(job);
        assertThat(itemsOf(stored)).contains("app", "sample");

        Files.writeString(job.getConfigFile().getFile().toPath(), without);
        job.doReload();
        sample.delete();
        assertNobodyWatches();
    }

    @Test
    void whenJenkinsReadsItsConfigurationAnewJobsAreWhatIsOnDisk() throws Exception {
        WorkflowJob job = connectedIn(null, "app");
        WorkflowJob gone = connectedIn(null, "gone");
        StoredConnection stored = ConnectedJenkins.stored(job);
        WorkflowJob late = jenkins.createProject(WorkflowJob.class, "late");
        Files.writeString(late.getConfigFile().getFile().toPath(), configuration(job));
        jenkins.waitUntilNoActivity();
        Util.deleteRecursive(gone.getRootDir());

        jenkins.jenkins.reload();

        await().atMost(PATIENCE).until(() -> itemsOf(stored).contains("late"));
        assertThat(jenkins.jenkins.getItem("gone")).isNull();
        assertDecided(stored, "app", "Built");
        assertDecided(stored, "late", "Built");
        assertThat(decisions(stored, "gone", "Built")).isEqualTo(0);
    }

    @Test
    void whatArrivesWhileAJobIsNotLoadedWaits() throws Exception {
        WorkflowJob job = connectedIn(null, "app");
        StoredConnection stored = ConnectedJenkins.stored(job);
        Path config = job.getConfigFile().getFile().toPath();
        String text = Files.readString(config);
        jenkins.waitUntilNoActivity();
        Files.writeString(config, "<flow-definition>");
        jenkins.jenkins.reload();
        assertThat(jenkins.jenkins.getItem("app")).isNull();

        assertDecided(stored, "app", "has not loaded the job");

        Files.writeString(config, text);
        jenkins.jenkins.reload();
        await().atMost(PATIENCE).until(() -> decisions(stored, "app", "Built") > 0);
    }

    @Test
    void whatArrivesWhileTheStepPropertiesChangesAJobWaits() throws Exception {
        WorkflowJob job = connectedIn(null, "app");
        StoredConnection stored = ConnectedJenkins.stored(job);
        jenkins.waitUntilNoActivity();

        try (BulkChange properties = new BulkChange(job)) {
            RepositoryConnection property = job.removeProperty(RepositoryConnection.class);
            assertDecided(stored, "app", "are being changed");
            job.addProperty(property);
            properties.commit();
        }

        await().atMost(PATIENCE).until(() -> decisions(stored, "app", "Built") > 0);
    }

    private WorkflowJob connectedIn(MockFolder folder, String name) throws Exception {
        WorkflowJob job = folder == null
                ? jenkins.createProject(WorkflowJob.class, name)
                : folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("echo 'built'", true));
        RepositoryConnection property = connected.property();
        job.addProperty(property);
        connected.awaitConnected(job);
        return job;
    }

    private static Set<String> itemsOf(StoredConnection stored) {
        return Wiring.get().connections().byId(stored.id()).orElseThrow().items();
    }

    private static String configuration(Job<?, ?> job) throws Exception {
        return Files.readString(job.getConfigFile().getFile().toPath(), StandardCharsets.UTF_8);
    }

    private void assertDecided(StoredConnection stored, String job, String words) {
        long before = decisions(stored, job, words);
        connected.commit("main", job + words);
        await().atMost(PATIENCE).until(() -> decisions(stored, job, words) > before);
    }

    private void assertNobodyWatches() {
        connected.commit("main", "nobody");
        await().atMost(PATIENCE)
                .until(() -> Wiring.get().decisions().find(dated -> true, 100).stream()
                        .anyMatch(dated -> dated.entry().sentence().contains("no job watches")));
    }

    private static long decisions(StoredConnection stored, String job, String words) {
        return Wiring.get().decisions().of(stored.id(), job, 1_000).stream()
                .map(Dated::entry)
                .filter(entry -> entry.job().filter(job::equals).isPresent())
                .filter(entry -> entry.sentence().contains(words))
                .count();
    }
}

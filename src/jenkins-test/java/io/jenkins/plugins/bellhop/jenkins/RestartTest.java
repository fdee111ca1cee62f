package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What has to survive a restart: the connection with its secrets, the job's wish, the builds' causes, each build once. */
class RestartTest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    @Test
    void connectionAndCausesSurvive() throws Throwable {
        String[] before = new String[2];
        sessions.then(jenkins -> {
            try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory)) {
                FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
                bench.awaitGoodBuild(job, bench.commit("main", "Before"));
                StoredConnection stored = ConnectedJenkins.stored(job);
                before[0] = stored.secrets().webhook().reveal()
                        + stored.secrets().privateKey().reveal();
                before[1] = stored.id();
                Path proofs = jenkins.jenkins.getRootDir().toPath().resolve("bellhop/proofs");
                KeyDirectory.create(proofs).write("identity", "left by a crash");
            }
        });
        sessions.then(jenkins -> {
            assertThat(jenkins.jenkins.getRootDir().toPath().resolve("bellhop/proofs"))
                    .isEmptyDirectory();
            FreeStyleProject job = jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
            StoredConnection stored = ConnectedJenkins.stored(job);
            assertThat(stored.id()).isEqualTo(before[1]);
            assertThat(stored.secrets().webhook().reveal()
                            + stored.secrets().privateKey().reveal())
                    .isEqualTo(before[0]);
            assertThat(RepositoryConnection.of(job)).isNotNull();
            Run<?, ?> run = job.getLastBuild();
            assertThat(run.getCause(WebhookCause.class).branch()).isEqualTo("main");
        });
    }

    /** Jenkins rewrites its queue some time after an item became a build; here it is killed before. */
    @Test
    void itemWhoseBuildExistsIsNotBuiltAgain() throws Throwable {
        Path queue = sessions.getHome().toPath().resolve("queue.xml");
        Path kept = directory.resolve("queue.xml");
        long[] item = new long[1];
        sessions.then(jenkins -> {
            try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory)) {
                FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
                ConnectedJenkins.holdBuilds(jenkins);
                String commit = bench.commit("main", "Before");
                bench.awaitDecision(job, "the default branch");
                jenkins.jenkins.getQueue().save();
                Files.copy(queue, kept);
                ConnectedJenkins.letBuildsGo(jenkins);
                item[0] = bench.awaitGoodBuild(job, commit).getQueueId();
            }
        });
        assertThat(kept).content().contains("<id>" + item[0] + "</id>");
        Files.copy(kept, queue, StandardCopyOption.REPLACE_EXISTING);
        sessions.then(jenkins -> {
            await().untilAsserted(() -> assertThat(jenkins.jenkins.getQueue().getItem(item[0]))
                    .isInstanceOfSatisfying(
                            Queue.LeftItem.class,
                            left -> assertThat(left.isCancelled()).isTrue()));
            jenkins.waitUntilNoActivity();
            assertThat(jenkins.jenkins
                            .getItemByFullName("app", FreeStyleProject.class)
                            .getBuilds())
                    .hasSize(1);
        });
    }

    /** Jenkins writes its queue only some time after an item came into it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itemThatWasNotBuiltIsBuilt(boolean queueLost) throws Throwable {
        sessions.then(jenkins -> {
            ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory);
            FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
            ConnectedJenkins.holdBuilds(jenkins);
            bench.commit("main", "Before");
            bench.awaitDecision(job, "the default branch");
            bench.forge.close();
        });
        if (queueLost) {
            Files.delete(sessions.getHome().toPath().resolve("queue.xml"));
        }
        sessions.then(jenkins -> {
            ConnectedJenkins.letBuildsGo(jenkins);
            FreeStyleProject job = jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> job.getLastBuild() != null);
            jenkins.waitForCompletion(job.getLastBuild());
            jenkins.waitUntilNoActivity();
            assertThat(job.getBuilds()).hasSize(1);
            assertThat(sessions.getHome().toPath().resolve("bellhop/owed")).isEmptyDirectory();
        });
    }
}

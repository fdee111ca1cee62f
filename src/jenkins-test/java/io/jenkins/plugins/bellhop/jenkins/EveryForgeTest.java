package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.BulkChange;
import hudson.model.FreeStyleProject;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The main job on each kind of forge: connect, push, pull request, fork, rename, disconnect. */
@WithJenkins
class EveryForgeTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Stage.class)
    void freestyleJob(Stage stage, JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory, stage)) {
            FreeStyleProject job = bench.freestyle("app", new ConnectionKeys());
            bench.awaitGoodBuild(job, bench.commit("main", "Say hello"));
            watch(job, true, false);
            pullRequest(bench, job);
            fork(stage, bench, job);
            rename(stage, bench, job);
            disconnect(bench, job);
        }
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void pipelineJob(Stage stage, JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory, stage)) {
            WorkflowJob job = bench.pipeline("app", "connectionKeys()");
            bench.awaitGoodBuild(job, bench.commit("main", "Say hello"));
            String idea = bench.commit("idea", "An idea");
            bench.awaitGoodBuild(job, idea);
            bench.app.tag("v1.0", idea);
            bench.awaitDecision(job, "no tag filter is set");
        }
    }

    /** Pushing to a branch isn't enough; opening a pull request of it is. */
    private static void pullRequest(ConnectedJenkins bench, FreeStyleProject job) throws Exception {
        String idea = bench.commit("idea", "An idea");
        bench.awaitDecision(job, "has no open pull request");
        bench.app.pulls().open(bench.app, "idea", "main", "My idea", false);
        bench.awaitGoodBuild(job, idea);
        bench.awaitGoodBuild(job, bench.commit("idea", "A better idea"));
    }

    private static void fork(Stage stage, ConnectedJenkins bench, FreeStyleProject job) throws Exception {
        SandboxRepository fork = bench.forge.fork(bench.app, "stranger");
        fork.commit("gift", Map.of("gift.txt", "A gift\n"), "A gift");
        bench.app.pulls().open(fork, "gift", "main", "A gift", false);
        bench.awaitDecision(job, "\"Build pull requests from forks\" is off");
        watch(job, false, true);
        String better = fork.commit("gift", Map.of("gift.txt", "A better gift\n"), "A better gift");
        if (stage.buildsForks()) {
            bench.awaitGoodBuild(job, better);
        } else {
            bench.awaitDecision(job, "keeps a fork's commits in the fork alone");
        }
    }

    private static void rename(Stage stage, ConnectedJenkins bench, FreeStyleProject job) throws Exception {
        bench.app.rename("application");
        await().untilAsserted(() -> assertThat(ConnectedJenkins.stored(job)
                        .connection()
                        .repository()
                        .name()
                        .name())
                .isEqualTo("application"));
        if (stage != Stage.BITBUCKET_CLOUD) {
            // The others redirect git's old remote.
            bench.awaitGoodBuild(job, bench.commit("main", "Under the old name"));
        }
        job.setScm(new GitSCM(
                List.of(new UserRemoteConfig(
                        bench.sshUrl(),
                        null,
                        null,
                        "bellhop-" + ConnectedJenkins.stored(job).id())),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of(new ConnectionKeys())));
        bench.awaitGoodBuild(job, bench.commit("main", "Under the new name"));
    }

    private static void disconnect(ConnectedJenkins bench, FreeStyleProject job) throws Exception {
        Wiring.get().reconciler().disconnectNow(job);
        assertThat(bench.app.deployKeys()).isEmpty();
        assertThat(bench.app.hooks()).isEmpty();
        assertThat(Wiring.get().connections().all()).isEmpty();
    }

    private static void watch(FreeStyleProject job, boolean onlyPullRequests, boolean forks) throws Exception {
        RepositoryConnection old = RepositoryConnection.of(job);
        RepositoryConnection changed = new RepositoryConnection(old.getRepositoryUrl());
        changed.setCredentialsId(old.getCredentialsId());
        changed.setOnlyPullRequests(onlyPullRequests);
        changed.setForks(forks ? "on" : "off");
        // In one save, as the form does it.
        try (BulkChange save = new BulkChange(job)) {
            job.removeProperty(RepositoryConnection.class);
            job.addProperty(changed);
            save.commit();
        }
    }
}

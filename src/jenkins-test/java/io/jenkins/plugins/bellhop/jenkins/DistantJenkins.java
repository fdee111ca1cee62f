package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins in a process of its own, which can be killed, and the sandbox's forge in the test's process, which outlives
 * it. Jobs there check nothing out: what counts is which builds there are.
 */
final class DistantJenkins implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RealJenkinsExtension jenkins;
    private final Stage stage;
    final SandboxForge forge;
    final SandboxRepository app;

    DistantJenkins(RealJenkinsExtension jenkins, Path directory, Stage stage) throws IOException {
        this.jenkins = jenkins;
        this.stage = stage;
        this.forge = SandboxForge.start(directory, stage.kind());
        this.app = stage.repository(forge);
    }

    /** An extension fit for this: its time limit would go on counting over restarts. */
    static RealJenkinsExtension extension() {
        return new RealJenkinsExtension().withTimeout(0);
    }

    /** Starts Jenkins for the first time, and tells it of the forge. */
    void startFirst() throws Throwable {
        // It starts often and lives for seconds.
        jenkins.javaOptions("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        if (stage == Stage.BITBUCKET_CLOUD) {
            jenkins.javaOptions("-D" + BellhopConfiguration.CLOUD_API + "=" + forge.apiUrl());
        }
        start();
        switch (stage) {
            case GITHUB ->
                jenkins.runRemotely(RemoteSteps::useGitHub, forge.apiUrl().toString());
            case BITBUCKET_DC ->
                jenkins.runRemotely(RemoteSteps::useBitbucket, forge.webUrl().toString());
            case BITBUCKET_CLOUD -> {}
        }
        jenkins.runRemotely(RemoteSteps::introduce, forge.knownHosts(), stage.credential(forge));
    }

    void start() throws Exception {
        jenkins.startJenkins();
    }

    /** As by SIGKILL, or a power cut that spares the disk; returns when the process is gone. */
    void kill() throws InterruptedException {
        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
    }

    /** A job on the repository, connected when this returns. */
    void connect(String job, String label, boolean onlyPullRequests) throws Throwable {
        jenkins.runRemotely(RemoteSteps::connect, job, forge.sshUrl(app), label, onlyPullRequests);
    }

    /** A multibranch project on the repository, connected and indexed when this returns. */
    void connectProject(String project) throws Throwable {
        jenkins.runRemotely(RemoteSteps::connectProject, project, forge.sshUrl(app));
    }

    /** Waits until the newest build of the branch took this commit. */
    void awaitBranchBuilt(String project, String branch, String commit) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(branchBuilds(project, branch)).startsWith(commit));
    }

    private List<String> branchBuilds(String project, String branch) {
        try {
            return jenkins.runRemotely(RemoteSteps::branchBuilds, project, branch);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Lets builds with this label run; none runs with a label that no node has. */
    void giveNode(String label) throws Throwable {
        jenkins.runRemotely(RemoteSteps::giveNode, label);
    }

    /** Pushes a new commit and returns it once Jenkins has answered that it was accepted. */
    String pushAcknowledged(String branch) {
        String commit = push(branch);
        forge.awaitDeliveries();
        assertThat(app.deliveries())
                .filteredOn(delivery -> delivery.event().equals(stage.pushEvent()))
                .last()
                .matches(SentDelivery::accepted);
        return commit;
    }

    String push(String branch) {
        String text = "Push " + app.deliveries().size() + " to " + branch;
        return app.commit(branch, Map.of("notes.txt", text + "\n"), text);
    }

    /** Each of the job's builds as its ref and commit, newest first. */
    List<String> builds(String job) throws Throwable {
        return jenkins.runRemotely(RemoteSteps::builds, job);
    }

    /** Each of the job's items in the queue as its ref and commit. */
    List<String> queued(String job) throws Throwable {
        return jenkins.runRemotely(RemoteSteps::queued, job);
    }

    void awaitQueued(String job, String build) {
        await().atMost(PATIENCE).until(() -> queuedNow(job).contains(build));
    }

    void awaitBuilt(String job, String... builds) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(builtNow(job)).contains(builds));
    }

    void awaitHeadsNoted(String ref) {
        Path heads = jenkins.getHome().toPath().resolve("bellhop/heads");
        await().atMost(PATIENCE).until(() -> holds(heads, ref));
    }

    /** Where the trace of a commit is while Jenkins is down. */
    String whereabouts(String job, String commit) {
        Path home = jenkins.getHome().toPath();
        if (holds(home.resolve("jobs/" + job + "/builds"), commit)) {
            return "build";
        }
        if (holds(home.resolve("bellhop/owed-looks"), commit)) {
            return "told";
        }
        return holds(home.resolve("bellhop/owed"), commit) ? "owed" : "spool";
    }

    private static boolean holds(Path place, String text) {
        if (!Files.exists(place)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> content(file).contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> queuedNow(String job) {
        try {
            return queued(job);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private List<String> builtNow(String job) {
        try {
            return builds(job);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        forge.close();
    }
}

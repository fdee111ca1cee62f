package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.sandbox.SandboxAgent.Run;
import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent: what its commands see of the machine, and what comes back of them. */
class SandboxAgentTest {

    @TempDir
    Path directory;

    private SandboxAgent agent;

    @BeforeEach
    void start() throws Exception {
        RequiredPrograms.find("git");
        agent = new SandboxAgent(directory);
    }

    @Test
    void commandsSeeNothingOfWhoeverStartedThem() throws Exception {
        Run run = agent.run(directory, Map.of(), "env");

        assertThat(run.output().lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrder(
                        "PATH", "HOME", "LANG", "GIT_CONFIG_NOSYSTEM", "GIT_TERMINAL_PROMPT", "GIT_SSH_COMMAND");
        assertThat(agent.run(directory, Map.of(), "git", "config", "--list").output())
                .isEmpty();
        assertThat(directory.resolve("home")).isEmptyDirectory();
    }

    @Test
    void callersEnvironmentWins() throws Exception {
        Run run = agent.run(directory, Map.of("GIT_SSH_COMMAND", "mine", "X", "1"), "env");

        assertThat(run.output()).contains("GIT_SSH_COMMAND=mine", "X=1");
        assertThat(agent.run(directory, Map.of("GIT_SSH", "wrapper"), "env").output())
                .doesNotContain("GIT_SSH_COMMAND");
    }

    @Test
    void firstFailureEndsTheRow() throws Exception {
        Run run = agent.run(directory, Map.of(), "sh", "-c", "echo one; exit 3").then(agent, Map.of(), "echo", "two");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.output()).isEqualTo("one\n");
        assertThat(run.duration()).isPositive();
    }

    @Test
    void outputOfARowIsOneText() throws Exception {
        Run run = agent.run(directory, Map.of(), "echo", "one").then(agent, Map.of(), "sh", "-c", "echo two >&2");

        assertThat(run.succeeded()).isTrue();
        assertThat(run.output()).isEqualTo("one\ntwo\n");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("home"));
        }
    }
}

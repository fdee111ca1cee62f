package io.jenkins.plugins.bellhop.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory that stands for an agent: real git and ssh run there, without the configuration, agent or keys of whoever
 * started the sandbox. Which key is used is up to the environment that the caller gives.
 */
public final class SandboxAgent {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** ssh looks up the home directory in the user database, not in HOME, so it has to be told to use nothing of it. */
    private static final String KEYLESS_SSH =
            "ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none -o StrictHostKeyChecking=yes"
                    + " -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null";

    private final Path directory;
    private final Path home;
    private final AtomicInteger workspaces = new AtomicInteger();

    public SandboxAgent(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.home = Files.createDirectories(directory.resolve("home"));
    }

    /**
     * Fetches one ref into a new workspace and checks a commit out.
     *
     * @param environment added to the agent's own, for example {@code GIT_SSH_COMMAND}
     */
    public Run checkout(String remoteUrl, String refSpecification, String commit, Map<String, String> environment)
            throws IOException {
        Path workspace = Files.createDirectories(directory.resolve("workspace-" + workspaces.incrementAndGet()));
        return new Run(workspace, 0, "", Duration.ZERO)
                .then(this, environment, "git", "init", "--quiet")
                .then(this, environment, "git", "fetch", "--quiet", remoteUrl, refSpecification)
                .then(this, environment, "git", "checkout", "--quiet", "--detach", commit);
    }

    /** Checks a commit out and runs its {@code build.sh}. */
    public Run build(String remoteUrl, String refSpecification, String commit, Map<String, String> environment)
            throws IOException {
        return checkout(remoteUrl, refSpecification, commit, environment).then(this, environment, "./build.sh");
    }

    /** Runs a command in a directory; its output and its errors come back as one text. */
    public Run run(Path workspace, Map<String, String> environment, String... command) throws IOException {
        Path output = Files.createTempFile(directory, "output", ".log");
        Instant start = Instant.now();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment(environment));
        Process process = builder.start();
        process.getOutputStream().close();
        int exit = await(process);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return new Run(workspace, exit, text, Duration.between(start, Instant.now()));
    }

    private Map<String, String> environment(Map<String, String> given) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        if (!given.containsKey("GIT_SSH")) {
            environment.put("GIT_SSH_COMMAND", KEYLESS_SSH);
        }
        environment.putAll(given);
        return environment;
    }

    private static int await(Process process) throws IOException {
        try {
            if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("A command ran longer than " + LIMIT);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What one or several commands came to: the first failure ends the row. */
    public record Run(Path workspace, int exitCode, String output, Duration duration) {

        public boolean succeeded() {
            return exitCode == 0;
        }

        /** This, and if it went well the next command too. */
        public Run then(SandboxAgent agent, Map<String, String> environment, String... command) throws IOException {
            if (!succeeded()) {
                return this;
            }
            Run next = agent.run(workspace, environment, command);
            return new Run(workspace, next.exitCode(), output + next.output(), duration.plus(next.duration()));
        }
    }
}

package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls of the machine's programs in tests: with a directory, an environment of their own, and perhaps an input file. */
record Program(Path directory, Map<String, String> environment, Path input) {

    private static final Path NO_INPUT = Path.of("/dev/null");
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final int LIMIT = 4 << 20;

    static Program in(Path directory) {
        return new Program(directory, Map.of(), NO_INPUT);
    }

    Program with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Program(directory, all, input);
    }

    Program reading(Path file) {
        return new Program(directory, environment, file);
    }

    BoundedCommand.Result run(String program, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(RequiredPrograms.find(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectInput(input.toFile());
        builder.environment().putAll(environment);
        try {
            return BoundedCommand.run(builder, TIME, LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What it printed; the test fails when the program does. */
    String output(String program, String... arguments) {
        BoundedCommand.Result result = run(program, arguments);
        assertThat(result.exitCode())
                .as("exit code of %s %s, which said: %s", program, List.of(arguments), result.errors())
                .isZero();
        return result.output();
    }
}

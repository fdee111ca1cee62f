package io.jenkins.plugins.bellhop.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of the machine that some tests need. Where one is missing the test is skipped and says so; named in the system
 * property {@code bellhop.require} (as in {@code -Dbellhop.require=sshd,gitolite}) it fails instead.
 */
public final class RequiredPrograms {

    private static final String REQUIRED = "bellhop.require";

    /** Where servers are installed, which isn't on every user's path. */
    private static final List<String> SERVER_DIRECTORIES = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

    private RequiredPrograms() {}

    /** The absolute path of a program; sshd insists on being started by it. */
    public static Path find(String program) {
        return lookUp(program).orElseGet(() -> missing(program, isRequired(program)));
    }

    static Path missing(String program, boolean required) {
        String message = program + " isn't installed here, and this test needs it";
        if (required) {
            throw new AssertionError(message + " (-D" + REQUIRED + " asks for it)");
        }
        return Assumptions.abort(message);
    }

    private static boolean isRequired(String program) {
        return Arrays.asList(System.getProperty(REQUIRED, "").split(",")).contains(program);
    }

    private static Optional<Path> lookUp(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), SERVER_DIRECTORIES.stream())
                .map(directory -> Path.of(directory).resolve(program))
                .filter(Path::isAbsolute)
                .filter(Files::isExecutable)
                .findFirst();
    }
}

package io.jenkins.plugins.bellhop.contract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The packages that the lock file names, installed below {@code target}. */
final class Npm {

    private static final String LOCK = "package-lock.json";

    private Npm() {}

    /**
     * @param project the folder of package.json and its lock file
     * @return the folder with the packages in it; what an earlier run installed by the same lock file is kept
     */
    static Path install(Path project, Path directory) throws IOException {
        Path modules = directory.resolve("node_modules");
        Path done = directory.resolve("installed-" + LOCK);
        if (!Files.exists(done) || Files.mismatch(done, project.resolve(LOCK)) >= 0) {
            Files.createDirectories(directory);
            copy(project.resolve("package.json"), directory.resolve("package.json"));
            copy(project.resolve(LOCK), directory.resolve(LOCK));
            clean(directory);
            copy(project.resolve(LOCK), done);
        }
        return modules;
    }

    /** Runs no package's own scripts: none is needed. */
    private static void clean(Path directory) throws IOException {
        Path log = directory.resolve("npm.log");
        String command = File.separatorChar == '\\' ? "npm.cmd" : "npm";
        Process npm = new ProcessBuilder(command, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (npm.onExit().join().exitValue() != 0) {
            throw new IOException("npm ci failed: " + Files.readString(log));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}

package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Builds that were decided and haven't begun, one file each: from before Jenkins has them in its queue until each has a record
 * of its own, or is cancelled. Jenkins itself writes its queue within a minute only, always as a whole, and tells nobody when it
 * can't.
 */
public final class OwedBuilds {

    private static final Logger LOGGER = Logger.getLogger(OwedBuilds.class.getName());
    private static final XStream2 XSTREAM = new XStream2();
    private static final String SUFFIX = ".xml";

    static {
        XSTREAM.alias("bellhop-owed-build", OwedBuild.class);
    }

    private final Path directory;
    /** Numbers order builds over restarts too. */
    private final AtomicLong last = new AtomicLong(System.currentTimeMillis() * 1_000);

    public OwedBuilds(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
    }

    /** For the next build; greater than that of every build before. */
    long nextNumber() {
        return last.incrementAndGet();
    }

    /** When this returns, the build survives a crash. */
    void add(OwedBuild build) throws IOException {
        Durable.write(file(build.revision().owedAs()), XSTREAM.toXML(build).getBytes(StandardCharsets.UTF_8));
    }

    /** Jobs have other names now. */
    public synchronized void renamed(UnaryOperator<String> name) {
        for (OwedBuild build : all()) {
            String today = name.apply(build.job());
            if (!today.equals(build.job())) {
                renamed(build, today);
            }
        }
    }

    private void renamed(OwedBuild build, String today) {
        try {
            add(new OwedBuild(today, build.cause(), build.revision()));
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Can't write down that a build is owed to " + today
                            + " under its new name; a crash before it begins would lose it");
        }
    }

    /** Jenkins has a record of the build, or it will never be. */
    synchronized void settle(DecidedRevision revision) {
        try {
            Files.deleteIfExists(file(revision.owedAs()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't delete the file of an owed build; the next start looks for that build", e);
        }
    }

    /** Whether it is certain that the build was owed, and is no more. */
    boolean isSettled(DecidedRevision revision) {
        return revision.owedAs() != 0 && Files.notExists(file(revision.owedAs()));
    }

    /** Oldest first. A file that can't be read is reported and left as it is. */
    List<OwedBuild> all() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            found.forEach(files::add);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't look for builds that a crash took away", e);
        }
        return files.stream().sorted().flatMap(file -> read(file).stream()).toList();
    }

    private static Optional<OwedBuild> read(Path file) {
        try {
            return new XmlFile(XSTREAM, file.toFile()).read() instanceof OwedBuild build
                    ? Optional.of(build)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't read the owed build " + file.getFileName() + "; it isn't built");
            return Optional.empty();
        }
    }

    private Path file(long number) {
        return directory.resolve(number + SUFFIX);
    }
}

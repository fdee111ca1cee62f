package io.jenkins.plugins.bellhop.jenkins.multibranch;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What multibranch projects were told and hasn't come to anything yet, one file for each branch. Jenkins keeps such events in its
 * memory alone, and a build's place in the queue for a minute; indexing takes a branch whose build was queued for built.
 */
public final class OwedLooks implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(OwedLooks.class.getName());
    private static final XStream2 XSTREAM = new XStream2();
    private static final String SUFFIX = ".xml";

    static {
        XSTREAM.alias("bellhop-owed-look", OwedLook.class);
    }

    private final Path directory;
    private final Map<String, OwedLook> byPlace = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** A file that can't be read is reported and left as it is. */
    public OwedLooks(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            found.forEach(file -> read(file).ifPresent(look -> byPlace.put(look.place(), look)));
        }
    }

    private static Optional<OwedLook> read(Path file) {
        try {
            return new XmlFile(XSTREAM, file.toFile()).read() instanceof OwedLook look
                    ? Optional.of(look)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Can't read " + file.getFileName() + "; what a project was told before a crash may be lost");
            return Optional.empty();
        }
    }

    /** When this returns, the look survives a crash. An earlier one at the same place is part of it. */
    synchronized void add(OwedLook look) throws IOException {
        Durable.write(file(look), XSTREAM.toXML(look).getBytes(StandardCharsets.UTF_8));
        byPlace.put(look.place(), look);
    }

    List<OwedLook> all() {
        return List.copyOf(byPlace.values());
    }

    /** Whether nothing is owed at all, so that nobody needs to find out whose branch something is. */
    boolean isEmpty() {
        return byPlace.isEmpty();
    }

    Optional<OwedLook> find(String project, String ref) {
        return Optional.ofNullable(byPlace.get(OwedLook.place(project, ref)));
    }

    /** The branch's build is in Jenkins' queue. */
    synchronized void queued(OwedLook look) {
        replace(look, look.asQueued(), "a crash before its build begins would lose it");
    }

    /** Jenkins has a record of what came of it, or nothing ever will. One that was told something newer meanwhile stays. */
    synchronized void settle(OwedLook look) {
        if (closed || byPlace.get(look.place()) != look) {
            return;
        }
        byPlace.remove(look.place());
        try {
            Files.deleteIfExists(file(look));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't delete the file of an owed look; the next start looks once more", e);
        }
    }

    /** Projects have other names now. */
    public synchronized void renamed(UnaryOperator<String> name) {
        for (OwedLook look : all()) {
            String today = name.apply(look.project());
            if (!today.equals(look.project())) {
                replace(look, look.renamed(today), "a crash would lose what it was told");
            }
        }
    }

    /** The project is gone. */
    public synchronized void forget(String project) {
        all().stream().filter(look -> look.project().equals(project)).forEach(this::settle);
    }

    private void replace(OwedLook look, OwedLook changed, String danger) {
        if (byPlace.get(look.place()) != look) {
            return;
        }
        try {
            add(changed);
            if (!changed.place().equals(look.place())) {
                settle(look);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Can't write down what " + changed.project() + " was told: " + danger);
        }
    }

    /** Jenkins goes down and interrupts what is under way: what isn't done by now is owed at the next start. */
    @Override
    public void close() {
        closed = true;
    }

    private Path file(OwedLook look) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(look.place().getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(digest) + SUFFIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
